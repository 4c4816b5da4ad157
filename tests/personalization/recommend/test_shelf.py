from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

import pytest

from personalization.recommend.product import Product, read_products
from personalization.recommend.shelf import FAILED_SECONDS, KEPT_SECONDS, Shelf, unknown_products
from shopdemo.shop.models import Category
from shopdemo.shop.models import Product as Row


class Clock:
    now = 100.0

    def __call__(self) -> float:
        return self.now


class Shop:
    """Has the products 1 and 2, and counts the questions."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []
        self.error: Exception | None = None

    def __call__(self, ids: Sequence[str]) -> dict[str, Product]:
        self.asked.append(list(ids))
        if self.error:
            raise self.error
        return {each: Product(each, f"Product {each}") for each in ids if each in ("1", "2")}


def titles(shelf: Shelf, *ids: str) -> list[str]:
    return [product.title for product in shelf.products(ids)]


def test_products_are_asked_for_once_a_minute_and_missing_ones_too() -> None:
    clock, shop = Clock(), Shop()
    shelf = Shelf(shop, clock)
    assert titles(shelf, "2", "gone", "1", "2") == ["Product 2", "Product 1"]
    assert titles(shelf, "1", "gone") == ["Product 1"]
    assert shop.asked == [["2", "gone", "1"]]
    clock.now += KEPT_SECONDS
    assert titles(shelf, "1") == ["Product 1"]
    assert shop.asked == [["2", "gone", "1"], ["1"]]


def test_a_shop_that_fails_keeps_what_was_known(caplog: pytest.LogCaptureFixture) -> None:
    clock, shop = Clock(), Shop()
    shelf = Shelf(shop, clock)
    titles(shelf, "1")
    shop.error = OSError("gone")
    clock.now += KEPT_SECONDS
    assert titles(shelf, "1", "2") == ["Product 1"]
    assert "products cannot be read" in caplog.text
    shop.error = None
    assert titles(shelf, "1", "2") == ["Product 1"]
    clock.now += FAILED_SECONDS
    assert titles(shelf, "1", "2") == ["Product 1", "Product 2"]


@pytest.mark.django_db
def test_the_shops_source_says_what_a_product_is(django_assert_num_queries: Any) -> None:
    category = Category.objects.create(name="Lamps", slug="lamps")
    made = [Row.objects.create(code=f"L{n}", title=f"Lamp {n}", category=category, price="12.50", stock=1) for n in range(3)]
    ids = [str(product.pk) for product in made]
    with django_assert_num_queries(1):
        products = read_products([*ids, "0"])
    assert sorted(products) == sorted(ids)
    assert (products[ids[0]].title, products[ids[0]].price) == ("Lamp 0", Decimal("12.50"))
    assert products[ids[0]].price_text == "12.50\u00a0GBP"
    assert unknown_products([ids[1], "0", "abc"]) == ["0", "abc"]


@pytest.mark.django_db
@pytest.mark.parametrize("nonsense", ["abc", "1.5", "9" * 30, "\x00"])
def test_an_id_that_can_be_none_hides_no_product(nonsense: str) -> None:
    category = Category.objects.create(name="Lamps", slug="lamps")
    lamp = Row.objects.create(code="L", title="Lamp", category=category, price="12.50", stock=1)
    assert list(read_products([nonsense, str(lamp.pk)])) == [str(lamp.pk)]
    assert read_products([nonsense]) == {}
