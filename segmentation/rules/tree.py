"""The rule tree: frozen nodes that name facts by key only.

A tree says nothing about whether its facts exist or take the operator: that is known when it is bound to a
catalogue. Values stay as they are stored (decimal strings, ISO dates), so that every round trip is an identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import get_args

VERSION = 1
"""Version of the stored shape."""

SEMANTICS = 1
"""Version of the meaning: the same rule under other semantics may have other members."""


@dataclass(frozen=True, slots=True)
class Duration:
    """A length of time: `n` of `unit` (one of values.UNITS)."""

    n: int
    unit: str


@dataclass(frozen=True, slots=True)
class Last:
    """Rows of the last so many units up to now."""

    duration: Duration


@dataclass(frozen=True, slots=True)
class NotLast:
    """Rows from before the last so many units."""

    duration: Duration


@dataclass(frozen=True, slots=True)
class Between:
    """Rows between two ISO dates (both days included) or two ISO times (half-open)."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Since:
    """Rows since an ISO date or time, up to now."""

    start: str


@dataclass(frozen=True, slots=True)
class Before:
    """Rows before an ISO date or time."""

    end: str


@dataclass(frozen=True, slots=True)
class This:
    """Rows of the day, week, month, quarter or year of today, up to now."""

    period: str


@dataclass(frozen=True, slots=True)
class Previous:
    """Rows of the whole period before that of today."""

    period: str


@dataclass(frozen=True, slots=True)
class SinceLast:
    """Rows strictly after the customer's last matching row of another relation; any time if there is none."""

    field: str
    where: Group | None = None


Window = Last | NotLast | Between | Since | Before | This | Previous | SinceLast
"""Which rows count by their time; None is any time."""


@dataclass(frozen=True, slots=True)
class Comparison:
    """A number operator and its value, for the size of a set."""

    operator: str
    value: str | tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Circle:
    """A place (degrees, decimal text) and a distance around it in kilometres."""

    lat: str
    lon: str
    km: str


Value = None | bool | str | tuple[str, ...] | Duration | Comparison | Circle
"""A rule's value; its shape follows from the operator (values.Shape)."""


@dataclass(frozen=True, slots=True)
class Test:
    """A test on a column of one row (or of a row above: "product.category"); stands inside `where`."""

    field: str
    operator: str
    value: Value = None


@dataclass(frozen=True, slots=True)
class Below:
    """A test on the rows below one row (an order's lines), under a quantifier; stands inside `where`."""

    path: str
    quantifier: str
    where: Group


@dataclass(frozen=True, slots=True)
class Attribute:
    """A fact of the person under an operator."""

    field: str
    operator: str
    value: Value = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Behaviour:
    """A measure over the rows of a relation that match `where` and lie in `window`, under an operator."""

    field: str
    measure: str
    operator: str
    value: Value = None
    of: str | None = None
    where: Group | None = None
    window: Window | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Nth:
    """The first, last or n-th row (`which`: "first", "last" or a number from 1) of those matching, under a test."""

    field: str
    which: str | int
    test: Group
    where: Group | None = None
    window: Window | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Rank:
    """A place in the base, by a measure of a relation or (without `measure`) by a fact of the person."""

    field: str
    operator: str
    value: str
    measure: str | None = None
    of: str | None = None
    where: Group | None = None
    window: Window | None = None
    leave_at: str | None = None
    min_stay: Duration | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Member:
    """Being in another segment or not, for so long, or having entered it in a window."""

    segment: str
    operator: str
    for_at_least: Duration | None = None
    entered: Window | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Bucket:
    """A stable share of the base: percent `first` to `last`, both included, of 0 … 99."""

    salt: str
    first: int
    last: int
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Step:
    """Rows of a relation that match; one step of a sequence."""

    field: str
    where: Group | None = None


@dataclass(frozen=True, slots=True)
class Sequence:
    """Rows one after the other, and perhaps none of some kind afterwards."""

    steps: tuple[Step, ...]
    within: Duration | None = None
    window: Window | None = None
    not_then: Step | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Pattern:
    """How rows are spread over the last periods. `periods` is None only where the pattern takes none."""

    field: str
    pattern: str
    period: Duration
    periods: int | None = None
    where: Group | None = None
    if_unknown: str = "unknown"


@dataclass(frozen=True, slots=True)
class Group:
    """Nodes joined by `and`, `or` or `at_least` (`n` of them), perhaps negated. Never empty once stored or bound."""

    combinator: str
    rules: tuple[Node, ...]
    negated: bool = False
    n: int | None = None


Leaf = Attribute | Behaviour | Nth | Rank | Member | Bucket | Sequence | Pattern
"""What has a kind."""
Node = Group | Attribute | Behaviour | Nth | Rank | Member | Bucket | Sequence | Pattern | Test | Below
"""Inside `where` and `test` the leaves are Tests and Belows; outside they are Leafs."""

LEAVES: tuple[type, ...] = get_args(Leaf)


@dataclass(frozen=True, slots=True)
class Rule:
    """A whole rule: the root group with what it was written for.

    `base_currency` is None for a rule that was just written and not yet stored.
    """

    root: Group
    base_currency: str | None = None
    version: int = VERSION
    semantics: int = SEMANTICS


def walk(group: Group, path: str = "") -> Iterator[tuple[str, Node]]:
    """Every node below and with `group`, outermost first, with its JSON pointer; does not enter `where`."""
    yield path, group
    for index, node in enumerate(group.rules):
        here = f"{path}/rules/{index}"
        if isinstance(node, Group):
            yield from walk(node, here)
        else:
            yield here, node


def leaves(rule: Rule) -> Iterator[tuple[str, Leaf]]:
    """The leaves that have a kind, in reading order, with their JSON pointers."""
    for path, node in walk(rule.root):
        if not isinstance(node, Group | Test | Below):
            yield path, node


def segments_in(rule: Rule) -> dict[str, str]:
    """Slug of each segment that the rule refers to -> JSON pointer of the first leaf that does."""
    found: dict[str, str] = {}
    for path, leaf in leaves(rule):
        if isinstance(leaf, Member):
            found.setdefault(leaf.segment, path)
    return found
