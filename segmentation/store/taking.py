"""Some rows of a column, in another order: how tables are sorted, and how rows get the columns of the row above."""

from __future__ import annotations

from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING, NO_CODE, Column, Numbers, Places, Sets, Texts
from segmentation.store.people import NOBODY

ABSENT = -1
"""Stands for a row that is not there."""

Scalar = TypeVar("Scalar", bound=np.generic)


def arranged(owners: NDArray[np.int32], *orders: NDArray[np.int64] | None) -> NDArray[np.int64]:
    """The places of rows without nobody's, by the first of the orders and then the next; a time that is missing comes first."""
    order = np.lexsort([each for each in reversed(orders) if each is not None])
    somebodys: NDArray[np.int64] = order[owners[order] != NOBODY]
    return somebodys


def taken(column: Column, rows: NDArray[np.int64]) -> Column:
    """The column with only these rows, in their order; an absent row has no value."""
    match column:
        case Numbers(values):
            return Numbers(picked(values, rows, MISSING))
        case Texts(codes, folded, shown):
            return Texts(picked(codes, rows, NO_CODE), folded, shown)
        case Places(lat, lon):
            return Places(picked(lat, rows, np.nan), picked(lon, rows, np.nan))
        case Sets():
            return _taken_sets(column, rows)


def picked(values: NDArray[Scalar], rows: NDArray[np.int64], absent: Any) -> NDArray[Scalar]:
    """The values of these rows; `absent` where there is no row."""
    found = np.full(len(rows), absent, values.dtype)
    present = rows != ABSENT
    found[present] = values[rows[present]]
    return found


def _taken_sets(column: Sets, rows: NDArray[np.int64]) -> Sets:
    sizes = picked(np.diff(column.starts), rows, 0)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    # Each code's place in its own set, counted from where that set starts in the column.
    within = np.arange(starts[-1]) - np.repeat(starts[:-1], sizes)
    codes = column.codes[np.repeat(picked(column.starts[:-1], rows, 0), sizes) + within]
    return Sets(starts, codes, column.folded, column.shown, picked(column.known, rows, False))
