"""The oracle's shops as the project sees them: the project's own relations over plain rows, without a database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from segmentation.engine.shop import Shop
from segmentation.facts import Fact, catalogue_of
from segmentation.facts.scores import PREFIX, score_fact
from segmentation.kernel.columns import MISSING, Column, Numbers
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Needs
from segmentation.models import Profile, ScoreKind
from segmentation.models.score import DECIMALS
from segmentation.rules.values import Kind
from segmentation.sources import (
    CartLines,
    Carts,
    Customers,
    Events,
    OrderLines,
    Orders,
    Products,
    Refunds,
    Relation,
    ResolvedColumn,
    ShopSource,
    WishlistItems,
)
from segmentation.sources.rates_given import GivenRates
from segmentation.sources.rates_table import Rates
from segmentation.sources.relation import Resolution
from segmentation.store import MemoryColumns, People, Person, build, live
from segmentation.store.scores import ReadScores
from tests.oracle import OracleShop
from tests.oracle.shop import VISITOR

CLASSES: Mapping[str, type[Relation]] = {
    relation.name: relation
    for relation in (Customers, Orders, OrderLines, Products, Refunds, Carts, CartLines, WishlistItems, Events)
}
NO_FACTS = ("customer_id", "customer", "visitor", "order_id", "cart_id", "product_id", "currency")
"""Columns of rows that the oracle has no facts for."""


class PlainRows:
    """Answers what the project asks of a relation from a list of dictionaries."""

    settled: dict[str, ResolvedColumn]
    rows: Sequence[Mapping[str, Any]]

    def _resolve(self) -> Resolution:
        return Resolution(self.settled, [])

    def read(
        self, names: Sequence[str], *, using: str | None = None, where: Mapping[str, Collection[Any]] | None = None, **_: Any
    ) -> Iterator[list[tuple[Any, ...]]]:
        """One list of tuples, like `Relation.read`."""
        wanted = {column: {str(value) for value in values} for column, values in (where or {}).items()}
        rows = [row for row in self.rows if all(str(row[column]) in values for column, values in wanted.items())]
        yield [tuple(row[name] for name in names) for row in rows]


@dataclass(frozen=True)
class World(Shop):
    """A shop with the rates of its currencies, and what models wrote about its people."""

    rates: Rates
    scores: ReadScores

    def columns(self, people: People, needs: Needs) -> MemoryColumns:
        """Of everyone, as a refresh reads them."""
        given = {"rates": self.rates, "scores": self.scores}
        return build(self.source, people, needs, self.catalogue, self.calendar, **given)

    def live_columns(self, people: People, needs: Needs) -> MemoryColumns:
        """Of a few."""
        given = {"rates": self.rates, "scores": self.scores}
        return live(self.source, people, needs, self.catalogue, self.calendar, using="default", **given)


def shop_of(oracle: OracleShop, consent: str = "none") -> World:
    """The shop as the engine sees it, where this takes consent."""
    source = ShopSource()
    accounts = [{**person, "customer_id": person["key"]} for person in oracle.people if not _is_visitor(person["key"])]
    source.relations = {  # type: ignore[misc]
        "customers": _relation("customers", accounts, oracle, "customer"),
        **{name: _relation(name, rows, oracle, name) for name, rows in oracle.relations.items()},
    }
    catalogue = catalogue_of(source, oracle.base_currency, consent, lambda: _score_facts(oracle))
    rates = GivenRates({currency: dict(table) for currency, table in oracle.rates.items()})
    return World("default", source, catalogue, Calendar(oracle.zone, oracle.first_weekday), rates, _reader(oracle))


def _score_facts(oracle: OracleShop) -> dict[str, Fact]:
    kinds = (ScoreKind(name=field.removeprefix(PREFIX)) for field in oracle.kinds if field.startswith(PREFIX))
    return {fact.name: fact for fact in map(score_fact, kinds)}


def _reader(oracle: OracleShop) -> ReadScores:
    """As the database would be read; people go by their first key or their own."""
    keys = {person.get("first_key") or person["key"]: person["key"] for person in oracle.people}

    def column(people: People, name: str) -> Column:
        found = [oracle.score(name.removeprefix(PREFIX), keys[key]) for key in people.keys]
        return Numbers(np.array([MISSING if score is None else int(score * 10**DECIMALS) for score in found], np.int64))

    return lambda people, names: {name: column(people, name) for name in names}


def people_of(oracle: OracleShop) -> tuple[People, list[str]]:
    """The people, numbered from 1 as profiles, and their keys in that order."""
    keys = [person["key"] for person in oracle.people]
    return _people(oracle, keys), keys


def alone(oracle: OracleShop, key: str) -> People:
    """One of them."""
    return _people(oracle, [key])


def _people(oracle: OracleShop, keys: Sequence[str]) -> People:
    numbers = {key: number for number, key in enumerate(keys, 1)}
    people = [_person(oracle, key, number) for key, number in numbers.items()]
    merged = [(key, numbers[into]) for key, into in oracle.merged.items() if into in numbers]
    parts = [_visitor(number, key, merged_into=into) for number, (key, into) in enumerate(merged, len(people) + 1)]
    return People.of([*people, *parts])


def _person(oracle: OracleShop, key: str, number: int) -> Person:
    said = {"first_key": oracle.person(key).get("first_key") or "", "profiling": key in oracle.consented or None}
    if _is_visitor(key):
        return _visitor(number, key, **said)
    return Person(number, Profile.Kind.USER, key, customer_id=key, **said)


def _visitor(number: int, key: str, **more: Any) -> Person:
    return Person(number, Profile.Kind.VISITOR, key, visitor_id=key, **more)


def _is_visitor(key: str | None) -> bool:
    return key is not None and key.startswith(VISITOR)


def _relation(name: str, rows: Sequence[Mapping[str, Any]], oracle: OracleShop, prefix: str) -> Relation:
    facts = _facts(oracle, prefix)
    keys = [column for column in NO_FACTS if column in CLASSES[name].specs]
    kinds = {**dict.fromkeys(keys, ("text", 0)), **facts}
    made = type(CLASSES[name].__name__, (PlainRows, CLASSES[name]), {})(list)
    made.settled = {column: _column(made, column, *kind) for column, kind in kinds.items()}
    empty = dict.fromkeys(kinds)
    made.rows = [{**empty, "pk": place, **_whose(row.get("person")), **row} for place, row in enumerate(rows, 1)]
    if isinstance(made, Events):
        made.transactional = oracle.transactional
    return made


def _whose(person: str | None) -> dict[str, str | None]:
    return {"visitor": person} if _is_visitor(person) else {"customer": person}


def _facts(oracle: OracleShop, relation: str) -> dict[str, tuple[str, int]]:
    """Column -> (kind, scale)."""
    prefix = f"{relation}."
    return {
        field.removeprefix(prefix): (kind, oracle.scales.get(field, 0))
        for field, kind in oracle.kinds.items()
        if field.startswith(prefix)
    }


def _column(relation: Relation, name: str, kind: str, scale: int) -> ResolvedColumn:
    return ResolvedColumn(
        relation=relation.name,
        name=name,
        kind=Kind(kind),
        scale=scale,
        current=False,
        key=name in NO_FACTS,
        personal=False,
        restricted=False,
        required=False,
        label="",
        value=name,
        minor_units=False,
    )
