"""The world that the oracle evaluates: people and rows as a shop gives them, before anything is rounded or folded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from .schema import SCALES, SCHEMA

Row = Mapping[str, Any]


@dataclass(frozen=True)
class OracleShop:
    """A shop at rest. Values are str, int, Decimal, bool, date, aware datetime, or None for a missing one.

    zone           IANA name
    base_currency  "GBP"
    kinds          "orders.total" -> "money"; kinds are text, number, money, boolean, date, time
    people         {"key": "user:1", column: value …}
    relations      rows by relation:
                   orders       {"order_id", "person", "placed_at", "currency", "total", column: value …}
                   order_lines  {"order_id", "quantity", "line_total" …}; person, time and currency are its order's
                   refunds      {"person", "amount", "at", "currency", "order_id"}; the order may be missing
                   A person of None is nobody: the row is ignored. A line or refund that names an unknown order is too.
    scales         decimals that a number column keeps, 0 where not given
    """

    zone: str
    base_currency: str
    people: tuple[Row, ...] = ()
    relations: Mapping[str, tuple[Row, ...]] = field(default_factory=dict)
    kinds: Mapping[str, str] = field(default_factory=lambda: dict(SCHEMA))
    scales: Mapping[str, int] = field(default_factory=lambda: dict(SCALES))

    def person(self, key: str) -> Row:
        """Raises KeyError when nobody has that key."""
        for person in self.people:
            if person["key"] == key:
                return person
        raise KeyError(key)

    def rows(self, relation: str) -> tuple[Row, ...]:
        """Raises KeyError when the shop has no such relation."""
        return self.relations[relation]
