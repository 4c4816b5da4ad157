from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
import time_machine
from django.core.cache import cache

from tests.cast import NOW
from tests.personalization.rest.conftest import Front

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def rates(configure: Any) -> Iterator[None]:
    configure(API_RATES={"visitor": (1, 2)})
    cache.clear()
    with time_machine.travel(NOW, tick=False):
        yield
    cache.clear()


def test_new_tokens_and_made_up_proxies_are_nobody_new(settings: Any) -> None:
    settings.PERSONALIZATION = {**settings.PERSONALIZATION, "TRUSTED_PROXIES": ["127.0.0.1"]}

    def ask(chain: str) -> int:
        return Front().ask("get", "place/", **{"X-Forwarded-For": chain}).status_code

    assert [ask(f"10.0.0.{number}, 192.0.2.1") for number in range(3)] == [200, 200, 429]
    assert ask("192.0.2.2") == 200
