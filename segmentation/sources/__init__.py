"""Where a shop keeps its customers, orders, lines, products and refunds: the only place that knows its models."""

from __future__ import annotations

from segmentation.sources.base import ShopSource
from segmentation.sources.canonical import Customers, OrderLines, Orders, Products, Refunds
from segmentation.sources.columns import Column, Money, ResolvedColumn
from segmentation.sources.emails import folded
from segmentation.sources.mapping import active_source
from segmentation.sources.relation import Relation

__all__ = [
    "Column",
    "Customers",
    "Money",
    "OrderLines",
    "Orders",
    "Products",
    "Refunds",
    "Relation",
    "ResolvedColumn",
    "ShopSource",
    "active_source",
    "folded",
]
