"""Rows that a shop elsewhere sends by itself, and the customers whom only its orders name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from segmentation.sources.stored.extras import EVERYTHING, Extras
from segmentation.sources.stored.upsert import Upserted, upsert


class Pushed(NamedTuple):
    """What became of the rows; `customers` are those who are known from now on since an order named them."""

    rows: Upserted
    customers: int = 0


def push(
    relation: str,
    rows: Sequence[object],
    *,
    now: datetime,
    announce: bool = True,
    whole: bool = True,
    extras: Extras = EVERYTHING,
) -> Pushed:
    """Store rows as `upsert` does; whoever is known from an order alone is a customer too, of whom nothing else is said.

    If it is to be `whole`, a bad row means that nothing is stored. SourceError for a relation that rows cannot be pushed to.
    """
    result = upsert(relation, rows, now=now, announce=announce, whole=whole, extras=extras)
    if relation != "orders" or (whole and result.errors):
        return Pushed(result)
    refused = {error.index for error in result.errors}
    taken = [row for index, row in enumerate(rows) if index not in refused and isinstance(row, Mapping)]
    customers = upsert("customers", _named(taken), now=now, announce=announce)
    return Pushed(result, customers.created)


def _named(orders: Sequence[Mapping[str, Any]]) -> list[dict[str, str]]:
    """The customers of these orders, of whom nothing but the key is given, so that those who are stored stay as they are."""
    keys = dict.fromkeys(str(order["customer"]).strip() for order in orders if order.get("customer") is not None)
    return [{"customer_id": key} for key in keys if key]
