from __future__ import annotations

from segmentation.kernel.plan import Needs
from segmentation.sources import ShopSource
from segmentation.store.wanted import Wanted
from tests.store.reading import wants
from tests.store.sources import Wide, WithoutRefunds

FRAME = {"order_id", "placed_at", "currency", "customer", "email"}


def wanted(needs: Needs, source: ShopSource | None = None) -> Wanted:
    return Wanted(source or Wide(), needs)


def test_nothing():
    found = wanted(wants("customer.country"))

    assert (found.own, found.named, found.namers) == ({}, {}, {})


def test_the_frame_of_rows_is_always_wanted():
    assert wanted(wants(orders="total")).own == {"orders": FRAME | {"total"}}


def test_lines_want_their_orders():
    found = wanted(wants(order_lines="quantity order.coupon_code"))

    assert found.own == {"order_lines": {"pk", "order_id", "quantity"}, "orders": FRAME | {"coupon_code"}}
    assert found.named == {}


def test_products_are_named_by_whoever_asks_about_them():
    found = wanted(wants(order_lines="product.category", cart_lines="product.price", wishlist_items="added_at"))

    assert found.named == {"products": {"product_id", "category", "price"}}
    assert found.namers == {"products": {("order_lines", "product_id"), ("cart_lines", "product_id")}}
    assert "product_id" in found.own["order_lines"]
    assert "product_id" not in found.own["wishlist_items"]
    assert found.all_of("products") == found.named["products"]


def test_refunds_name_the_orders_whose_currency_they_take():
    found = wanted(wants(refunds="amount"))

    assert found.own == {"refunds": {"pk", "at", "currency", "customer", "email", "order_id", "amount"}}
    assert found.named == {"orders": {"order_id", "placed_at", "currency"}}
    assert found.namers == {"orders": {("refunds", "order_id")}}


def test_spend_wants_orders_and_refunds():
    found = wanted(wants(spend="amount at", orders="status"))

    assert found.own.keys() == {"orders", "refunds"}
    assert found.own["orders"] == FRAME | {"total", "status"}
    assert found.all_of("orders") == found.own["orders"]
    assert wanted(wants(spend="at"), WithoutRefunds()).own == {"orders": FRAME | {"total"}}
