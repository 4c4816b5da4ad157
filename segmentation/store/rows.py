"""The rows of a part as the kernel wants them: of somebody, by time and key, with the rows below them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.profiles.identity import is_named
from segmentation.sources import Relation
from segmentation.store.memory import MemoryRows
from segmentation.store.part import Part
from segmentation.store.taking import ABSENT, picked
from segmentation.store.wanted import order_column


def rows_of(part: Part, columns: Iterable[str], below: Mapping[str, Part]) -> MemoryRows:
    """The rows of a part with these columns, and with the parts below them by path."""
    order = part.order
    names, parts = names_of(part), parts_of(part)
    return MemoryRows(
        customer=part.owners[order],
        times=None if part.times is None else part.times[order],
        columns={name: part.column(name, order) for name in columns},
        name_of=lambda row: str(names[order[row]]),
        parents={path: _parents(part, order, child) for path, child in below.items()},
        part_of=lambda row: str(parts[order[row]]) if parts else "",
    )


def _parents(part: Part, order: NDArray[np.int64], child: Part) -> NDArray[np.int64]:
    """For each row below, in the order of the kernel, where its row stands in this order."""
    column = next(column for relation, column in child.relation.above.values() if relation == part.relation.name)
    stands = np.full(part.table.length, ABSENT, np.int64)
    stands[order] = np.arange(len(order))
    return picked(stands, child.places_in(part, column)[child.order], ABSENT)


def names_of(part: Part) -> Sequence[Any]:
    """What rows are called: by their own key, else by the order or cart they belong to, else by the database's key."""
    keys, column = part.table.column(part.relation.key), _belonging(part.relation)
    if column is None:
        return keys
    named = part.table.column(column)
    if None not in named and "" not in named:  # as a rule; the other way takes ten times as long
        return named
    return [name if is_named(name) else key for name, key in zip(named, keys, strict=True)]


def parts_of(part: Part) -> Sequence[Any]:
    """The database's keys of rows that may be called by their order or cart; empty where none is."""
    return part.table.column(part.relation.key) if _belonging(part.relation) else ()


def _belonging(relation: Relation) -> str | None:
    """The column with the order or cart that rows without a key of their own are called by."""
    if relation.key != "pk":
        return None
    return order_column(relation) if relation.parent is None else relation.parent[1]
