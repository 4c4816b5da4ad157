"""Small worlds and rules for the oracle's own tests."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

from .evaluate import truth
from .shop import OracleShop

ALICE = "user:1"
# 12 June 2024, a Wednesday, 11:00 in London.
NOON_IN_JUNE = datetime(2024, 6, 12, 10, 0, tzinfo=UTC)


def at(text: str) -> datetime:
    """A moment in UTC: at("2024-06-12T10:00")."""
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def order(number: int, placed_at: str | None, total: str | None = None, **columns: Any) -> dict[str, Any]:
    """An order of Alice's, placed at a moment in UTC."""
    return {
        "order_id": f"A{number}",
        "person": ALICE,
        "placed_at": None if placed_at is None else at(placed_at),
        "total": None if total is None else Decimal(total),
        "currency": None,
        **columns,
    }


def line(order_id: str, line_total: str | None = None, **columns: Any) -> dict[str, Any]:
    """A line of an order (or with `cart_id=…` of a cart)."""
    total = None if line_total is None else Decimal(line_total)
    return {"order_id": order_id, "product_id": None, "quantity": None, "line_total": total, **columns}


def event(kind: str | None, moment: str | None, **columns: Any) -> dict[str, Any]:
    """Something that Alice did, at a moment in UTC."""
    when = None if moment is None else at(moment)
    return {"person": ALICE, "product_id": None, "kind": kind, "at": when, "value": None, **columns}


def shop(
    *orders: dict[str, Any],
    zone: str = "Europe/London",
    base_currency: str = "GBP",
    lines: tuple[dict[str, Any], ...] = (),
    refunds: tuple[dict[str, Any], ...] | None = (),
    more: Mapping[str, tuple[dict[str, Any], ...]] | None = None,
    settings: Mapping[str, Any] | None = None,
    **alice: Any,
) -> OracleShop:
    """A shop with Alice alone, her columns given by name; refunds=None is a shop that gives none.

    `more` are its other relations, by name; `settings` its rates, kinds and first_weekday.
    """
    relations: dict[str, tuple[dict[str, Any], ...]] = {"orders": orders, "order_lines": lines, **(more or {})}
    if refunds is not None:
        relations["refunds"] = refunds
    return OracleShop(zone, base_currency, ({"key": ALICE, **alice},), relations, **(settings or {}))


def rule(*nodes: dict[str, Any], combinator: str = "and", **more: Any) -> dict[str, Any]:
    """A stored root over these nodes."""
    return {"version": 1, "semantics": 1, "base_currency": "GBP", "combinator": combinator, "rules": list(nodes), **more}


def attribute(field: str, operator: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"kind": "attribute", "field": f"customer.{field}", "operator": operator, "value": value, **more}


def behaviour(field: str, measure: str, operator: str, value: Any = None, **more: Any) -> dict[str, Any]:
    return {"kind": "behaviour", "field": field, "measure": measure, "operator": operator, "value": value, **more}


def asks(field: str, operator: str, value: Any = None) -> dict[str, Any]:
    """A test on a column of a row."""
    return {"field": field, "operator": operator, "value": value}


def all_of(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"combinator": "and", "rules": list(nodes), **more}


def at_least(n: int, *nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"combinator": "at_least", "n": n, "rules": list(nodes), **more}


def below(quantifier: str, *nodes: dict[str, Any]) -> dict[str, Any]:
    """A test of the lines of an order or a cart."""
    return {"path": "lines", "quantifier": quantifier, "where": all_of(*nodes)}


def days(n: int) -> dict[str, Any]:
    return {"n": n, "unit": "day"}


def hours(n: int) -> dict[str, Any]:
    return {"n": n, "unit": "hour"}


def holds(world: OracleShop, *nodes: dict[str, Any], now: str = "2024-06-12T10:00", **root: Any) -> bool | None:
    """Whether a rule of these nodes takes Alice in, at a moment in UTC."""
    return truth(rule(*nodes, **root), world, ALICE, at(now))


def any_of(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"combinator": "or", "rules": list(nodes), **more}
