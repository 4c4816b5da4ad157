"""The rows of a shop, with their values entered, their time and their owner found. One function a relation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from .entry import enter, named_currency
from .moments import day_of
from .schema import ABOVE, BELOW, KEY_COLUMNS, OWNER, TIME_COLUMNS, columns_of
from .shop import OracleShop, Row


@dataclass(frozen=True)
class EnteredRow:
    """A row as rules see it; `at` is its time, None if it has none."""

    relation: str
    key: Any
    person: str | None
    at: datetime | None
    values: Mapping[str, Any]
    currency: str | None = None
    above: Mapping[str, EnteredRow | None] = field(default_factory=dict)

    @property
    def place(self) -> tuple[datetime | None, Any]:
        """Where it stands among the rows of its relation that have a time: by that, equal times by the row key."""
        return self.at, self.key

    def value(self, column: str) -> Any:
        """The value of a column, or of one of a row above (`product.category`): without that row it is missing."""
        name, dot, rest = column.partition(".")
        if not dot:
            return self.values[column]
        parent = self.above[name]
        return None if parent is None else parent.value(rest)


def rows_of(relation: str, person: str, shop: OracleShop) -> list[EnteredRow]:
    """The person's. Raises KeyError for a relation that is not known, or that the shop does not give."""
    return [row for row in entered_rows(relation, shop) if row.person == person]


def rows_below(row: EnteredRow, path: str, shop: OracleShop) -> list[EnteredRow]:
    """An order's or a cart's lines. Raises KeyError for another path."""
    relation = BELOW[row.relation][path]
    return [each for each in entered_rows(relation, shop) if each.above[OWNER[relation]] is row]


def entered_rows(relation: str, shop: OracleShop) -> list[EnteredRow]:
    """Everybody's rows, read once a shop."""
    if relation not in shop.entered:
        shop.entered[relation] = RELATIONS[relation](shop)
    rows: list[EnteredRow] = shop.entered[relation]
    return rows


def row_named(relation: str, key: Any, shop: OracleShop) -> EnteredRow | None:
    if key is None or relation not in shop.relations:
        return None
    for row in entered_rows(relation, shop):
        if row.key == key:
            return row
    return None


def rows_above(relation: str, raw: Row, shop: OracleShop) -> dict[str, EnteredRow | None]:
    return {name: row_named(parent, raw.get(f"{name}_id"), shop) for name, parent in ABOVE.get(relation, {}).items()}


def key_of(relation: str, raw: Row, place: int) -> Any:
    return raw[KEY_COLUMNS[relation]] if relation in KEY_COLUMNS else raw.get("pk", place)


def time_of(relation: str, raw: Row, shop: OracleShop) -> datetime | None:
    """None too where the shop does not say when such rows happened."""
    column = TIME_COLUMNS[relation]
    moment: datetime | None = enter(raw.get(column), f"{relation}.{column}", shop) if has_own_time(relation, shop) else None
    return moment


def has_own_time(relation: str, shop: OracleShop) -> bool:
    return f"{relation}.{TIME_COLUMNS[relation]}" in shop.kinds


def own_day(at: datetime | None, shop: OracleShop) -> date | None:
    """The day whose rate converts the row's money."""
    return None if at is None else day_of(at, ZoneInfo(shop.zone))


def values_of(relation: str, raw: Row, shop: OracleShop, currency: str | None, day: date | None) -> dict[str, Any]:
    columns = columns_of(relation, shop.kinds)
    return {column: enter(raw.get(column), f"{relation}.{column}", shop, currency, day) for column in columns}


def owned_by_people(relation: str, shop: OracleShop) -> list[EnteredRow]:
    """Rows that name their person themselves."""
    found = []
    for place, raw in enumerate(shop.rows(relation), 1):
        at, currency = time_of(relation, raw, shop), named_currency(raw.get("currency"))
        values = values_of(relation, raw, shop, currency, own_day(at, shop))
        above = rows_above(relation, raw, shop)
        found.append(EnteredRow(relation, key_of(relation, raw, place), shop.owner(raw["person"]), at, values, currency, above))
    return found


def lines(relation: str, shop: OracleShop) -> list[EnteredRow]:
    """A line has the person, the time and the currency of its order or cart; one of an unknown order is nobody's."""
    found = []
    for place, raw in enumerate(shop.rows(relation), 1):
        above = rows_above(relation, raw, shop)
        owner = above[OWNER[relation]]
        if owner is None:
            continue
        values = values_of(relation, raw, shop, owner.currency, own_day(owner.at, shop))
        key = key_of(relation, raw, place)
        found.append(EnteredRow(relation, key, owner.person, owner.at, values, owner.currency, above))
    return found


def refunds(shop: OracleShop) -> list[EnteredRow]:
    """A refund belongs to the person it names, whoever ordered. One that names an unknown order is ignored;
    one without an order counts. Its currency is its own, else its order's, else the base."""
    found = []
    for place, raw in enumerate(shop.rows("refunds"), 1):
        order_id = raw.get("order_id")
        order = row_named("orders", order_id, shop)
        if order_id is not None and order is None:
            continue
        currency = named_currency(raw.get("currency"), None if order is None else order.currency)
        at = time_of("refunds", raw, shop)
        values = values_of("refunds", raw, shop, currency, own_day(at, shop))
        found.append(EnteredRow("refunds", key_of("refunds", raw, place), shop.owner(raw["person"]), at, values, currency))
    return found


def spend(shop: OracleShop) -> list[EnteredRow]:
    """Orders as plus at their time, refunds as minus at theirs; a shop that gives no refunds has its orders alone.

    Of equal times, orders come before refunds.
    """
    found = []
    for row in entered_rows("orders", shop):
        values = {"amount": row.values["total"], "at": row.at}
        found.append(EnteredRow("spend", (0, row.key), row.person, row.at, values))
    for row in entered_rows("refunds", shop) if "refunds" in shop.relations else ():
        amount = row.values["amount"]
        values = {"amount": None if amount is None else -amount, "at": row.at}
        found.append(EnteredRow("spend", (1, row.key), row.person, row.at, values))
    return found


def products(shop: OracleShop) -> list[EnteredRow]:
    """Nobody's and of no time, only above other rows. Prices are in the base currency."""
    found = []
    for raw in shop.rows("products"):
        found.append(EnteredRow("products", raw["product_id"], None, None, values_of("products", raw, shop, None, None)))
    return found


RELATIONS: dict[str, Callable[[OracleShop], list[EnteredRow]]] = {
    "orders": lambda shop: owned_by_people("orders", shop),
    "order_lines": lambda shop: lines("order_lines", shop),
    "refunds": refunds,
    "spend": spend,
    "carts": lambda shop: owned_by_people("carts", shop),
    "cart_lines": lambda shop: lines("cart_lines", shop),
    "wishlist_items": lambda shop: owned_by_people("wishlist_items", shop),
    "events": lambda shop: owned_by_people("events", shop),
    "products": products,
}
