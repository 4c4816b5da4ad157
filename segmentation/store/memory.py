"""Columns kept in memory for one pass."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import Column


def whole(row: int) -> str:
    """The part of a row that belongs to no other."""
    return ""


@dataclass(frozen=True)
class MemoryRows:
    """Rows of one relation, in the order that the kernel wants them."""

    customer: NDArray[np.int32]
    times: NDArray[np.int64] | None
    columns: Mapping[str, Column]
    name_of: Callable[[int], str] = str
    parents: Mapping[str, NDArray[np.int64]] = field(default_factory=dict)
    """Path to rows below -> for each of those its row here."""
    part_of: Callable[[int], str] = whole

    def column(self, name: str) -> Column:
        """The named column."""
        return self.columns[name]

    def below(self, path: str) -> NDArray[np.int64]:
        """For each row of the relation below, as `Columns.rows` gives it: the index of its row here, -1 if it has none."""
        return self.parents[path]

    def key(self, row: int) -> str:
        """What the shop calls the row, or the order or cart it belongs to."""
        return self.name_of(row)

    def part(self, row: int) -> str:
        """What the shop calls the row within that order or cart."""
        return self.part_of(row)


@dataclass(frozen=True)
class MemoryColumns:
    """Columns of `size` customers. `ignored` counts rows left out, by relation; `faults` values unread, by relation.column."""

    size: int
    counted: NDArray[np.bool_]
    agreed: NDArray[np.bool_]
    attributes: Mapping[str, Column]
    relations: Mapping[str, MemoryRows]
    ignored: Mapping[str, int] = field(default_factory=dict)
    faults: Mapping[str, int] = field(default_factory=dict)
    keys: Sequence[str] = ()

    def attribute(self, name: str) -> Column:
        """The named fact of each customer."""
        return self.attributes[name]

    def rows(self, relation: str) -> MemoryRows:
        """The rows of a relation."""
        return self.relations[relation]
