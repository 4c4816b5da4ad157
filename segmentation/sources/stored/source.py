"""The source of a shop whose models are elsewhere: the rows that it pushed to us."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from django.db import models

from segmentation.conf import conf
from segmentation.models.imported import ImportedCartLine, ImportedOrderLine
from segmentation.sources.base import ShopSource
from segmentation.sources.canonical import CartLines, Carts, Customers, OrderLines, Orders, Products, Refunds, WishlistItems
from segmentation.sources.relation import Relation
from segmentation.sources.stored.shapes import shape_of

Mapped = TypeVar("Mapped", bound=Relation)


def _rows(relation: type[Mapped]) -> Mapped:
    """Every canonical column has a field of the same name."""
    columns: Mapping[str, Any] = {name: name for name in relation.specs}
    return relation(_of_shop(shape_of(relation.name).model), **columns)


def _of_shop(model: type[models.Model], path: str = "shop") -> Callable[[], models.QuerySet[models.Model]]:
    """The rows of the shop that the settings name when they are read."""
    return lambda: model._default_manager.filter(**{path: conf.shop})


def stored_carts() -> Carts:
    """Carts pushed to us: `carts = stored_carts()` in the source of a shop that keeps its own in the session."""
    return _rows(Carts)


def stored_cart_lines() -> CartLines:
    """What lies in them: `cart_lines = stored_cart_lines()` beside `stored_carts()`."""
    return CartLines(
        _of_shop(ImportedCartLine, "cart__shop"),
        cart_id="cart__cart_id",
        product_id="product_id",
        quantity="quantity",
        line_total="line_total",
    )


def stored_wishlist_items() -> WishlistItems:
    """Wishes pushed to us, dated by when we first saw them where the shop keeps no date."""
    return _rows(WishlistItems)


class StoredSource(ShopSource):
    """A shop elsewhere: `SEGMENTATION["SOURCE"] = "segmentation.sources.stored.StoredSource"`, or a subclass of it.

    Whoever is known from orders alone is a guest, by e-mail.
    """

    customers = _rows(Customers)
    orders = _rows(Orders)
    order_lines = OrderLines(
        _of_shop(ImportedOrderLine, "order__shop"),
        order_id="order__order_id",
        product_id="product_id",
        quantity="quantity",
        line_total="line_total",
        discount="discount",
    )
    products = _rows(Products)
    refunds = _rows(Refunds)
    carts = stored_carts()
    cart_lines = stored_cart_lines()
    wishlist_items = stored_wishlist_items()
