"""The leaf sequence: rows one after another, and nothing of some kind afterwards. All combinations are tried."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import combinations, pairwise, product
from typing import Any

from .groups import Node
from .matching import Case, rows_in_order
from .moments import Duration
from .rows import EnteredRow

Match = Sequence[EnteredRow]


def sequence(leaf: Node, case: Case) -> bool:
    """Whether some match keeps the order, the time it may take, and has no row of `not_then` after it. Never unknown."""
    candidates = [rows_in_order(step["field"], step.get("where"), leaf.get("window"), case) for step in leaf["steps"]]
    within = None if leaf.get("within") is None else Duration.of(leaf["within"]).length
    refused = leaf.get("not_then")
    never_then = [] if refused is None else rows_in_order(refused["field"], refused.get("where"), None, case)
    for match in product(*candidates):
        in_time = within is None or time_of(match[-1]) - time_of(match[0]) <= within
        if in_order(match) and in_time and not any(comes_after(row, match[-1]) for row in never_then):
            return True
    return False


def time_of(row: EnteredRow) -> datetime:
    at: Any = row.at
    return at  # type: ignore[no-any-return]


def in_order(match: Match) -> bool:
    """Times never go back; any two rows of one relation stand in the order of that relation, so none is taken twice."""
    return all(time_of(one) <= time_of(other) for one, other in pairwise(match)) and all(
        one.place < other.place for one, other in combinations(match, 2) if one.relation == other.relation
    )


def comes_after(row: EnteredRow, last: EnteredRow) -> bool:
    """Equal times count as after; within one relation only later rows do."""
    if row.relation == last.relation:
        return row.place > last.place
    return time_of(row) >= time_of(last)
