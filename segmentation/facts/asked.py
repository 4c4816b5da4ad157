"""Which facts a condition asks for: of the customer, of her rows, and of rows above and below them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from segmentation.facts.catalogue import Catalogue, Fact
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
    Window,
)

Column = tuple[str, str]
"""(relation, column)"""


def facts_asked(leaf: Leaf, catalogue: Catalogue) -> list[Fact]:
    """Every fact that a condition reads, each once; none of those that the shop no longer has."""
    columns = _LEAVES[type(leaf)](leaf, catalogue) if type(leaf) in _LEAVES else ()
    names = dict.fromkeys(".".join(filter(None, column)) for column in columns)
    return [fact for fact in map(catalogue.fact, names) if fact]


def _attribute(leaf: Attribute, catalogue: Catalogue) -> Iterable[Column]:
    return [("", leaf.field)]


def _measured(leaf: Behaviour | Rank, catalogue: Catalogue) -> Iterator[Column]:
    if leaf.measure is None:
        yield "", leaf.field
        return
    if leaf.of is not None:
        yield leaf.field, leaf.of
    yield from _selected(leaf.field, catalogue, leaf.where, leaf.window)


def _nth(leaf: Nth, catalogue: Catalogue) -> Iterator[Column]:
    yield from _selected(leaf.field, catalogue, leaf.where, leaf.window)
    yield from _tested(leaf.test, leaf.field, catalogue)


def _sequence(leaf: Sequence, catalogue: Catalogue) -> Iterator[Column]:
    for step in leaf.steps if leaf.not_then is None else (*leaf.steps, leaf.not_then):
        yield from _selected(step.field, catalogue, step.where)
    yield from _selected("", catalogue, None, leaf.window)


def _pattern(leaf: Pattern, catalogue: Catalogue) -> Iterator[Column]:
    return _selected(leaf.field, catalogue, leaf.where)


def _selected(relation: str, catalogue: Catalogue, where: Group | None, window: Window | None = None) -> Iterator[Column]:
    if where is not None:
        yield from _tested(where, relation, catalogue)
    if isinstance(window, SinceLast):
        yield from _selected(window.field, catalogue, window.where)


def _tested(node: Node, relation: str, catalogue: Catalogue) -> Iterator[Column]:
    """The columns that a condition on rows looks at."""
    match node:
        case Test(column):
            yield relation, column
        case Below(path, _, where):
            known = catalogue.relations.get(relation)
            yield from _tested(where, known.below.get(path, "") if known else "", catalogue)
        case Group(_, rules):
            for part in rules:
                yield from _tested(part, relation, catalogue)


_LEAVES: dict[type, Callable[[Any, Catalogue], Iterable[Column]]] = {
    Attribute: _attribute,
    Behaviour: _measured,
    Nth: _nth,
    Rank: _measured,
    Sequence: _sequence,
    Pattern: _pattern,
}
"""Conditions on other segments and on shares of the base ask for no fact."""
