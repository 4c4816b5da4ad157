from __future__ import annotations

from decimal import Decimal

import pytest

from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import of_everyone, of_product, offered, product

LISTS = of_product("lamp", together=["cheap", "dear", "fits"]) | of_everyone(best=["popular", "fits", "small"])
STOCK = {
    name: product(name, price=price and Decimal(price))
    for name, price in {"cheap": "4.99", "dear": "30", "fits": "5", "popular": "5", "small": "1", "unknown": None}.items()
}


def test_the_cheapest_that_fills_the_gap_and_goes_with_the_cart_is_first() -> None:
    assert offered("free_shipping", LISTS, STOCK, basket=("lamp",), missing=Decimal(5)) == [
        ("fits", Why.FREE_DELIVERY, "lamp"),
        ("dear", Why.FREE_DELIVERY, "lamp"),
        ("popular", Why.FREE_DELIVERY, ""),
    ]


def test_of_two_with_one_price_the_better_goes_first() -> None:
    stock = STOCK | {"cheap": product("cheap", price=Decimal(5))}
    assert [name for name, *_ in offered("free_shipping", LISTS, stock, basket=("lamp",), missing=Decimal(5))][:2] == [
        "cheap",
        "fits",
    ]


@pytest.mark.parametrize("missing", [None, Decimal(0), Decimal(-1)])
def test_where_nothing_is_missing_nothing_is_offered(missing: Decimal | None) -> None:
    assert offered("free_shipping", LISTS, STOCK, basket=("lamp",), missing=missing) == []


def test_what_has_no_price_fills_no_gap() -> None:
    lists = of_product("lamp", together=["unknown"])
    assert offered("free_shipping", lists, STOCK, basket=("lamp",), missing=Decimal(1)) == []
