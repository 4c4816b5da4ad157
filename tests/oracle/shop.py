"""The world that the oracle evaluates: people and rows as a shop gives them, before anything is rounded or folded."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from typing import Any

from .moments import MONDAY
from .schema import SCALES, SCHEMA

Row = Mapping[str, Any]
Rates = Mapping[str, Sequence[tuple[date, Decimal]]]

VISITOR = "visitor:"


@dataclass(frozen=True)
class OracleShop:
    """A shop at rest. Values are str, int, Decimal, bool, date, aware datetime, list of str (set), pair of degrees
    (geo), or None for a missing one.

    zone           IANA name
    base_currency  "GBP"
    kinds          "orders.total" -> "money"; kinds are text, number, money, boolean, date, time, set, geo
    people         {"key": "user:1", column: value …}; a key "visitor:…" is somebody who is no customer; "first_key" is
                   by which the person was first known, where that was another
    relations      rows by relation; a relation that is not there is one that the shop does not give:
                   orders          {"order_id", "person", "placed_at", "currency", "total", column: value …}
                   order_lines     {"pk", "order_id", "product_id", "quantity", "line_total" …}
                   refunds         {"pk", "person", "amount", "at", "currency", "order_id"}; the order may be missing
                   carts           {"cart_id", "person", "updated_at", "currency", "total" …}
                   cart_lines      {"pk", "cart_id", "product_id", "quantity", "line_total" …}
                   wishlist_items  {"pk", "person", "product_id", "added_at" …}; without "wishlist_items.added_at" among
                                   the kinds, the relation has no time
                   events          {"pk", "person", "product_id", "kind", "at" …}
                   products        {"product_id", "category", "price" …}
                   A person of None is nobody: the row is ignored. A line or refund that names an unknown order is too.
                   `pk` is the row key; a row without one has its place in the list, from 1.
    scales         decimals that a number column keeps, 0 where not given
    rates          currency -> (day, units of the base currency for one of it), each from that day on
    first_weekday  the weekday on which weeks start: 1 is Monday, 7 Sunday
    merged         key -> the key of the person whom it turned out to be: rows of the one are rows of the other
    scores         name -> key -> the number that a model wrote about the person of exactly that key
    consented      the keys of those who agreed to profiling
    transactional  whether events are part of doing business, and no activity
    """

    zone: str
    base_currency: str
    people: tuple[Row, ...] = ()
    relations: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=lambda: dict(SCHEMA))
    scales: Mapping[str, int] = field(default_factory=lambda: dict(SCALES))
    rates: Rates = field(default_factory=dict)
    first_weekday: int = MONDAY
    merged: Mapping[str, str] = field(default_factory=dict)
    scores: Mapping[str, Mapping[str, Decimal]] = field(default_factory=dict)
    consented: frozenset[str] = frozenset()
    transactional: bool = False
    entered: dict[str, Any] = field(default_factory=dict, init=False, compare=False, repr=False)
    """What `rows` has read once, since rows enter the same way for every rule."""

    def person(self, key: str) -> Row:
        """Raises KeyError when nobody has that key."""
        for person in self.people:
            if person["key"] == key:
                return person
        raise KeyError(key)

    def score(self, name: str, key: str) -> Decimal | None:
        """None for a person whom no model wrote about."""
        return self.scores.get(name, {}).get(key)

    def owner(self, named: str | None) -> str | None:
        """Whose a row is that names this person."""
        return None if named is None else self.merged.get(named, named)

    def rows(self, relation: str) -> tuple[Row, ...]:
        """Raises KeyError when the shop has no such relation."""
        return self.relations[relation]
