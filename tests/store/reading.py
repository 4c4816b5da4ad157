"""Columns as a test wants to see them: plain lists, without codes and dense indexes."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from typing import Any

import numpy as np

from segmentation.facts import catalogue_of
from segmentation.kernel.columns import MISSING, NO_CODE, Column, Numbers, Places, Sets, Texts
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.models import Profile
from segmentation.profiles import sync
from segmentation.sources import ShopSource
from segmentation.store import MemoryColumns, People, Person, build, live
from shopdemo.shop.models import User
from tests.cast import NOW, key_of

LONDON = Calendar("Europe/London")


def wants(*attributes: str, below: Iterable[tuple[str, str]] = (), **rows: str) -> Needs:
    """`wants("customer.country", orders="total status", order_lines="product.category", below=[("orders", "lines")])`."""
    columns = {relation: frozenset(names.split()) for relation, names in rows.items()}
    return Needs(frozenset(attributes), columns, frozenset(below))


def everything(source: ShopSource, *relations: str) -> Needs:
    """Every fact that the source offers, of these relations or of all."""
    catalogue = catalogue_of(source, "GBP")
    asked = {name: facts for name, facts in catalogue.relations.items() if name in relations or not relations}
    rows = {name: frozenset(facts.columns) for name, facts in asked.items()}
    below = frozenset((name, path) for name, facts in asked.items() for path in facts.below)
    return Needs(frozenset(catalogue.attributes.keys() - catalogue.computed.keys()), rows, below)


def people_of(*profiles: Profile) -> People:
    """These people, or everybody whom the shop knows."""
    return People.of(map(Person.of, profiles)) if profiles else People.everyone("default")


def index_of(person: User | str) -> int:
    """The person's dense index among everybody."""
    return list(Profile.objects.people("default").order_by("pk").values_list("key", flat=True)).index(key_of(person))


def read_all(source: ShopSource, needs: Needs, currency: str = "GBP") -> MemoryColumns:
    """Everybody's columns, after a sync."""
    sync(now=NOW, source=source)
    return build(source, people_of(), needs, catalogue_of(source, currency), LONDON)


def read_few(source: ShopSource, needs: Needs, *profiles: Profile, currency: str = "GBP") -> MemoryColumns:
    """The same for a few."""
    return live(source, people_of(*profiles), needs, catalogue_of(source, currency), LONDON)


def plain(column: Column) -> list[Any]:
    """Integers, folded texts, lists of them, pairs of degrees; None for what is missing."""
    match column:
        case Numbers(values):
            return [None if value == MISSING else value for value in values.tolist()]
        case Texts(codes, folded):
            return [None if code == NO_CODE else folded[code] for code in codes.tolist()]
        case Sets(starts, codes, folded):
            sets = [[folded[code] for code in codes[start:end]] for start, end in pairwise(starts.tolist())]
            return [one if known else None for one, known in zip(sets, column.known.tolist(), strict=True)]
        case Places(lat, lon):
            points = zip(lat.tolist(), lon.tolist(), column.known.tolist(), strict=True)
            return [(north, east) if known else None for north, east, known in points]


def rows_of(columns: MemoryColumns, relation: str) -> list[dict[str, Any]]:
    """The rows in their order: customer index, time, key, and the columns."""
    rows = columns.rows(relation)
    times = [None] * len(rows.customer) if rows.times is None else plain(Numbers(rows.times))
    values: Mapping[str, list[Any]] = {name: plain(rows.column(name)) for name in sorted(rows.columns)}
    return [
        {"customer": customer, "time": times[row], "key": rows.key(row), **{name: values[name][row] for name in values}}
        for row, customer in enumerate(rows.customer.tolist())
    ]


def picture_of(columns: MemoryColumns, customer: int) -> dict[str, Any]:
    """All that the columns say of one customer, rows in their order; a row's parent by its place among the customer's."""
    facts = {name: plain(column)[customer] for name, column in columns.attributes.items()}
    rows = {
        relation: [
            {name: value for name, value in row.items() if name != "customer"}
            for row in rows_of(columns, relation)
            if row["customer"] == customer
        ]
        for relation in columns.relations
    }
    return {**facts, **rows, **_parents_of(columns, customer)}


def _parents_of(columns: MemoryColumns, customer: int) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {}
    for relation, rows in columns.relations.items():
        own = np.flatnonzero(rows.customer == customer).tolist()
        for path, parents in rows.parents.items():
            found[f"{relation}.{path}"] = [own.index(parent) for parent in parents.tolist() if parent in own]
    return found
