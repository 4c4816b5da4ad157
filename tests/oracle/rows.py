"""The rows of one person in one relation, with their values entered and their time found. One function a relation."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from .entry import enter, named_currency
from .schema import columns_of
from .shop import OracleShop, Row


@dataclass(frozen=True)
class EnteredRow:
    """A row as rules see it; `at` is its time, None if it has none."""

    at: datetime | None
    values: Mapping[str, Any]


def enter_row(relation: str, raw: Row, shop: OracleShop, currency: str | None) -> dict[str, Any]:
    columns = columns_of(relation, shop.kinds)
    return {column: enter(raw.get(column), f"{relation}.{column}", shop, currency) for column in columns}


def order_named(order_id: Any, shop: OracleShop) -> Row | None:
    for order in shop.rows("orders"):
        if order["order_id"] == order_id:
            return order
    return None


def orders(person: str, shop: OracleShop) -> list[EnteredRow]:
    found = []
    for raw in shop.rows("orders"):
        if raw["person"] == person:
            values = enter_row("orders", raw, shop, named_currency(raw.get("currency")))
            found.append(EnteredRow(values["placed_at"], values))
    return found


def order_lines(person: str, shop: OracleShop) -> list[EnteredRow]:
    """A line has the person, the time and the currency of its order; a line of an unknown order is nobody's."""
    found = []
    for raw in shop.rows("order_lines"):
        order = order_named(raw["order_id"], shop)
        if order is not None and order["person"] == person:
            values = enter_row("order_lines", raw, shop, named_currency(order.get("currency")))
            found.append(EnteredRow(enter(order["placed_at"], "orders.placed_at", shop), values))
    return found


def refunds(person: str, shop: OracleShop) -> list[EnteredRow]:
    """A refund belongs to the person it names, whoever ordered. One that names an unknown order is ignored;
    one without an order counts. Its currency is its own, else its order's, else the base."""
    found = []
    for raw in shop.rows("refunds"):
        order_id = raw.get("order_id")
        order = None if order_id is None else order_named(order_id, shop)
        if raw["person"] != person or (order_id is not None and order is None):
            continue
        currency = named_currency(raw.get("currency"), None if order is None else order.get("currency"))
        values = enter_row("refunds", raw, shop, currency)
        found.append(EnteredRow(values["at"], values))
    return found


def spend(person: str, shop: OracleShop) -> list[EnteredRow]:
    """Orders as plus at their time, refunds as minus at theirs; a shop that gives no refunds has its orders alone."""
    found = []
    for order in orders(person, shop):
        found.append(EnteredRow(order.at, {"amount": order.values["total"], "at": order.at}))
    if "refunds" in shop.relations:
        for refund in refunds(person, shop):
            amount = refund.values["amount"]
            found.append(EnteredRow(refund.at, {"amount": None if amount is None else -amount, "at": refund.at}))
    return found


RELATIONS: dict[str, Callable[[str, OracleShop], list[EnteredRow]]] = {
    "orders": orders,
    "order_lines": order_lines,
    "refunds": refunds,
    "spend": spend,
}


def rows_of(relation: str, person: str, shop: OracleShop) -> list[EnteredRow]:
    """Raises KeyError for a relation that is not known, or that the shop does not give."""
    return RELATIONS[relation](person, shop)
