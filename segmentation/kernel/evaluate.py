"""One pass over columns that answers every rule of a plan."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from datetime import datetime
from functools import reduce

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.checks import Mask, check_column, in_fraction_spans, in_integer_spans
from segmentation.kernel.columns import MISSING, Columns, Numbers
from segmentation.kernel.measures import MEASURE, Measured, Selected
from segmentation.kernel.moments import seconds
from segmentation.kernel.plan import Branch, InSpans, IsSet, Leaf, Plan, RowFilter, RowTest, Selection, Term
from segmentation.kernel.truth import COMBINE, Truth


def evaluate(plan: Plan, columns: Columns, now: datetime) -> Mapping[Hashable, Truth]:
    """The truth of each rule for each customer, at a moment; rows later than `now` never count.

    `now` is aware. Raises ValueError on an empty group, which never means everyone or no one.
    """
    work = Pass(plan, columns, now)
    return {key: work.branch(root) for key, root in plan.roots.items()}


class Pass:
    """What has been worked out so far; every distinct question of a plan is answered once."""

    def __init__(self, plan: Plan, columns: Columns, now: datetime) -> None:
        if now.tzinfo is None:
            raise ValueError("now must be aware of its time zone")
        self._calendar = plan.calendar
        self._columns = columns
        self._now = now.replace(microsecond=0)
        self._leaves: dict[Leaf, Truth] = {}
        self._measured: dict[Term, Measured] = {}
        self._selected: dict[Selection, Selected] = {}
        self._matching: dict[tuple[str, RowFilter], tuple[Mask, Mask]] = {}

    def branch(self, branch: Branch) -> Truth:
        """The truth of a group."""
        if not branch.parts:
            raise ValueError("an empty group has no meaning")
        truth = COMBINE[branch.combinator]([self._part(part) for part in branch.parts])
        return ~truth if branch.negated else truth

    def leaf(self, leaf: Leaf) -> Truth:
        """The truth of a leaf, its unknown taken as it says."""
        if leaf not in self._leaves:
            if isinstance(leaf.asked, str):
                true, known = check_column(leaf.check, self._columns.attribute(leaf.asked), self._calendar, self._now)
            else:
                true, known = self._compared(leaf, self.measured(leaf.asked))
            self._leaves[leaf] = Truth.pack(true, known).assumed(leaf.if_unknown)
        return self._leaves[leaf]

    def measured(self, term: Term) -> Measured:
        """The term's number for each customer."""
        if term not in self._measured:
            selected = self.selected(term.selection)
            values = np.empty(0, np.int64)
            if term.of is not None:
                column = self._columns.rows(term.selection.relation).column(term.of)
                if not isinstance(column, Numbers):
                    raise TypeError(f"{term.measure} of a text")
                values = column.values[selected.rows]
            self._measured[term] = MEASURE[term.measure](selected, values)
        return self._measured[term]

    def selected(self, selection: Selection) -> Selected:
        """The rows that match the filter and lie in the window."""
        if selection not in self._selected:
            rows = self._columns.rows(selection.relation)
            inside = self._inside(selection, rows.times)
            if selection.filter is None:
                chosen = np.arange(inside.start, inside.stop)
            else:
                # Inside `where` a row counts only if its whole test is true.
                true, _ = self._filtered(selection.relation, selection.filter)
                chosen = np.flatnonzero(true[inside]) + inside.start
            self._selected[selection] = Selected(chosen, rows.customer[chosen], self._columns.size)
        return self._selected[selection]

    def _part(self, part: Branch | Leaf) -> Truth:
        return self.branch(part) if isinstance(part, Branch) else self.leaf(part)

    def _compared(self, leaf: Leaf, measured: Measured) -> tuple[Mask, Mask]:
        match leaf.check:
            case IsSet(expected):
                return measured.known == expected, np.ones(len(measured.known), np.bool_)
            case InSpans(spans) if measured.divisors is not None:
                return measured.known & in_fraction_spans(spans, measured.values, measured.divisors), measured.known
            case InSpans(spans):
                return measured.known & in_integer_spans(spans, measured.values), measured.known
            case check:
                times = np.where(measured.known, measured.values, MISSING)
                return check_column(check, Numbers(times), self._calendar, self._now)

    def _inside(self, selection: Selection, times: NDArray[np.int64] | None) -> slice:
        """Rows stand by time, those without one first, so a window is a slice."""
        window = self._calendar.window(selection.window, self._now)
        if times is None:
            if window is not None:
                raise ValueError(f"{selection.relation} has no time to look at")
            return slice(0, len(self._columns.rows(selection.relation).customer))
        if window is None:
            return slice(0, int(np.searchsorted(times, seconds(self._now), side="right")))
        first, end = np.searchsorted(times, window, side="left")
        return slice(int(first), max(int(first), int(end)))

    def _filtered(self, relation: str, row_filter: RowFilter) -> tuple[Mask, Mask]:
        """(true, false) for each row of the relation, Kleene within the row."""
        key = (relation, row_filter)
        if key not in self._matching:
            self._matching[key] = self._filter(relation, row_filter)
        return self._matching[key]

    def _filter(self, relation: str, row_filter: RowFilter) -> tuple[Mask, Mask]:
        if isinstance(row_filter, RowTest):
            column = self._columns.rows(relation).column(row_filter.column)
            true, known = check_column(row_filter.check, column, self._calendar, self._now)
            return true, known & ~true
        if not row_filter.parts:
            raise ValueError("an empty group has no meaning")
        parts = [self._filtered(relation, part) for part in row_filter.parts]
        all_of, any_of = (np.logical_and, np.logical_or) if row_filter.combinator == "and" else (np.logical_or, np.logical_and)
        true = reduce(all_of, (part[0] for part in parts))
        false = reduce(any_of, (part[1] for part in parts))
        return (false, true) if row_filter.negated else (true, false)
