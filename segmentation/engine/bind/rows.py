"""Conditions on rows: filters, windows and the selections that they make."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from segmentation.engine.bind.checks import Checks
from segmentation.engine.bind.notes import Notes
from segmentation.facts.catalogue import Catalogue, RelationFacts
from segmentation.facts.fact import Fact
from segmentation.kernel.plan import AfterLast, RowBelow, RowFilter, RowGroup, RowTest, Selection
from segmentation.rules.tree import Before, Below, Between, Group, Node, Since, SinceLast, Test, Window


class Rows:
    """Binds what is asked of the rows of a relation."""

    def __init__(self, notes: Notes, catalogue: Catalogue, checks: Checks) -> None:
        self._notes = notes
        self._catalogue = catalogue
        self._checks = checks

    def relation(self, name: str, path: str, called: str = "") -> RelationFacts | None:
        """The relation of that name; `called` is what follows it in the text (".count()")."""
        relation = self._catalogue.relations.get(name)
        if relation is not None:
            return relation
        template = "unknown fact %(name)s" if called else "unknown relation %(name)s"
        return self._notes.unknown(path, template, name, self._catalogue.relations, called)

    def selection(
        self,
        name: str,
        where: Group | None,
        window: Window | None,
        path: str,
        *,
        called: str = "",
        timed: bool = False,
        named: str = "field",
    ) -> Selection | None:
        """The rows that a leaf looks at; `timed` says that it means nothing without a time.

        `named` is the key under which the stored rule has the relation.
        """
        relation = self.relation(name, f"{path}/{named}", called)
        if relation is None:
            return None
        if timed and not relation.has_time:
            return self._notes.wrong(f"{path}/{named}", "%(relation)s has no time, which this asks for", relation=name)
        row_filter = self.group(where, relation, f"{path}/where") if where else None
        return Selection(name, row_filter, self.window(window, relation, f"{path}/window"))

    def column(self, name: str, relation: RelationFacts, path: str) -> Fact | None:
        """A column of the relation, or of a row above."""
        fact = relation.columns.get(name)
        if fact is not None:
            return fact
        full_name = f"{relation.name}.{name}"
        if reason := self._catalogue.unasked.get(full_name):
            return self._notes.wrong(path, UNASKED[reason], name=full_name)
        if name in relation.below or name.partition(".")[0] in relation.below:
            template = "%(name)s are rows below: ask any, all or none of them, such as any %(below)s (…)"
            return self._notes.wrong(path, template, name=name, below=name.partition(".")[0])
        return self._notes.unknown(path, "%(relation)s has no column %(name)s", name, relation.columns, relation=relation.name)

    def group(self, group: Group, relation: RelationFacts, path: str) -> RowGroup | None:
        """Conditions on one row."""
        if not group.rules:
            return self._notes.wrong(path, "the group is empty: say whom it should take in")
        parts = [self._filter(node, relation, f"{path}/rules/{index}") for index, node in enumerate(group.rules)]
        found = tuple(part for part in parts if part is not None)
        return RowGroup(group.combinator, found, group.negated, group.n) if len(found) == len(parts) else None

    def window(self, window: Window | None, relation: RelationFacts, path: str) -> Window | AfterLast | None:
        """The window, if its moments can be read and the relation has times."""
        if window is not None and not relation.has_time:
            return self._notes.wrong(path, "%(relation)s has no time, so it takes no window", relation=relation.name)
        return self.bounded(window, path)

    def bounded(self, window: Window | None, path: str) -> Window | AfterLast | None:
        """The window of a relation that has times."""
        if not isinstance(window, SinceLast):
            self.moments(window, path)
            return window
        other = self.selection(window.field, window.where, None, path, timed=True, named="since_last")
        return None if other is None else AfterLast(other)

    def moments(self, window: Window | None, path: str) -> None:
        """Note what is wrong with the moments of a window."""
        if type(window) in _MOMENTS:
            _MOMENTS[type(window)](self._checks, window, path)

    def _filter(self, node: Node, relation: RelationFacts, path: str) -> RowFilter | None:
        match node:
            case Group():
                return self.group(node, relation, path)
            case Below():
                return self._below(node, relation, path)
            case Test():
                fact = self.column(node.field, relation, f"{path}/field")
                check = self._checks.check(fact, node.operator, node.value, path) if fact else None
                return RowTest(node.field, check) if check else None
        return self._notes.wrong(path, "inside where, only columns of the row can be asked")

    def _below(self, node: Below, relation: RelationFacts, path: str) -> RowBelow | None:
        name = relation.below.get(node.path)
        if name is None:
            template = "%(relation)s has no rows below called %(name)s"
            return self._notes.unknown(f"{path}/path", template, node.path, relation.below, relation=relation.name)
        inner = self.group(node.where, self._catalogue.relations[name], f"{path}/where")
        return RowBelow(node.path, name, node.quantifier, inner) if inner else None


UNASKED = {
    "personal": "%(name)s is personal: it is never kept, and so never asked",
    "key": "%(name)s is a key: it names rows and cannot be asked",
}
"""Why a column of the shop is no fact."""

_MOMENTS: dict[type, Callable[[Checks, Any, str], object]] = {
    Between: lambda checks, window, path: checks.moments((window.start, window.end), f"{path}/between"),
    Since: lambda checks, window, path: checks.moment(window.start, f"{path}/since"),
    Before: lambda checks, window, path: checks.moment(window.end, f"{path}/before"),
}
