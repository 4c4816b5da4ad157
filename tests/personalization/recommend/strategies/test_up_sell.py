from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import of_product, offered, product

LISTS = of_product("lamp", similar=["a"])
LAMP = product("lamp", price=Decimal("10.00"), category="Lamps")


@pytest.mark.parametrize("price", ["11.00", "13.50", "16.00"])
def test_ten_to_sixty_percent_dearer_is_better(price: str) -> None:
    stock = {"lamp": LAMP, "a": product("a", price=Decimal(price), category="Lamps")}
    assert offered("up_sell", LISTS, stock, products=("lamp",)) == [("a", Why.BETTER, "lamp")]


@pytest.mark.parametrize(
    "other", [{"price": Decimal("10.99")}, {"price": Decimal("16.01")}, {"price": None}, {"category": "Bulbs"}, {"category": ""}]
)
def test_what_is_hardly_dearer_much_dearer_or_of_another_category_is_not(other: dict[str, Any]) -> None:
    stock = {"lamp": LAMP, "a": product("a", **{"price": Decimal("13.50"), "category": "Lamps"} | other)}
    assert offered("up_sell", LISTS, stock, products=("lamp",)) == []


@pytest.mark.parametrize("lamp", [product("lamp", price=None), product("other")])
def test_without_a_price_nothing_is_dearer(lamp: Any) -> None:
    assert offered("up_sell", LISTS, {lamp.id: lamp, "a": product("a", price=Decimal("13.50"))}, products=("lamp",)) == []


def test_prices_may_be_of_any_kind_of_number() -> None:
    stock = {"lamp": product("lamp", price=10.0), "a": product("a", price=13.5)}
    assert [name for name, *_ in offered("up_sell", LISTS, stock, products=("lamp",))] == ["a"]
