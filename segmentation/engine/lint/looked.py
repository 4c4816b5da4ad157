"""A rule as the linter looks at it: the tree with its places, and what it was bound to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import AnyLeaf, Branch, leaves_of
from segmentation.rules.tree import Group, Leaf, Rule, leaves

Placed = tuple[str, AnyLeaf]
"""A leaf of the plan, with the JSON pointer of the condition that it was bound from."""


@dataclass(frozen=True)
class Looked:
    """`twins` has the bound rules of other segments, by slug."""

    rule: Rule
    root: Branch
    calendar: Calendar
    now: datetime
    twins: Mapping[str, Branch] = field(default_factory=dict)

    def conditions(self) -> Iterator[tuple[str, Leaf, AnyLeaf]]:
        """(place, condition, what it was bound to) in reading order."""
        for (path, leaf), bound in zip(leaves(self.rule), leaves_of(self.root), strict=True):
            yield path, leaf, bound

    def together(self) -> Iterator[tuple[str, list[Placed]]]:
        """(place, leaves) of each `and` whose leaves, and those of `and`s in it, must all be true for it to be so."""
        bound = {path: leaf for path, _, leaf in self.conditions()}
        yield from _together(self.rule.root, "", bound, joined=False)

    def negated(self) -> set[str]:
        """The places of conditions with a `not` above them."""
        return set(_negated(self.rule.root, "", under=False))


def _together(group: Group, path: str, bound: Mapping[str, AnyLeaf], *, joined: bool) -> Iterator[tuple[str, list[Placed]]]:
    """`joined` says that the group stands in an `and` that has its leaves already."""
    if _joins(group) and not joined:
        yield path, list(_joined(group, path, bound))
    for index, node in enumerate(group.rules):
        if isinstance(node, Group):
            yield from _together(node, f"{path}/rules/{index}", bound, joined=_joins(group))


def _joined(group: Group, path: str, bound: Mapping[str, AnyLeaf]) -> Iterator[Placed]:
    for index, node in enumerate(group.rules):
        here = f"{path}/rules/{index}"
        if not isinstance(node, Group):
            yield here, bound[here]
        elif _joins(node):
            yield from _joined(node, here, bound)


def _joins(group: Group) -> bool:
    return group.combinator == "and" and not group.negated


def _negated(group: Group, path: str, *, under: bool) -> Iterator[str]:
    below = under or group.negated
    for index, node in enumerate(group.rules):
        here = f"{path}/rules/{index}"
        if isinstance(node, Group):
            yield from _negated(node, here, under=below)
        elif below:
            yield here
