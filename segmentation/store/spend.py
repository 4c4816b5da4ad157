"""`spend` is ours: orders as plus, refunds as minus, each at its time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.facts.catalogue import SPENT
from segmentation.kernel.columns import MISSING, Numbers
from segmentation.store.memory import MemoryRows
from segmentation.store.part import Part
from segmentation.store.rows import names_of, parts_of
from segmentation.store.table import key_ranks
from segmentation.store.taking import arranged, taken


def spend_of(parts: Sequence[Part]) -> MemoryRows:
    """The rows of the orders and, where the shop has them, of the refunds, which come later at equal times."""
    owners = np.concatenate([part.owners for part in parts])
    times = np.concatenate([_times(part) for part in parts])
    amounts = np.concatenate([_amounts(part) for part in parts])
    turns = np.concatenate([np.full(part.table.length, turn) for turn, part in enumerate(parts)])
    ranks = np.concatenate([key_ranks(part.table.column(part.relation.key)) for part in parts])
    names = [name for part in parts for name in names_of(part)]
    within = [(part.table.length, parts_of(part)) for part in parts]
    order = arranged(owners, times, turns, ranks)
    columns = {"amount": taken(Numbers(amounts), order), "at": taken(Numbers(times), order)}
    return MemoryRows(
        owners[order],
        times[order],
        columns,
        name_of=lambda row: str(names[order[row]]),
        part_of=lambda row: _part(within, int(order[row])),
    )


def _part(within: Sequence[tuple[int, Sequence[Any]]], place: int) -> str:
    """The key within its order of the row at a place, where each of the relations has so many rows and these keys, or none."""
    for length, keys in within:
        if place < length:
            return str(keys[place]) if keys else ""
        place -= length
    raise IndexError(place)


def _times(part: Part) -> NDArray[np.int64]:
    return np.full(part.table.length, MISSING) if part.times is None else part.times


def _amounts(part: Part) -> NDArray[np.int64]:
    column, sign = SPENT[part.relation.name]
    amounts = part.column(column)
    values = amounts.values if isinstance(amounts, Numbers) else np.empty(0, np.int64)
    return np.where(values == MISSING, MISSING, values * sign)
