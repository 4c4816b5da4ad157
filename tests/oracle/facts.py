"""The leaves over one fact or one measure of the person: attribute and behaviour."""

from __future__ import annotations

from typing import Any

from .entry import enter
from .groups import Node
from .kleene import Truth
from .matching import Case, matching_rows, rows_in_window, timed
from .measures import MEASURES, Material, measured_kind
from .operators import compare
from .schema import SCORE, kind_of


def fact(field: str, case: Case) -> Any:
    """The value of `customer.country` or `score.clv`, None if missing. Raises KeyError for a fact that is not known."""
    of, _, name = field.partition(".")
    raw = case.shop.score(name, case.person_key) if of == SCORE else case.shop.person(case.person_key).get(name)
    return enter(raw, field, case.shop)


def attribute(leaf: Node, case: Case) -> Truth:
    """A fact of the person: `customer.country`, `score.clv`."""
    return compare(case.shop.kinds[leaf["field"]], fact(leaf["field"], case), leaf, case.clock)


def behaviour(leaf: Node, case: Case) -> Truth:
    """A measure over the rows of a relation that match its `where` and its `window`."""
    of = leaf.get("of")
    kind = measured_kind(leaf["measure"], kind_of(leaf["field"], of, case.shop.kinds) if of else None)
    return compare(kind, MEASURES[leaf["measure"]](material(leaf, case)), leaf, case.clock)


def material(leaf: Node, case: Case) -> Material:
    """Raises ValueError for a share without `where`, and for days_between of rows that have no times."""
    measure, relation, of = leaf["measure"], leaf["field"], leaf.get("of")
    rows = matching_rows(relation, leaf.get("where"), leaf.get("window"), case)
    everything = []
    if measure == "share":
        if leaf.get("where") is None:
            raise ValueError("a share needs a where: it would always be 1")
        everything = rows_in_window(relation, leaf.get("window"), case)
    if measure == "days_between":
        timed(relation, case)
    return Material(
        values=[row.value(of) if of else None for row in rows],
        days=[case.clock.day_of(row.at) for row in rows if row.at is not None],
        everything=[row.value(of) if of else None for row in everything],
        weighed=of is not None,
    )
