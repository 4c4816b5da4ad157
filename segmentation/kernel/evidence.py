"""Why: for one customer and one rule, the truth of each leaf, its value, and the rows that made it."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction

from segmentation.kernel.columns import Columns, Numbers, Texts
from segmentation.kernel.evaluate import Pass
from segmentation.kernel.plan import Leaf, Plan, Term, leaves_of

MOST_KEYS = 20
"""So many rows at most are named a leaf, the latest."""


@dataclass(frozen=True, slots=True)
class LeafEvidence:
    """One leaf for one customer. `value` is in scaled units (a text as the shop wrote it), None where there is none."""

    leaf: Leaf
    truth: bool | None
    value: Fraction | str | None
    rows: int
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Evidence:
    """The truth of the whole rule and of its leaves in reading order."""

    truth: bool | None
    leaves: tuple[LeafEvidence, ...]


def evidence(plan: Plan, key: Hashable, columns: Columns, customer: int, now: datetime) -> Evidence:
    """The evidence for the rule known by `key` and the customer of that dense index."""
    work = Pass(plan, columns, now)
    root = plan.roots[key]
    return Evidence(work.branch(root).of(customer), tuple(_leaf(work, leaf, columns, customer) for leaf in leaves_of(root)))


def _leaf(work: Pass, leaf: Leaf, columns: Columns, customer: int) -> LeafEvidence:
    truth = work.leaf(leaf).of(customer)
    if isinstance(leaf.asked, str):
        return LeafEvidence(leaf, truth, _attribute(columns, leaf.asked, customer), 0, ())
    selected = work.selected(leaf.asked.selection)
    rows = selected.rows[selected.customers == customer]
    named = columns.rows(leaf.asked.selection.relation)
    keys = tuple(named.key(int(row)) for row in rows[-MOST_KEYS:])
    return LeafEvidence(leaf, truth, _measure(work, leaf.asked, customer), len(rows), keys)


def _attribute(columns: Columns, name: str, customer: int) -> Fraction | str | None:
    column = columns.attribute(name)
    if not column.known[customer]:
        return None
    match column:
        case Texts():
            return column.shown[int(column.codes[customer])]
        case Numbers():
            return Fraction(int(column.values[customer]))


def _measure(work: Pass, term: Term, customer: int) -> Fraction | None:
    measured = work.measured(term)
    if not measured.known[customer]:
        return None
    divisor = 1 if measured.divisors is None else int(measured.divisors[customer])
    return Fraction(int(measured.values[customer]), divisor)
