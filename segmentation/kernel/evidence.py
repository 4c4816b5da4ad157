"""Why: for one customer and one rule, the truth of each leaf, its value, and the rows that made it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import datetime
from fractions import Fraction
from typing import Any

import numpy as np

from segmentation.kernel import prior as before
from segmentation.kernel.columns import MISSING, Columns, Numbers, Places, Sets, Texts
from segmentation.kernel.evaluate import Pass
from segmentation.kernel.plan import (
    AnyLeaf,
    BucketLeaf,
    Leaf,
    MemberLeaf,
    NthLeaf,
    PatternLeaf,
    Plan,
    RankLeaf,
    SequenceLeaf,
    Term,
    leaves_of,
    selections_of,
)
from segmentation.kernel.prior import Limit, Prior

MOST_KEYS = 20
"""So many rows at most are named a leaf, the latest."""

Value = Fraction | str | tuple[str, ...] | None
"""A number in scaled units, a text as the shop wrote it, the texts of a set, or nothing."""


@dataclass(frozen=True, slots=True)
class RowName:
    """A row of a relation: its key, or that of the order or cart it belongs to, and then its own within that as `part`."""

    relation: str
    key: str
    part: str = ""


@dataclass(frozen=True, slots=True)
class LeafEvidence:
    """One leaf for one customer. `value` is None where there is none; `cut_off` is the limit that a rank turned out to have.

    Where the leaf was not `asked`, for want of consent, nothing of hers was looked at.
    `kept` tells what keeps a member in who has lost her place in a rank: "leave_at" or "min_stay".
    """

    leaf: AnyLeaf
    truth: bool | None
    value: Value
    rows: int
    named: tuple[RowName, ...]
    cut_off: Fraction | None = None
    asked: bool = True
    kept: str = ""

    @property
    def keys(self) -> tuple[str, ...]:
        """The keys of the named rows."""
        return tuple(row.key for row in self.named)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The truth of the whole rule and of its leaves in reading order."""

    truth: bool | None
    leaves: tuple[LeafEvidence, ...]


def evidence(plan: Plan, key: Hashable, columns: Columns, customer: int, now: datetime, prior: Prior = before.NONE) -> Evidence:
    """The evidence for the rule known by `key` and the customer of that dense index."""
    witness = _Witness(Pass(plan, columns, now, prior), columns, customer)
    leaves = tuple(witness.leaf(leaf) for leaf in leaves_of(plan.roots[key]))
    return Evidence(witness.work.root(key).of(customer), leaves)


class _Witness:
    """What one customer's columns have to say."""

    def __init__(self, work: Pass, columns: Columns, customer: int) -> None:
        self.work = work
        self.columns = columns
        self.customer = customer

    def leaf(self, leaf: AnyLeaf) -> LeafEvidence:
        truth = self.work.leaf(leaf).of(self.customer)
        if not self.work.asked(leaf)[self.customer]:
            return LeafEvidence(leaf, truth, None, 0, (), asked=False)
        found = tuple(row for relation, rows in self.rows(leaf) for row in self.named(relation, rows))
        counted = sum(len(rows) for _, rows in self.rows(leaf))
        value = _VALUES[type(leaf)](self, leaf)
        return LeafEvidence(leaf, truth, value, counted, found, self.cut_off(leaf), kept=self.kept(leaf))

    def rows(self, leaf: AnyLeaf) -> list[tuple[str, list[int]]]:
        """(relation, rows in order) of each selection that the leaf looks at; of an nth leaf the one row that it tests."""
        if isinstance(leaf, NthLeaf):
            row = int(self.work.nth(leaf)[self.customer])
            return [(leaf.selection.relation, [] if row == MISSING else [row])]
        selections = [(selection.relation, self.work.selected(selection)) for selection in dict.fromkeys(selections_of(leaf))]
        return [(relation, found.rows[found.customers == self.customer].tolist()) for relation, found in selections]

    def named(self, relation: str, rows: list[int]) -> list[RowName]:
        named = self.columns.rows(relation)
        return [RowName(relation, named.key(row), named.part(row)) for row in rows[-MOST_KEYS:]]

    def cut_off(self, leaf: AnyLeaf) -> Fraction | None:
        """What a rank is held against: the wider cut-off for those who are in and may stay."""
        limit: Limit | None = self.work.limit(leaf, self.customer) if isinstance(leaf, RankLeaf) else None
        return None if limit is None else Fraction(*limit)

    def kept(self, leaf: AnyLeaf) -> str:
        """What keeps her in although she has lost her place; "" where nothing does, or need not."""
        if not isinstance(leaf, RankLeaf) or self.work.placed(leaf)[self.customer]:
            return ""
        return next((name for name, whom in self.work.stays(leaf).items() if whom[self.customer]), "")

    def asked(self, asked: str | Term) -> Value:
        if isinstance(asked, str):
            column = self.work.attribute(asked)
            return _VALUE_OF[type(column)](column, self.customer) if column.known[self.customer] else None
        measured = self.work.measured(asked)
        if not measured.known[self.customer]:
            return None
        divisor = 1 if measured.divisors is None else int(measured.divisors[self.customer])
        return Fraction(int(measured.values[self.customer]), divisor)

    def since(self, leaf: MemberLeaf) -> Value:
        """Since when she is in the other segment, in seconds; None if she is not in it."""
        standing = self.work.standing(leaf.segment)
        return Fraction(int(standing.since[self.customer])) if standing.member[self.customer] else None

    def bucket(self, leaf: BucketLeaf) -> Value:
        return Fraction(int(self.work.buckets(leaf.salt)[self.customer]))


_VALUES: dict[type, Callable[[_Witness, Any], Value]] = {
    Leaf: lambda witness, leaf: witness.asked(leaf.asked),
    RankLeaf: lambda witness, leaf: witness.asked(leaf.ranking.asked),
    MemberLeaf: _Witness.since,
    BucketLeaf: _Witness.bucket,
    NthLeaf: lambda witness, leaf: None,
    SequenceLeaf: lambda witness, leaf: None,
    PatternLeaf: lambda witness, leaf: None,
}
"""Kind of leaf -> the value that it compares; None where it compares rows."""

_VALUE_OF: dict[type, Callable[[Any, int], Value]] = {
    Numbers: lambda column, customer: Fraction(int(column.values[customer])),
    Texts: lambda column, customer: str(column.shown[int(column.codes[customer])]),
    Sets: lambda column, customer: _texts(column, customer),
    Places: lambda column, customer: f"{column.lat[customer]:.5f}, {column.lon[customer]:.5f}",
}


def _texts(column: Sets, customer: int) -> tuple[str, ...]:
    inside = slice(int(column.starts[customer]), int(column.starts[customer + 1]))
    return tuple(sorted(column.shown[code] for code in np.asarray(column.codes[inside]).tolist()))
