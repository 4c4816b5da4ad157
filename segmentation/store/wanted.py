"""Which columns of which relations a reading fetches: those that are asked, and those that frame their rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable

from segmentation.facts.catalogue import SPEND, SPENT
from segmentation.kernel.plan import Needs
from segmentation.sources import Relation, ShopSource
from segmentation.sources.columns import Default

ORDERS = "orders"


class Wanted:
    """Columns to fetch by relation.

    `own` are relations whose rows are the people's, `named` those whose rows others name: `namers` are the (relation, column)
    that do. In a full reading the two are the same rows, while a live one looks them up in different ways.
    """

    def __init__(self, source: ShopSource, needs: Needs) -> None:
        self._relations = source.relations
        self.own: dict[str, set[str]] = {}
        self.named: defaultdict[str, set[str]] = defaultdict(set)
        self.namers: defaultdict[str, set[tuple[str, str]]] = defaultdict(set)
        for relation, columns in needs.rows.items():
            if relation == SPEND:
                for name, (column, _) in SPENT.items():
                    self._own(name, [column])
            else:
                self._own(relation, columns)

    def all_of(self, relation: str) -> set[str]:
        """Everything that is taken from a relation."""
        return self.own.get(relation, set()) | self.named.get(relation, set())

    def _own(self, name: str, columns: Iterable[str]) -> None:
        if name not in self._relations:
            return
        relation = self._relations[name]
        if name not in self.own:
            self.own[name] = {*frame_of(relation), *relation.owners}
            self._parents(relation)
        for column in columns:
            path, dot, rest = column.rpartition(".")
            if not dot:
                self.own[name].add(column)
            elif relation.above[path][0] == relation.time_of:
                self._own(relation.above[path][0], [rest])
            else:
                self._named(relation, *relation.above[path], {rest})

    def _parents(self, relation: Relation) -> None:
        """What a row must find: the parent that says whose it is, or the order that it names."""
        if relation.parent:
            parent, column = relation.parent
            self.own[relation.name].add(column)
            self._own(parent, ())
        if (order := order_column(relation)) and ORDERS in self._relations:
            self._named(relation, ORDERS, order, ())

    def _named(self, relation: Relation, name: str, column: str, columns: Collection[str]) -> None:
        self.own[relation.name].add(column)
        self.named[name] |= {*frame_of(self._relations[name]), *columns}
        self.namers[name].add((relation.name, column))


def frame_of(relation: Relation) -> set[str]:
    """The columns that say what a row is called, when it happened and in which currency it counts."""
    return {relation.key, *filter(None, [relation.time_column]), *({"currency"} & relation.specs.keys())}


def order_column(relation: Relation) -> str | None:
    """The column that names the order whose currency a row takes where it has none, and without which it never was."""
    takes = any(spec.default is Default.ORDER_CURRENCY for spec in relation.specs.values())
    return "order_id" if takes else None
