"""What can be pushed to us: each relation, its model, and what names a row of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from segmentation.errors import SourceError
from segmentation.models.imported import (
    Imported,
    ImportedCart,
    ImportedCartLine,
    ImportedCustomer,
    ImportedLine,
    ImportedOrder,
    ImportedOrderLine,
    ImportedProduct,
    ImportedRefund,
    ImportedWishlistItem,
)
from segmentation.rules.values import Kind
from segmentation.sources.canonical import CartLines, Carts, Customers, OrderLines, Orders, Products, Refunds, WishlistItems
from segmentation.sources.columns import ColumnSpec
from segmentation.sources.relation import Relation

LINES = "lines"
"""Where a pushed row has its lines."""

EXTRA = "extra"
"""Where a pushed row has what only its shop knows."""

_ID = ColumnSpec(Kind.TEXT, required=True, key=True)


class Lines(NamedTuple):
    """The lines of a relation's rows: a line lives and dies with its row, named by `parent`."""

    relation: type[Relation]
    model: type[ImportedLine]
    parent: str

    @property
    def columns(self) -> dict[str, ColumnSpec]:
        """What a pushed line may have."""
        key = self.relation.above[self.parent][1]
        return {name: spec for name, spec in self.relation.specs.items() if name != key}


@dataclass(frozen=True)
class Shape:
    """One relation that rows can be pushed to. `stamped` times are ours to give where a new row has none."""

    relation: type[Relation]
    model: type[Imported]
    key: tuple[str, ...]
    lines: Lines | None = None
    stamped: frozenset[str] = frozenset()
    touched: str = ""
    """The time that moves with each change of the row, unless it is given."""

    @cached_property
    def columns(self) -> Mapping[str, ColumnSpec]:
        """What a pushed row may have, beside lines and extra; a key that is no canonical column is ours."""
        return {**dict.fromkeys(self.key, _ID), **self.relation.specs}


SHAPES: Mapping[str, Shape] = {
    shape.relation.name: shape
    for shape in (
        Shape(Customers, ImportedCustomer, ("customer_id",)),
        Shape(Products, ImportedProduct, ("product_id",)),
        Shape(Orders, ImportedOrder, ("order_id",), Lines(OrderLines, ImportedOrderLine, "order")),
        Shape(Refunds, ImportedRefund, ("refund_id",)),
        Shape(
            Carts,
            ImportedCart,
            ("cart_id",),
            Lines(CartLines, ImportedCartLine, "cart"),
            stamped=frozenset({"created_at", "updated_at"}),
            touched="updated_at",
        ),
        Shape(WishlistItems, ImportedWishlistItem, ("customer", "product_id"), stamped=frozenset({"added_at"})),
    )
}
"""Name of the relation -> how it is stored, in the order in which a file of all of them is taken in."""


def shape_of(relation: str) -> Shape:
    """How a relation is stored. SourceError for one to which no rows can be pushed."""
    if relation not in SHAPES:
        raise SourceError(f"no rows can be pushed to {relation!r}; there are {', '.join(SHAPES)}")
    return SHAPES[relation]
