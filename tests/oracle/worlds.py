"""Small worlds and rules for the oracle's own tests."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

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


def shop(
    *orders: dict[str, Any],
    zone: str = "Europe/London",
    base_currency: str = "GBP",
    lines: tuple[dict[str, Any], ...] = (),
    refunds: tuple[dict[str, Any], ...] | None = (),
    **alice: Any,
) -> OracleShop:
    """A shop with Alice alone, her columns given by name; refunds=None is a shop that gives none."""
    relations: dict[str, tuple[dict[str, Any], ...]] = {"orders": orders, "order_lines": lines}
    if refunds is not None:
        relations["refunds"] = refunds
    return OracleShop(zone, base_currency, ({"key": ALICE, **alice},), relations)


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


def any_of(*nodes: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"combinator": "or", "rules": list(nodes), **more}
