"""Which rows count: those that match a filter and lie in a window. Every distinct selection is worked out once."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.checks import Mask, check_column
from segmentation.kernel.columns import MISSING, Columns
from segmentation.kernel.measures import Selected
from segmentation.kernel.moments import Calendar, seconds
from segmentation.kernel.plan import AfterLast, RowBelow, RowFilter, RowGroup, RowTest, Selection


class Selector:
    """The rows of some customers at a moment."""

    def __init__(self, columns: Columns, calendar: Calendar, now: datetime) -> None:
        self._columns = columns
        self._calendar = calendar
        self._now = now
        self._selected: dict[Selection, Selected] = {}
        self._matching: dict[tuple[str, RowFilter], tuple[Mask, Mask]] = {}

    def selected(self, selection: Selection) -> Selected:
        """The rows that match the filter and lie in the window, by time and then key."""
        if selection not in self._selected:
            self._selected[selection] = self._select(selection)
        return self._selected[selection]

    def dated(self, selection: Selection) -> tuple[Selected, NDArray[np.int64]]:
        """Those of the selected rows that have a time, and their times."""
        selected, times = self.selected(selection), self.times(selection.relation)
        has_time = times[selected.rows] != MISSING
        if not has_time.all():
            selected = selected.only(has_time)
        return selected, times[selected.rows]

    def times(self, relation: str) -> NDArray[np.int64]:
        """The time of each row of a relation. Raises ValueError if it has none."""
        times = self._columns.rows(relation).times
        if times is None:
            raise ValueError(f"{relation} has no time to look at")
        return times

    def matching(self, relation: str, row_filter: RowFilter) -> tuple[Mask, Mask]:
        """(true, false) for each row of the relation, Kleene within the row."""
        key = (relation, row_filter)
        if key not in self._matching:
            self._matching[key] = self._match(relation, row_filter)
        return self._matching[key]

    def _select(self, selection: Selection) -> Selected:
        rows = self._columns.rows(selection.relation)
        inside = self._inside(selection)
        if selection.filter is None:
            chosen = np.arange(inside.start, inside.stop)
        else:
            # Inside `where` a row counts only if its whole test is true.
            true, _ = self.matching(selection.relation, selection.filter)
            chosen = np.flatnonzero(true[inside]) + inside.start
        if isinstance(selection.window, AfterLast):
            chosen = self._after_last(selection.window, selection.relation, chosen)
        return Selected(chosen, rows.customer[chosen], self._columns.size)

    def _inside(self, selection: Selection) -> slice:
        """Rows stand by time, those without one first, so a window is a slice."""
        times = self._columns.rows(selection.relation).times
        if selection.window is None:
            if times is None:
                return slice(0, len(self._columns.rows(selection.relation).customer))
            return slice(0, int(np.searchsorted(times, seconds(self._now), side="right")))
        window = None if isinstance(selection.window, AfterLast) else self._calendar.window(selection.window, self._now)
        bounds = window or (MISSING + 1, seconds(self._now) + 1)
        first, end = np.searchsorted(self.times(selection.relation), bounds, side="left")
        return slice(int(first), max(int(first), int(end)))

    def _after_last(self, window: AfterLast, relation: str, chosen: NDArray[np.int64]) -> NDArray[np.int64]:
        """Strictly after each customer's last row of the other selection; without one, all."""
        others, times = self.dated(window.selection)
        last = np.full(self._columns.size, MISSING, np.int64)
        np.maximum.at(last, others.customers, times)
        customers = self._columns.rows(relation).customer[chosen]
        return chosen[self.times(relation)[chosen] > last[customers]]

    def _match(self, relation: str, row_filter: RowFilter) -> tuple[Mask, Mask]:
        match row_filter:
            case RowTest(column, check):
                true, known = check_column(check, self._columns.rows(relation).column(column), self._calendar, self._now)
                return true, known & ~true
            case RowBelow():
                true = self._below(relation, row_filter)
                return true, ~true
            case RowGroup():
                return self._group(relation, row_filter)

    def _below(self, relation: str, below: RowBelow) -> Mask:
        """A row below counts only if its test is true, so this is never unknown."""
        parents = self._columns.rows(relation).below(below.path)
        true, _ = self.matching(below.relation, below.filter)
        size = len(self._columns.rows(relation).customer)
        has_parent = parents >= 0
        matching = np.bincount(parents[true & has_parent], minlength=size)
        return _QUANTIFIER[below.quantifier](matching, np.bincount(parents[has_parent], minlength=size))

    def _group(self, relation: str, group: RowGroup) -> tuple[Mask, Mask]:
        if not group.parts:
            raise ValueError("an empty group has no meaning")
        parts = [self.matching(relation, part) for part in group.parts]
        if group.combinator == "at_least":
            trues, falses = (np.sum([part[side] for part in parts], axis=0) for side in (0, 1))
            true, false = trues >= (group.n or 0), len(parts) - falses < (group.n or 0)
        else:
            is_and = group.combinator == "and"
            true = reduce(np.logical_and if is_and else np.logical_or, (part[0] for part in parts))
            false = reduce(np.logical_or if is_and else np.logical_and, (part[1] for part in parts))
        return (false, true) if group.negated else (true, false)


_QUANTIFIER: dict[str, Callable[[NDArray[np.int64], NDArray[np.int64]], Mask]] = {
    "any": lambda matching, rows: matching > 0,
    "all": lambda matching, rows: matching == rows,
    "none": lambda matching, rows: matching == 0,
}
"""Quantifier -> whether it holds of a row, by the number of rows below it that match and that there are."""
