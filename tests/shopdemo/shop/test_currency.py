from __future__ import annotations

import re
from collections.abc import Iterator
from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from personalization.visitor import prices

pytestmark = pytest.mark.django_db


@pytest.fixture
def rates(configure: Any) -> Iterator[None]:
    """A euro is 80 pence."""
    configure(RATES={"EUR": 0.8})
    prices._shown_rate.cache_clear()
    yield
    prices._shown_rate.cache_clear()


def test_prices_are_shown_in_another_currency_and_charged_in_the_shops(
    client: Client, shop: SimpleNamespace, rates: None
) -> None:
    address = f"/product/{shop.cup.pk}/blue-cup/"
    assert "rg-price-about" not in client.get(address).content.decode()
    answer = client.post("/personalization/place/", {"currency": "EUR", "next": address})
    assert answer["Location"] == address
    page = client.get(address).content.decode()
    assert '£4.00 <small class="rg-price-about">' in page
    assert re.search(r">about 5\.00.EUR</abbr>", page)
    assert "<option selected>EUR</option>" in page
    client.post(f"/cart/add/{shop.cup.pk}/", {"quantity": 1})
    assert "€" not in client.get("/cart/").content.decode().partition("<main")[2].partition("</main>")[0]
