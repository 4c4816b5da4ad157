"""Measures over the selected rows of each customer; one table, no branches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING, NO_CODE, Column, Numbers, Texts

Integers = NDArray[np.int64]
Mask = NDArray[np.bool_]

_EXACT_FLOAT = 2**53
_INT64 = 2**63


@dataclass(frozen=True, slots=True)
class Measured:
    """A number a customer: `values`, or `values / divisors` where divisors are given; meaningless where not `known`.

    `lacking` are those with too few rows to be measured or ranked, whether or not that has an answer (0 orders).
    """

    values: Integers
    known: Mask
    lacking: Mask
    divisors: Integers | None = None

    def among(self, base: Mask, asked: Mask) -> Measured:
        """As those of the base are ranked by it: the others lack it, and of whom it is not asked it is not known."""
        return replace(self, known=self.known & base & asked, lacking=self.lacking & asked | ~base)


@dataclass(frozen=True)
class Selected:
    """The rows that count, by index, with the customer of each."""

    rows: NDArray[np.int64]
    customers: NDArray[np.int32]
    size: int

    @cached_property
    def counts(self) -> Integers:
        """Rows of each customer."""
        return np.bincount(self.customers, minlength=self.size).astype(np.int64)

    def only(self, rows: Mask) -> Selected:
        """Some of these rows."""
        return Selected(self.rows[rows], self.customers[rows], self.size)


@dataclass(frozen=True)
class Asked:
    """What a measure is taken of: the rows that match, all rows in the window, the measured column, and the rows' days."""

    selected: Selected
    whole: Callable[[], Selected]
    column: Column | None
    days: Callable[[], tuple[Selected, Integers]]
    """Those of the matching rows that have a time, and the shop's date of each, as days since 1970."""

    def values(self, selected: Selected) -> Integers:
        """The measured column's numbers in some rows."""
        if not isinstance(self.column, Numbers):
            raise TypeError("only numbers and times can be added and compared")
        return self.column.values[selected.rows]


def _sums(selected: Selected, values: Integers) -> Integers:
    """Exact sums: float64 counts exactly to 2^53, int64 to 2^63, beyond that Python's own integers do."""
    largest = int(np.abs(values).max(initial=0)) * len(values)
    if largest < _EXACT_FLOAT:
        return np.bincount(selected.customers, weights=values, minlength=selected.size).astype(np.int64)
    sums = np.zeros(selected.size, np.int64 if largest < _INT64 else object)
    np.add.at(sums, selected.customers, values if largest < _INT64 else values.astype(object))
    return sums


def _complete(selected: Selected, values: Integers) -> tuple[Integers, Mask]:
    """The values with zero for those that are missing, and which customers miss none."""
    missing = values == MISSING
    if not missing.any():
        return values, np.ones(selected.size, np.bool_)
    complete = np.ones(selected.size, np.bool_)
    complete[selected.customers[missing]] = False
    return np.where(missing, 0, values), complete


def _everyone(selected: Selected) -> Mask:
    return np.ones(selected.size, np.bool_)


def _count(asked: Asked) -> Measured:
    counts = asked.selected.counts
    return Measured(counts, _everyone(asked.selected), counts == 0)


def _count_distinct(asked: Asked) -> Measured:
    selected = asked.selected
    match asked.column:
        case Numbers(values):
            found, known = values[selected.rows], values[selected.rows] != MISSING
        case Texts(codes):
            found, known = codes[selected.rows].astype(np.int64), codes[selected.rows] != NO_CODE
        case _:
            raise TypeError("these values cannot be told apart")
    distinct, places = np.unique(found[known], return_inverse=True)
    pairs = np.unique(selected.customers[known].astype(np.int64) * max(len(distinct), 1) + places)
    counts = np.bincount(pairs // max(len(distinct), 1), minlength=selected.size).astype(np.int64)
    return Measured(counts, _everyone(selected), selected.counts == 0)


def _sum(asked: Asked) -> Measured:
    filled, complete = _complete(asked.selected, asked.values(asked.selected))
    return Measured(_sums(asked.selected, filled), complete, asked.selected.counts == 0)


def _avg(asked: Asked) -> Measured:
    selected = asked.selected
    filled, complete = _complete(selected, asked.values(selected))
    lacking = selected.counts == 0
    return Measured(_sums(selected, filled), complete & ~lacking, lacking, np.maximum(selected.counts, 1))


def _extreme(pick: np.ufunc, start: int) -> Callable[[Asked], Measured]:
    def measure(asked: Asked) -> Measured:
        selected = asked.selected
        filled, complete = _complete(selected, asked.values(selected))
        extremes = np.full(selected.size, start, np.int64)
        pick.at(extremes, selected.customers, filled)
        lacking = selected.counts == 0
        return Measured(extremes, complete & ~lacking, lacking)

    return measure


def _share(asked: Asked) -> Measured:
    """The part of the rows in the window, or of their sums, that matches; what lacks a value may not be left out of a sum."""
    selected, whole = asked.selected, asked.whole()
    lacking = whole.counts == 0
    if asked.column is None:
        return Measured(selected.counts, ~lacking, lacking, np.maximum(whole.counts, 1))
    filled, complete = _complete(whole, asked.values(whole))
    divisors = _sums(whole, filled)
    part, _ = _complete(selected, asked.values(selected))
    return Measured(_sums(selected, part), complete & ~lacking & (divisors > 0), lacking, np.maximum(divisors, 1))


def _days_between(asked: Asked) -> Measured:
    dated, days = asked.days()
    first = np.full(dated.size, _BOUNDS.max, np.int64)
    last = np.full(dated.size, _BOUNDS.min, np.int64)
    np.minimum.at(first, dated.customers, days)
    np.maximum.at(last, dated.customers, days)
    lacking = dated.counts < 2
    return Measured(np.where(lacking, 0, last - first), ~lacking, lacking, np.maximum(dated.counts - 1, 1))


_BOUNDS = np.iinfo(np.int64)

MEASURE: dict[str, Callable[[Asked], Measured]] = {
    "count": _count,
    "count_distinct": _count_distinct,
    "sum": _sum,
    "avg": _avg,
    "min": _extreme(np.minimum, int(_BOUNDS.max)),
    "max": _extreme(np.maximum, int(_BOUNDS.min) + 1),
    "share": _share,
    "days_between": _days_between,
}
"""Measure -> function of what is asked."""
