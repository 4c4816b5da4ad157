"""Measures over the selected rows of each customer; one table, no branches."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING

Integers = NDArray[np.int64]

_EXACT_FLOAT = 2**53
_INT64 = 2**63


@dataclass(frozen=True, slots=True)
class Measured:
    """A number a customer: `values`, or `values / divisors` where divisors are given; meaningless where not `known`."""

    values: Integers
    known: NDArray[np.bool_]
    divisors: Integers | None = None


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


def _sums(selected: Selected, values: Integers) -> Integers:
    """Exact sums: float64 counts exactly to 2^53, int64 to 2^63, beyond that Python's own integers do."""
    largest = int(np.abs(values).max(initial=0)) * len(values)
    if largest < _EXACT_FLOAT:
        return np.bincount(selected.customers, weights=values, minlength=selected.size).astype(np.int64)
    sums = np.zeros(selected.size, np.int64 if largest < _INT64 else object)
    np.add.at(sums, selected.customers, values if largest < _INT64 else values.astype(object))
    return sums


def _complete(selected: Selected, values: Integers) -> tuple[Integers, NDArray[np.bool_]]:
    """The values with zero for those that are missing, and which customers miss none."""
    missing = values == MISSING
    if not missing.any():
        return values, np.ones(selected.size, np.bool_)
    complete = np.ones(selected.size, np.bool_)
    complete[selected.customers[missing]] = False
    return np.where(missing, 0, values), complete


def _count(selected: Selected, values: Integers) -> Measured:
    return Measured(selected.counts, np.ones(selected.size, np.bool_))


def _sum(selected: Selected, values: Integers) -> Measured:
    filled, complete = _complete(selected, values)
    return Measured(_sums(selected, filled), complete)


def _avg(selected: Selected, values: Integers) -> Measured:
    filled, complete = _complete(selected, values)
    return Measured(_sums(selected, filled), complete & (selected.counts > 0), np.maximum(selected.counts, 1))


def _extreme(pick: np.ufunc, start: int) -> Callable[[Selected, Integers], Measured]:
    def measure(selected: Selected, values: Integers) -> Measured:
        filled, complete = _complete(selected, values)
        extremes = np.full(selected.size, start, np.int64)
        pick.at(extremes, selected.customers, filled)
        return Measured(extremes, complete & (selected.counts > 0))

    return measure


_BOUNDS = np.iinfo(np.int64)

MEASURE: dict[str, Callable[[Selected, Integers], Measured]] = {
    "count": _count,
    "sum": _sum,
    "avg": _avg,
    "min": _extreme(np.minimum, int(_BOUNDS.max)),
    "max": _extreme(np.maximum, int(_BOUNDS.min) + 1),
}
"""Measure -> function of the selected rows and the measured column's values there (empty for count)."""
