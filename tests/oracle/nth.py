"""The leaf nth: the first, last or n-th row among those that match, tested."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from .groups import Node
from .kleene import Truth
from .matching import Case, row_truth, rows_in_order
from .rows import EnteredRow


def nth(leaf: Node, case: Case) -> Truth:
    """The truth of `test` for that row, which may be unknown; unknown if there is no such row."""
    rows = rows_in_order(leaf["field"], leaf.get("where"), leaf.get("window"), case)
    row = chosen(rows, leaf["which"])
    return None if row is None else row_truth(leaf["test"], row, case)


def chosen(rows: Sequence[EnteredRow], which: Any) -> EnteredRow | None:
    """`which` is "first", "last" or a number from 1. Raises ValueError for another."""
    if not rows:
        return None
    if which in ("first", "last"):
        return rows[0] if which == "first" else rows[-1]
    if int(which) < 1:
        raise ValueError(f"there is no row {which}")
    return rows[int(which) - 1] if int(which) <= len(rows) else None
