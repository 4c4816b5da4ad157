"""The other shop is the shop."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import time_machine

from segmentation import receivers
from tests.othershop.cast import CAST, NOW
from tests.othershop.models import Client
from tests.othershop.world import BASE_CURRENCY, ZONE, build


@pytest.fixture(autouse=True)
def othershop(db: None, configure: Callable[..., None]) -> None:
    """Its source, its zone and its currency, and ears for its models."""
    configure(SOURCE="tests.othershop.source.OtherSource", TIME_ZONE=ZONE, BASE_CURRENCY=BASE_CURRENCY)
    receivers.connect()


@pytest.fixture
def clients(othershop: None) -> dict[str, Client]:
    """The cast is in it; the clients by name."""
    return build(CAST)


@pytest.fixture
def commit(configure: Callable[..., None], django_capture_on_commit_callbacks: Any) -> Iterator[Callable[[], Any]]:
    """`with commit(): …` follows what happens in it, at NOW."""
    configure(CHANGES="inline")
    with time_machine.travel(NOW, tick=False):
        yield lambda: django_capture_on_commit_callbacks(execute=True)
