"""What is asked, bound and shared: frozen nodes that are equal exactly when they ask the same.

Equality is content, so a dictionary is all that sharing takes: each distinct test, filter, selection and term of all
segments is computed once. Limits are exact fractions in the scaled units of their column.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from dataclasses import dataclass, field
from fractions import Fraction

from segmentation.kernel.moments import Calendar
from segmentation.rules.tree import Value, Window


@dataclass(frozen=True, slots=True)
class Span:
    """An interval of numbers; None is no bound. Ends belong to it unless they are open."""

    low: Fraction | None = None
    high: Fraction | None = None
    low_open: bool = False
    high_open: bool = False


@dataclass(frozen=True, slots=True)
class InSpans:
    """The number lies in one of the spans."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Words:
    """A text operator with its values, folded."""

    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Moments:
    """A date operator with its value as the rule has it; depends on now.

    `days` says that it is asked of pure dates, which are compared as whole days.
    """

    operator: str
    value: Value
    days: bool = False


@dataclass(frozen=True, slots=True)
class IsSet:
    """Whether there is a value; never unknown."""

    expected: bool


Check = InSpans | Words | Moments | IsSet


@dataclass(frozen=True, slots=True)
class RowTest:
    """A check of one column of a row."""

    column: str
    check: Check


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Row filters joined by `and` or `or`, perhaps negated."""

    combinator: str
    parts: tuple[RowFilter, ...]
    negated: bool = False


RowFilter = RowTest | RowGroup


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a relation that match a filter and lie in a window."""

    relation: str
    filter: RowFilter | None
    window: Window | None


@dataclass(frozen=True, slots=True)
class Term:
    """A measure of a selection; `of` is the measured column, None for count."""

    selection: Selection
    measure: str
    of: str | None = None


@dataclass(frozen=True, slots=True)
class Leaf:
    """A check of a customer's fact (`asked` is its name) or of a term."""

    asked: str | Term
    check: Check
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Branch:
    """Leaves and branches joined by `and` or `or`, perhaps negated. Never empty."""

    combinator: str
    parts: tuple[Branch | Leaf, ...]
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Plan:
    """All rules asked at once, by whatever key the caller knows them, and the calendar that days are counted in."""

    roots: Mapping[Hashable, Branch]
    calendar: Calendar

    def needs(self) -> Needs:
        """The columns that this plan will read."""
        attributes: set[str] = set()
        rows: dict[str, set[str]] = {}
        for leaf in (leaf for root in self.roots.values() for leaf in leaves_of(root)):
            if isinstance(leaf.asked, str):
                attributes.add(leaf.asked)
                continue
            selection = leaf.asked.selection
            columns = rows.setdefault(selection.relation, set())
            columns.update(test.column for test in _tests_of(selection.filter))
            if leaf.asked.of is not None:
                columns.add(leaf.asked.of)
        return Needs(frozenset(attributes), {name: frozenset(columns) for name, columns in rows.items()})


@dataclass(frozen=True, slots=True)
class Needs:
    """Facts of the customer and, by relation, columns of rows. A relation with no column needs customer and time alone."""

    attributes: frozenset[str] = frozenset()
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)


def leaves_of(branch: Branch) -> Iterator[Leaf]:
    """The leaves in reading order."""
    for part in branch.parts:
        if isinstance(part, Branch):
            yield from leaves_of(part)
        else:
            yield part


def _tests_of(row_filter: RowFilter | None) -> Iterator[RowTest]:
    if isinstance(row_filter, RowTest):
        yield row_filter
    elif row_filter is not None:
        for part in row_filter.parts:
            yield from _tests_of(part)
