"""What the kernel reads: columns of customers and of their rows, wherever they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

MISSING = int(np.iinfo(np.int64).min)
"""Stands in integer columns for "no value"; below every real value, so that rows without a time sort first."""

NO_CODE = -1
"""Stands in text columns for "no value"."""

LARGEST = 10**15
"""Scaled numbers beyond this are no values: sums of them would not be exact."""


@dataclass(frozen=True, slots=True)
class Numbers:
    """Scaled integers, seconds since 1970 (a date is its midnight in the shop), or 0 and 1 for no and yes; int64."""

    values: NDArray[np.int64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which have a value."""
        known: NDArray[np.bool_] = self.values != MISSING
        return known


@dataclass(frozen=True, slots=True)
class Texts:
    """Dictionary-coded text: `codes` (int32) point into `folded`, the distinct texts as they are compared."""

    codes: NDArray[np.int32]
    folded: Sequence[str]
    shown: Sequence[str]
    """The same texts as the shop first wrote them."""

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which have a value."""
        known: NDArray[np.bool_] = self.codes != NO_CODE
        return known


@dataclass(frozen=True, slots=True)
class Sets:
    """Sets of texts: value `i` holds the distinct codes[starts[i]:starts[i + 1]]; an empty set is a value where `known`."""

    starts: NDArray[np.int64]
    codes: NDArray[np.int32]
    folded: Sequence[str]
    shown: Sequence[str]
    known: NDArray[np.bool_]


@dataclass(frozen=True, slots=True)
class Places:
    """Points on the globe in degrees (float64); NaN where there is none."""

    lat: NDArray[np.float64]
    lon: NDArray[np.float64]

    @property
    def known(self) -> NDArray[np.bool_]:
        """Which have a value."""
        known: NDArray[np.bool_] = ~(np.isnan(self.lat) | np.isnan(self.lon))
        return known


Column = Numbers | Texts | Sets | Places


class Rows(Protocol):
    """The rows of one relation that belong to the customers at hand, by time (those without one first), then row key."""

    @property
    def customer(self) -> NDArray[np.int32]:
        """Dense index of each row's customer."""

    @property
    def times(self) -> NDArray[np.int64] | None:
        """Seconds since 1970, MISSING where a row has none; None if the relation has no time."""

    def column(self, name: str) -> Column:
        """The named column, as long as `customer`; of a row above by its path ("product.category")."""

    def below(self, path: str) -> NDArray[np.int64]:
        """For each row of the relation below, as `Columns.rows` gives it: the index of its row here, -1 if it has none."""

    def key(self, row: int) -> str:
        """The row's key, for evidence: its own, or that of the order or cart it belongs to."""

    def part(self, row: int) -> str:
        """The row's own key within that order or cart; "" for rows that belong to none."""


class Columns(Protocol):
    """Columns of some customers (all, a few, a partition), who are numbered 0 … size - 1."""

    @property
    def size(self) -> int:
        """How many customers."""

    @property
    def counted(self) -> NDArray[np.bool_]:
        """Who is ranked; the others, of whom nothing but an id is known, have no place in the base."""

    @property
    def agreed(self) -> NDArray[np.bool_]:
        """Who agreed to be profiled."""

    @property
    def keys(self) -> Sequence[str]:
        """The key by which each customer was first known; buckets are drawn by it."""

    def attribute(self, name: str) -> Column:
        """The named fact of each customer, `size` long."""

    def rows(self, relation: str) -> Rows:
        """The rows of a relation."""
