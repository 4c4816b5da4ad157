"""Where a shop keeps its customers, orders, products, carts and the rest: the only place that knows its models."""

from __future__ import annotations

from segmentation.sources.base import ShopSource
from segmentation.sources.canonical import (
    CartLines,
    Carts,
    Customers,
    Events,
    OrderLines,
    Orders,
    Products,
    Refunds,
    WishlistItems,
)
from segmentation.sources.columns import Column, Money, ResolvedColumn
from segmentation.sources.emails import folded
from segmentation.sources.mapping import active_source
from segmentation.sources.relation import Relation

__all__ = [
    "CartLines",
    "Carts",
    "Column",
    "Customers",
    "Events",
    "Money",
    "OrderLines",
    "Orders",
    "Products",
    "Refunds",
    "Relation",
    "ResolvedColumn",
    "ShopSource",
    "WishlistItems",
    "active_source",
    "folded",
]
