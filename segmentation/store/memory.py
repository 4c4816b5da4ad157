"""Columns kept in memory for one pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING, NO_CODE, Column, Numbers, Texts


@dataclass(frozen=True)
class MemoryRows:
    """Rows of one relation, in the order that the kernel wants them."""

    customer: NDArray[np.int32]
    times: NDArray[np.int64] | None
    columns: Mapping[str, Column]
    name_of: Callable[[int], str] = str

    def column(self, name: str) -> Column:
        """The named column."""
        return self.columns[name]

    def key(self, row: int) -> str:
        """What the shop calls the row."""
        return self.name_of(row)


@dataclass(frozen=True)
class MemoryColumns:
    """Columns of `size` customers. `ignored` counts rows left out, by relation; `faults` values unread, by relation.column."""

    size: int
    attributes: Mapping[str, Column]
    relations: Mapping[str, MemoryRows]
    ignored: Mapping[str, int] = field(default_factory=dict)
    faults: Mapping[str, int] = field(default_factory=dict)

    def attribute(self, name: str) -> Column:
        """The named fact of each customer."""
        return self.attributes[name]

    def rows(self, relation: str) -> MemoryRows:
        """The rows of a relation."""
        return self.relations[relation]


def taken(column: Column, rows: NDArray[np.int64]) -> Column:
    """The column with only these rows, in their order; -1 stands for a row that is not there."""
    absent = rows < 0
    match column:
        case Numbers(values):
            picked = values[rows] if len(values) else np.empty(len(rows), np.int64)
            return Numbers(np.where(absent, MISSING, picked))
        case Texts(codes, folded, shown):
            chosen = codes[rows] if len(codes) else np.empty(len(rows), np.int32)
            return Texts(np.where(absent, NO_CODE, chosen).astype(np.int32), folded, shown)
