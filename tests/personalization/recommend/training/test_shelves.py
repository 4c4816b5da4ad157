from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from personalization.models import WatchedProduct
from personalization.recommend.keys import SHELVES, shelf_key
from personalization.recommend.listed import Listed, Part
from personalization.recommend.product import Product
from personalization.recommend.training.shelves import STANDS, shelf_rows
from tests.cast import NOW, ago

pytestmark = pytest.mark.django_db


def shelves(*products: Product, **scores: float) -> dict[str, list[Listed]]:
    rows = dict(shelf_rows({product.id: product for product in products}, scores, now=NOW))
    assert list(rows) == [shelf_key(name) for name in SHELVES]
    return {key.removeprefix("shelf:"): list(lists[Part.ITEMS]) for key, lists in rows.items()}


def watch(product: str, **fields: Any) -> None:
    WatchedProduct.objects.create(product_id=product, seen_at=NOW, **fields)


def ids(listed: list[Listed]) -> list[str]:
    return [one.product for one in listed]


def test_every_shelf_has_its_rule():
    assert tuple(STANDS) == SHELVES


def test_new_ones_by_how_many_buy_them():
    found = shelves(
        Product("old", "T", created_at=ago(60)),
        Product("a", "T", created_at=ago(59)),
        Product("b", "T", created_at=ago(1)),
        Product("c", "T", created_at=ago(2)),
        Product("not yet", "T", created_at=ago(-1)),
        Product("unknown", "T"),
        c=2.5,
    )
    assert found["new_arrivals"] == [Listed("c", 2.5), Listed("a"), Listed("b")]


def test_on_sale():
    found = shelves(
        Product("a", "T", price=Decimal(4), list_price=Decimal(5)),
        Product("b", "T", price=Decimal(5), list_price=Decimal(5)),
        Product("c", "T", price=Decimal(5)),
        Product("d", "T", list_price=Decimal(5)),
    )
    assert ids(found["on_sale"]) == ["a"]


def test_prices_that_fell():
    for name, days, before in [("a", 29, 6), ("b", 30, 6), ("c", 1, 5), ("d", 1, None)]:
        watch(name, price=5, price_before=before, fell_at=ago(days))
    found = shelves(*(Product(name, "T", price=Decimal(5)) for name in "abcde"), Product("f", "T"))
    assert ids(found["price_drop"]) == ["a"]


def test_what_is_back():
    watch("a", back_at=ago(13))
    watch("b", back_at=ago(14))
    watch("c")
    assert ids(shelves(*(Product(name, "T") for name in "abcd"))["back_in_stock"]) == ["a"]


def test_what_cannot_be_had_stands_nowhere():
    found = shelves(
        Product("a", "T", created_at=ago(1), is_active=False),
        Product("b", "T", created_at=ago(1), stock=0),
        Product("c", "T", created_at=ago(1), stock=1),
    )
    assert ids(found["new_arrivals"]) == ["c"]


def test_no_products():
    assert shelves() == {name: [] for name in SHELVES}
