"""What is asked, bound and shared: frozen nodes that are equal exactly when they ask the same.

Equality is content, so a dictionary is all that sharing takes: each distinct test, filter, selection and term of all
segments is computed once. Limits are exact fractions in the scaled units of their column.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Hashable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from fractions import Fraction

from segmentation.kernel.columns import Column
from segmentation.kernel.moments import Calendar
from segmentation.rules.tree import Duration, Value, Window


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
class Holds:
    """A set operator (has_any, has_all, has_none) with its values, folded."""

    operator: str
    values: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Size:
    """How many values a set has lies in one of the spans."""

    spans: tuple[Span, ...]


@dataclass(frozen=True, slots=True)
class Within:
    """The place lies within so many kilometres of another."""

    lat: float
    lon: float
    km: float


@dataclass(frozen=True, slots=True)
class IsSet:
    """Whether there is a value; never unknown."""

    expected: bool


Check = InSpans | Words | Moments | Holds | Size | Within | IsSet


@dataclass(frozen=True, slots=True)
class RowTest:
    """A check of one column of a row."""

    column: str
    check: Check


@dataclass(frozen=True, slots=True)
class RowBelow:
    """Rows of `relation` below a row, of which any, all or none match the filter."""

    path: str
    relation: str
    quantifier: str
    filter: RowFilter


@dataclass(frozen=True, slots=True)
class RowGroup:
    """Row filters joined by `and`, `or` or `at_least` (`n` of them), perhaps negated."""

    combinator: str
    parts: tuple[RowFilter, ...]
    negated: bool = False
    n: int | None = None


RowFilter = RowTest | RowBelow | RowGroup


@dataclass(frozen=True, slots=True)
class AfterLast:
    """The window strictly after each customer's last selected row."""

    selection: Selection


@dataclass(frozen=True, slots=True)
class Selection:
    """The rows of a relation that match a filter and lie in a window."""

    relation: str
    filter: RowFilter | None = None
    window: Window | AfterLast | None = None


@dataclass(frozen=True, slots=True)
class Term:
    """A measure of a selection; `of` is the measured column, None for those that take none."""

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
class NthLeaf:
    """A test of the first, last or n-th selected row (`place` counts from 0; from the end below 0)."""

    selection: Selection
    place: int
    test: RowFilter
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Ranking:
    """What people are ranked by and how many are in; its cut-off belongs to a day of the shop.

    `limit` and `leave_at` are percentages or counts.
    """

    asked: str | Term
    greatest: bool
    percent: bool
    limit: Fraction
    leave_at: Fraction | None = None


@dataclass(frozen=True, slots=True)
class RankLeaf:
    """A place in the base. With `leave_at` or `min_stay` it looks at the prior members of the segment it stands in."""

    ranking: Ranking
    owner: str | None = None
    min_stay: Duration | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class MemberLeaf:
    """Being in another segment, for so long, or having entered it in a window; or (`inside` is False) being out of it."""

    segment: str
    inside: bool = True
    for_at_least: Duration | None = None
    entered: Window | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class BucketLeaf:
    """A stable share of the base, by percent."""

    salt: str
    first: int
    last: int
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class SequenceLeaf:
    """A row of each selection after that of the one before, first to last within so many seconds, and then none of `then`."""

    steps: tuple[Selection, ...]
    within: int | None = None
    then: Selection | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class PatternLeaf:
    """How the selected rows are spread over the last periods."""

    selection: Selection
    pattern: str
    period: Duration
    periods: int = 1
    if_unknown: str = "unknown"


AnyLeaf = Leaf | NthLeaf | RankLeaf | MemberLeaf | BucketLeaf | SequenceLeaf | PatternLeaf


@dataclass(frozen=True, slots=True)
class Branch:
    """Leaves and branches joined by `and`, `or` or `at_least` (`n` of them), perhaps negated. Never empty."""

    combinator: str
    parts: tuple[Branch | AnyLeaf, ...]
    negated: bool = False
    n: int | None = None


@dataclass(frozen=True, slots=True)
class Computed:
    """A fact of the customer that is worked out from others when it is asked, as of a moment."""

    inputs: tuple[str, ...]
    function: Callable[[Mapping[str, Column], datetime, Calendar], Column]


@dataclass(frozen=True, slots=True)
class Plan:
    """All rules asked at once, by whatever key the caller knows them, and the calendar that days are counted in.

    `segments` tells which of them a reference by name means; other references are to stored membership. What `by_consent`
    names (relations, or what facts of the customer begin with) is looked at only of those who agreed to be profiled.
    """

    roots: Mapping[Hashable, Branch]
    calendar: Calendar
    segments: Mapping[str, Hashable] = field(default_factory=dict)
    computed: Mapping[str, Computed] = field(default_factory=dict)
    by_consent: frozenset[str] = frozenset()

    def leaves(self) -> Iterator[AnyLeaf]:
        """The leaves of all rules."""
        return (leaf for root in self.roots.values() for leaf in leaves_of(root))

    def without(self, keys: Collection[Hashable]) -> Plan:
        """The plan without these rules; references to them are to stored membership then."""
        roots = {key: root for key, root in self.roots.items() if key not in keys}
        return replace(self, roots=roots, segments={slug: key for slug, key in self.segments.items() if key in roots})

    def needs_consent(self, leaf: AnyLeaf) -> bool:
        """Whether a leaf is asked only of those who agreed to be profiled; of the others it is unknown."""
        return not self.by_consent.isdisjoint(origins_of(leaf))

    def rankings(self) -> set[Ranking]:
        """What people are ranked by."""
        return {leaf.ranking for leaf in self.leaves() if isinstance(leaf, RankLeaf)}

    def needs(self) -> Needs:
        """The columns that this plan will read."""
        needs = _Needed()
        for leaf in self.leaves():
            needs.leaf(leaf)
        for name in needs.attributes & self.computed.keys():
            needs.attributes.remove(name)
            needs.attributes.update(self.computed[name].inputs)
        rows = {name: frozenset(columns) for name, columns in needs.rows.items()}
        return Needs(frozenset(needs.attributes), rows, frozenset(needs.below))


@dataclass(frozen=True, slots=True)
class Needs:
    """Facts of the customer and, by relation, columns of rows. A relation with no column needs customer and time alone.

    `below` has (relation, path) of each step down to the rows below.
    """

    attributes: frozenset[str] = frozenset()
    rows: Mapping[str, frozenset[str]] = field(default_factory=dict)
    below: frozenset[tuple[str, str]] = frozenset()


def leaves_of(branch: Branch) -> Iterator[AnyLeaf]:
    """The leaves in reading order."""
    for part in branch.parts:
        if isinstance(part, Branch):
            yield from leaves_of(part)
        else:
            yield part


def selections_of(leaf: AnyLeaf) -> tuple[Selection, ...]:
    """The selections whose rows a leaf looks at, without those that only bound a window."""
    match leaf:
        case Leaf(asked=Term(selection)) | NthLeaf(selection) | PatternLeaf(selection):
            return (selection,)
        case RankLeaf(Ranking(asked=Term(selection))):
            return (selection,)
        case SequenceLeaf(steps, _, then):
            return steps if then is None else (*steps, then)
    return ()


def origins_of(leaf: AnyLeaf) -> frozenset[str]:
    """Where a leaf reads: relations, those that only bound a window or lie below others among them, and what stands before the
    dot in the facts of the customer."""
    needed = _Needed()
    needed.leaf(leaf)
    return frozenset({*needed.rows, *(name.partition(".")[0] for name in needed.attributes)})


class _Needed:
    """Gathers what leaves read."""

    def __init__(self) -> None:
        self.attributes: set[str] = set()
        self.rows: dict[str, set[str]] = {}
        self.below: set[tuple[str, str]] = set()

    def leaf(self, leaf: AnyLeaf) -> None:
        for selection in selections_of(leaf):
            self.selection(selection)
        asked = leaf.ranking.asked if isinstance(leaf, RankLeaf) else leaf.asked if isinstance(leaf, Leaf) else None
        if isinstance(asked, str):
            self.attributes.add(asked)
        if isinstance(asked, Term) and asked.of is not None:
            self.rows[asked.selection.relation].add(asked.of)
        if isinstance(leaf, NthLeaf):
            self.filter(leaf.selection.relation, leaf.test)

    def selection(self, selection: Selection) -> None:
        self.rows.setdefault(selection.relation, set())
        self.filter(selection.relation, selection.filter)
        if isinstance(selection.window, AfterLast):
            self.selection(selection.window.selection)

    def filter(self, relation: str, row_filter: RowFilter | None) -> None:
        match row_filter:
            case RowTest(column):
                self.rows[relation].add(column)
            case RowBelow(path, below, _, inner):
                self.below.add((relation, path))
                self.rows.setdefault(below, set())
                self.filter(below, inner)
            case RowGroup(_, parts):
                for part in parts:
                    self.filter(relation, part)
