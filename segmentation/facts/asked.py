"""Which facts a condition asks for, and what they are compared with: of the customer, her rows, and rows above and below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any, NamedTuple

from segmentation.facts.catalogue import Catalogue
from segmentation.facts.fact import Fact
from segmentation.rules.tree import (
    Attribute,
    Behaviour,
    Below,
    Group,
    Leaf,
    Node,
    Nth,
    Pattern,
    Rank,
    Sequence,
    SinceLast,
    Test,
    Value,
    Window,
)


class Asked(NamedTuple):
    """A fact of the person (`relation` is "") or a column of rows, and what it is compared with: `operator` is "" for nothing."""

    relation: str
    name: str
    operator: str = ""
    value: Value = None

    @property
    def full_name(self) -> str:
        """As the catalogue has it."""
        return f"{self.relation}.{self.name}" if self.relation else self.name


def facts_asked(leaf: Leaf, catalogue: Catalogue) -> list[Fact]:
    """Every fact that a condition reads, each once; none of those that the shop no longer has."""
    names = dict.fromkeys(one.full_name for one in asked_of(leaf, catalogue))
    return [fact for fact in map(catalogue.fact, names) if fact]


def asked_of(leaf: Leaf, catalogue: Catalogue) -> Iterable[Asked]:
    """Everything that a condition reads, in reading order."""
    return _LEAVES[type(leaf)](leaf, catalogue) if type(leaf) in _LEAVES else ()


def _attribute(leaf: Attribute, catalogue: Catalogue) -> Iterable[Asked]:
    return [Asked("", leaf.field, leaf.operator, leaf.value)]


def _measured(leaf: Behaviour | Rank, catalogue: Catalogue) -> Iterator[Asked]:
    if leaf.measure is None:
        yield Asked("", leaf.field)
        return
    if leaf.of is not None:
        yield Asked(leaf.field, leaf.of)
    yield from _selected(leaf.field, catalogue, leaf.where, leaf.window)


def _nth(leaf: Nth, catalogue: Catalogue) -> Iterator[Asked]:
    yield from _selected(leaf.field, catalogue, leaf.where, leaf.window)
    yield from _tested(leaf.test, leaf.field, catalogue)


def _sequence(leaf: Sequence, catalogue: Catalogue) -> Iterator[Asked]:
    for step in leaf.steps if leaf.not_then is None else (*leaf.steps, leaf.not_then):
        yield from _selected(step.field, catalogue, step.where)
    yield from _selected("", catalogue, None, leaf.window)


def _pattern(leaf: Pattern, catalogue: Catalogue) -> Iterator[Asked]:
    return _selected(leaf.field, catalogue, leaf.where)


def _selected(relation: str, catalogue: Catalogue, where: Group | None, window: Window | None = None) -> Iterator[Asked]:
    if where is not None:
        yield from _tested(where, relation, catalogue)
    if isinstance(window, SinceLast):
        yield from _selected(window.field, catalogue, window.where)


def _tested(node: Node, relation: str, catalogue: Catalogue) -> Iterator[Asked]:
    """The columns that a condition on rows looks at."""
    match node:
        case Test(column, operator, value):
            yield Asked(relation, column, operator, value)
        case Below(path, _, where):
            known = catalogue.relations.get(relation)
            yield from _tested(where, known.below.get(path, "") if known else "", catalogue)
        case Group(_, rules):
            for part in rules:
                yield from _tested(part, relation, catalogue)


_LEAVES: dict[type, Callable[[Any, Catalogue], Iterable[Asked]]] = {
    Attribute: _attribute,
    Behaviour: _measured,
    Nth: _nth,
    Rank: _measured,
    Sequence: _sequence,
    Pattern: _pattern,
}
"""Conditions on other segments and on shares of the base ask for no fact."""
