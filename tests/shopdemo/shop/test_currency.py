from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.test import Client

pytestmark = pytest.mark.django_db


def test_prices_are_shown_in_another_currency_and_charged_in_the_shops(client: Client, shop: SimpleNamespace) -> None:
    address = f"/product/{shop.cup.pk}/blue-cup/"
    assert "rg-price-about" not in client.get(address).content.decode()
    answer = client.post("/personalization/place/", {"currency": "EUR", "next": address})
    assert answer["Location"] == address
    page = client.get(address).content.decode()
    assert '£4.00 <small class="rg-price-about">' in page
    assert "<option selected>EUR</option>" in page
    client.post(f"/cart/add/{shop.cup.pk}/", {"quantity": 1})
    assert "€" not in client.get("/cart/").content.decode().partition("<main")[2].partition("</main>")[0]
