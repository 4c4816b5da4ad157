"""The rule tree: frozen nodes that name facts by key only.

A tree says nothing about whether its facts exist or take the operator: that is known when it is bound to a
catalogue. Values stay as they are stored (decimal strings, ISO dates), so that every round trip is an identity.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

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
class Between:
    """Rows between two ISO dates (both days included) or two ISO times (half-open)."""

    start: str
    end: str


@dataclass(frozen=True, slots=True)
class Since:
    """Rows since an ISO date or time, up to now."""

    start: str


Window = Last | Between | Since
"""Which rows count by their time; None is any time."""

Value = None | bool | str | tuple[str, ...] | Duration
"""A rule's value; its shape follows from the operator (values.Shape)."""


@dataclass(frozen=True, slots=True)
class Test:
    """A test on a column of one row; stands inside `where`."""

    field: str
    operator: str
    value: Value = None


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
class Group:
    """Nodes joined by `and` or `or`, perhaps negated. Never empty once stored or bound."""

    combinator: str
    rules: tuple[Node, ...]
    negated: bool = False


Leaf = Attribute | Behaviour
Node = Group | Attribute | Behaviour | Test
"""Inside `where` the leaves are Tests; outside they are Attributes and Behaviours."""


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
        if isinstance(node, Attribute | Behaviour):
            yield path, node
