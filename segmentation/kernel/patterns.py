"""How a customer's rows are spread over the last periods, counted back from today."""

from __future__ import annotations

from collections.abc import Callable, Sequence

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.measures import Mask, Selected

Filled = NDArray[np.bool_]
"""One line a period, 0 for all that lies before the last of them, then 1, 2, …; one column a customer."""


def filled_periods(dated: Selected, times: NDArray[np.int64], starts: Sequence[int]) -> Filled:
    """Who has a row in which period; `starts` has the first second of periods 1, 2, …, later ones first."""
    periods = len(starts)
    # A row belongs to the youngest period that begins at or before it.
    later = np.searchsorted(np.array(starts[::-1], np.int64), times, side="right")
    line = np.where(later == 0, 0, periods - later + 1)
    filled = np.zeros((periods + 1, dated.size), np.bool_)
    filled[line, dated.customers] = True
    return filled


def _each(filled: Filled) -> Mask:
    return np.logical_and.reduce(filled, axis=0)  # type: ignore[no-any-return]


def _none(filled: Filled) -> Mask:
    return ~np.logical_or.reduce(filled, axis=0)  # type: ignore[no-any-return]


PATTERN: dict[str, Callable[[Filled, int], Mask]] = {
    "first_time": lambda filled, n: filled[1] & _none(filled[[0, *range(2, len(filled))]]),
    "regularly": lambda filled, n: _each(filled[1 : n + 1]),
    "stopped": lambda filled, n: ~filled[1] & _each(filled[2 : n + 2]),
    "restarted": lambda filled, n: filled[1] & _none(filled[2 : n + 2]) & filled[0],
}
"""Pattern -> who shows it, of the periods 0 … n + 1."""
