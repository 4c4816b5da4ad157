"""Rules as shop owners mean them, each asked of Alice, who buys lamps, and of Bob, of whom little is known."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from . import OracleShop, truth
from .worlds import (
    all_of,
    any_of,
    asks,
    at,
    at_least,
    attribute,
    behaviour,
    below,
    days,
    event,
    hours,
    line,
    order,
    rule,
)

NOW = at("2024-06-12T10:00")
ALICE, BOB = "user:1", "user:2"
PRODUCTS = (
    {"product_id": "P1", "category": "Lamps", "price": Decimal("25"), "stock": 2},
    {"product_id": "P2", "category": "Tea", "price": Decimal("5"), "stock": 100},
    {"product_id": "P3", "category": "Garden", "price": Decimal("50"), "stock": 0},
    {"product_id": "P4", "category": "Books", "price": Decimal("9"), "stock": 1},
)
SHOP = OracleShop(
    "Europe/London",
    "GBP",
    (
        {
            "key": ALICE,
            "country": "FR",
            "birth_date": date(1988, 6, 18),
            "joined_at": at("2023-06-01T10:00"),
            "accepts_email": True,
            "points": 10,
        },
        {"key": BOB, "country": None, "birth_date": None, "joined_at": at("2024-06-01T10:00"), "points": None},
    ),
    {
        "orders": (
            order(1, "2023-07-01T10:00", "120", channel="web", coupon_code="VIP"),
            order(2, "2024-03-01T10:00", "400", channel="app", coupon_code="VIP"),
            order(3, "2024-06-01T10:00", "100", channel="web", coupon_code=None),
        ),
        "order_lines": (
            line("A1", "120", product_id="P1"),
            line("A2", "300", product_id="P3"),
            line("A2", "100", product_id="P2"),
            line("A3", "75", product_id="P1"),
            line("A3", "25", product_id="P4"),
        ),
        "refunds": ({"person": ALICE, "amount": Decimal("350"), "at": at("2024-03-09T10:00"), "order_id": "A2"},),
        "carts": (
            {"cart_id": "C1", "person": BOB, "updated_at": at("2024-06-10T10:00"), "state": "open", "total": Decimal("50")},
        ),
        "cart_lines": (),
        "wishlist_items": ({"person": BOB, "product_id": "P1"}, {"person": BOB, "product_id": "P3"}),
        "events": (
            event("add_to_cart", "2024-06-10T09:00", person=BOB),
            event("checkout", "2024-06-10T10:00", person=BOB),
            event("add_to_cart", "2024-05-30T10:00"),
            event("checkout", "2024-05-31T10:00"),
        ),
        "products": PRODUCTS,
    },
)


def orders(measure: str, operator: str, value: Any, **more: Any) -> dict[str, Any]:
    return behaviour("orders", measure, operator, value, **more)


def last(n: int, unit: str = "day") -> dict[str, Any]:
    return {"last": n, "unit": unit}


def nth(which: Any, *tests: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "nth", "field": "orders", "which": which, "test": all_of(*tests), **more}


LAMPS = asks("product.category", "=", "Lamps")
COUPON = all_of(asks("coupon_code", "is_set"))
MONTH = {"n": 1, "unit": "month"}
CHECKOUT = {
    "kind": "sequence",
    "steps": [
        {"field": "events", "where": all_of(asks("kind", "=", "add_to_cart"))},
        {"field": "events", "where": all_of(asks("kind", "=", "checkout"))},
    ],
    "within": days(2),
    "window": {"since": "2024-01-01"},
    "not_then": {"field": "orders"},
}


@pytest.mark.parametrize(
    ("node", "alice", "bob"),
    [
        (attribute("country", "in", ["FR", "PL"]), True, None),
        (attribute("country", "!=", "FR", if_unknown="yes"), False, True),
        (attribute("birth_date", "anniversary_next", days(7)), True, None),
        (attribute("joined_at", "last", days(30)), False, True),
        (orders("count", ">=", "2", window=last(103)), True, False),
        # Lapsed.
        (all_of(orders("count", "=", "0", window=last(9)), orders("count", ">=", "1")), True, False),
        (orders("sum", ">", "500", of="total", window=last(365)), True, False),
        (orders("sum", ">", "620", of="total", window=last(365)), False, False),
        (
            orders("avg", ">=", "80.50", of="total", where=all_of(asks("channel", "=", "web")), window={"this": "year"}),
            True,
            None,
        ),
        # No dear lamp lately.
        (
            behaviour("order_lines", "count", "=", "0", where=all_of(LAMPS, asks("line_total", ">", "20")), window=last(30)),
            False,
            True,
        ),
        (orders("count", ">=", "1", where=all_of(below("any", LAMPS), asks("coupon_code", "is_set"))), True, False),
        (behaviour("order_lines", "count_distinct", ">=", "4", of="product.category"), True, False),
        # Coupon lover: two of three.
        (orders("share", ">=", "0.8", where=COUPON), False, None),
        (orders("share", ">=", "0.66", where=COUPON), True, None),
        (nth("first", asks("total", ">=", "100")), True, None),
        (nth("last", asks("placed_at", "not_last", days(60)), where=all_of(asks("channel", "=", "app"))), True, None),
        (nth(3, asks("total", ">=", "100")), True, None),
        # New customers.
        (orders("min", "last", days(30), of="placed_at"), False, None),
        (
            {
                "kind": "rank",
                "field": "orders",
                "measure": "sum",
                "of": "total",
                "window": last(365),
                "operator": "top_percent",
                "value": "10",
                "leave_at": "12",
                "min_stay": days(7),
            },
            True,
            False,
        ),
        ({"kind": "rank", "field": "customer.points", "operator": "bottom_percent", "value": "20"}, True, None),
        (
            {"kind": "rank", "field": "orders", "measure": "count", "window": last(30), "operator": "top", "value": "100"},
            True,
            False,
        ),
        # The first 8 bytes of sha256 of "spring:user:1" and "spring:user:2" are 79 and 10 modulo 100.
        ({"kind": "bucket", "salt": "spring", "from": 0, "to": 49}, False, True),
        ({"kind": "member", "segment": "vip", "operator": "in"}, False, False),
        ({"kind": "member", "segment": "dormant", "operator": "not_in", "for_at_least": days(14)}, True, True),
        # Left at the checkout.
        (CHECKOUT, False, True),
        ({**CHECKOUT, "within": hours(1)}, False, True),
        ({"kind": "pattern", "field": "orders", "pattern": "stopped", "period": MONTH, "periods": 3}, False, False),
        ({"kind": "pattern", "field": "orders", "pattern": "first_time", "period": MONTH}, False, False),
        (
            {
                "kind": "pattern",
                "field": "orders",
                "where": all_of(asks("channel", "=", "web")),
                "pattern": "restarted",
                "period": {"n": 2, "unit": "month"},
                "periods": 3,
            },
            True,
            False,
        ),
        # Net spend in a year: 620 less 350.
        (behaviour("spend", "sum", "=", "270", of="amount", window=last(365)), True, False),
        (behaviour("spend", "sum", ">", "40", of="amount", window={"between": ["2024-01-01", "2024-03-31"]}), True, False),
        (
            at_least(2, attribute("accepts_email", "is", True), orders("count", ">=", "5"), attribute("country", "=", "FR")),
            True,
            None,
        ),
        (
            behaviour(
                "carts", "count", ">=", "1", where=all_of(asks("state", "=", "open"), asks("total", ">=", "50")), window=last(7)
            ),
            False,
            True,
        ),
        (
            behaviour(
                "wishlist_items",
                "count",
                ">=",
                "1",
                where=all_of(asks("product.stock", "<=", "3"), asks("product.stock", ">", "0")),
            ),
            False,
            True,
        ),
        # Zero is an answer, but "last order more than 90 days ago" is none to who never ordered.
        (orders("count", "=", "0", window=last(90)), False, True),
        (orders("max", "not_last", days(90), of="placed_at"), False, None),
        (
            any_of(orders("max", "not_last", days(90), of="placed_at", if_unknown="no"), attribute("country", "=", "PL")),
            False,
            None,
        ),
    ],
)
def test_rules(node: dict[str, Any], alice: bool | None, bob: bool | None) -> None:
    assert (truth(rule(node), SHOP, ALICE, NOW), truth(rule(node), SHOP, BOB, NOW)) == (alice, bob)
