"""Whom a rule is asked about, and which of that person's rows match a `where` and a window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .groups import Node, group_truth
from .kleene import Truth
from .moments import Clock
from .operators import compare
from .prior import NOTHING_BEFORE, Prior
from .rows import EnteredRow, rows_below, rows_of
from .schema import has_time, kind_of
from .shop import OracleShop
from .windows import in_window


@dataclass(frozen=True)
class Case:
    """Whom a rule is asked about, and when, and what was before; `consent` is what takes consent to profiling."""

    shop: OracleShop
    person_key: str
    clock: Clock
    prior: Prior = NOTHING_BEFORE
    consent: str = "none"


def rows_in_window(relation: str, window: Any, case: Case) -> list[EnteredRow]:
    """Raises ValueError for a window over a relation that has no times."""
    if window is not None:
        timed(relation, case)
    lets_in = gate(window, case)
    return [row for row in rows_of(relation, case.person_key, case.shop) if lets_in(row.at)]


def matching_rows(relation: str, where: Node | None, window: Any, case: Case) -> list[EnteredRow]:
    return [row for row in rows_in_window(relation, window, case) if row_counts(row, where, case)]


def rows_in_order(relation: str, where: Node | None, window: Any, case: Case) -> list[EnteredRow]:
    """The matching rows by time and row key. Rows without a time have no place among them.

    Raises ValueError for a relation that has no times.
    """
    timed(relation, case)
    return sorted((row for row in matching_rows(relation, where, window, case) if row.at is not None), key=lambda row: row.place)


def timed(relation: str, case: Case) -> None:
    if not has_time(relation, case.shop.kinds):
        raise ValueError(f"{relation} has no times")


def gate(window: Any, case: Case) -> Callable[[datetime | None], bool]:
    """Which times the window lets in."""
    if window is None or "since_last" not in window:
        return lambda at: in_window(at, window, case.clock)
    before = rows_in_order(window["since_last"], window.get("where"), None, case)
    start = before[-1].at if before else None
    return lambda at: at is not None and at <= case.clock.now and (start is None or at > start)


def row_counts(row: EnteredRow, where: Node | None, case: Case) -> bool:
    """A row counts only if its whole test is true: an unknown test keeps it out."""
    return where is None or row_truth(where, row, case) is True


def row_truth(node: Node, row: EnteredRow, case: Case) -> Truth:
    if "rules" in node:
        return group_truth(node, lambda child: row_truth(child, row, case))
    if "quantifier" in node:
        below = rows_below(row, node["path"], case.shop)
        return QUANTIFIERS[node["quantifier"]]([row_counts(each, node["where"], case) for each in below])
    column = node["field"]
    return compare(kind_of(row.relation, column, case.shop.kinds), row.value(column), node, case.clock)


# Whether each row below counts -> the truth, which is never unknown.
QUANTIFIERS: dict[str, Callable[[Sequence[bool]], bool]] = {
    "any": any,
    "all": all,
    "none": lambda counts: not any(counts),
}
