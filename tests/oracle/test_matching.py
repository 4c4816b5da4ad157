from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from . import OracleShop
from .worlds import (
    ALICE,
    all_of,
    any_of,
    asks,
    at,
    at_least,
    behaviour,
    below,
    days,
    event,
    holds,
    line,
    order,
    shop,
)

PRODUCTS = (
    {"product_id": "P1", "category": "Lamps", "brand": "Łódź", "price": Decimal("20"), "stock": 2},
    {"product_id": "P2", "category": "Tea", "brand": None, "price": Decimal("5"), "stock": 0},
    {"product_id": "P3", "category": None, "brand": None, "price": None, "stock": None},
)
# The first order holds a dear lamp and tea, the second tea, the third a line of no known product, the fourth nothing.
BASKETS = shop(
    order(1, "2024-06-01T10:00", "40", coupon_code="VIP"),
    order(2, "2024-06-02T10:00", "20"),
    order(3, "2024-06-03T10:00", "30", coupon_code="VIP"),
    order(4, "2024-06-04T10:00", "1"),
    lines=(
        line("A1", "35", product_id="P1", quantity=1),
        line("A1", "5", product_id="P2", quantity=1),
        line("A2", "20", product_id="P2", quantity=4),
        line("A3", "30", product_id="P3", quantity=3),
    ),
    more={"products": PRODUCTS},
)


def count(field: str, *where: dict[str, Any], **more: Any) -> dict[str, Any]:
    """How many of these rows there are is asked for with `rows`."""
    rows = more.pop("rows")
    return behaviour(field, "count", "=", str(rows), **({"where": all_of(*where)} if where else {}), **more)


LAMP = asks("product.category", "=", "lamps")


@pytest.mark.parametrize(
    ("tests", "rows"),
    [
        ([LAMP], 1),
        ([LAMP, asks("line_total", ">", "20")], 1),
        ([LAMP, asks("line_total", ">", "35")], 0),
        # A line without a category is not counted by `!=`.
        ([asks("product.category", "!=", "Lamps")], 2),
        ([asks("product.category", "is_not_set")], 1),
        ([asks("order.coupon_code", "=", "vip")], 3),
        ([asks("order.placed_at", "before", "2024-06-02")], 2),
        ([asks("order.total", ">=", "30"), asks("product.stock", "=", "0")], 1),
    ],
)
def test_rows_above_are_columns(tests: list[dict[str, Any]], rows: int) -> None:
    assert holds(BASKETS, count("order_lines", *tests, rows=rows)) is True


def test_measures_of_rows_above() -> None:
    assert holds(BASKETS, behaviour("order_lines", "count_distinct", "=", "2", of="product.category")) is True
    assert holds(BASKETS, behaviour("order_lines", "sum", "is_not_set", of="product.price")) is True
    priced = all_of(asks("product.price", "is_set"))
    assert holds(BASKETS, behaviour("order_lines", "sum", "=", "30", of="product.price", where=priced)) is True
    last = behaviour("order_lines", "max", "on", "2024-06-03", of="order.placed_at")
    assert holds(BASKETS, last) is True


@pytest.mark.parametrize(
    ("test", "orders"),
    [
        (below("any", LAMP), 1),
        (below("none", LAMP), 3),
        # All of none is true, and an unknown test is not.
        (below("all", asks("product.category", "is_set")), 3),
        (below("all", asks("product.category", "=", "tea")), 2),
        (below("any", asks("product.category", "!=", "lamps")), 2),
        (below("none", asks("product.category", "!=", "lamps")), 2),
        (below("any", asks("order.total", "=", "30")), 1),
        (below("any", LAMP, asks("line_total", "<", "10")), 0),
        ({**below("any"), "where": any_of(LAMP, asks("quantity", "=", "4"))}, 2),
        ({**below("any"), "where": at_least(2, LAMP, asks("quantity", "=", "1"), asks("line_total", "<", "1"))}, 1),
        ({**below("any"), "where": all_of(LAMP, **{"not": True})}, 2),
    ],
)
def test_quantifiers(test: dict[str, Any], orders: int) -> None:
    assert holds(BASKETS, count("orders", test, rows=orders)) is True


def test_an_order_with_a_coupon_that_held_a_lamp() -> None:
    assert holds(BASKETS, count("orders", below("any", LAMP), asks("coupon_code", "is_set"), rows=1)) is True
    assert holds(BASKETS, count("orders", below("any", LAMP), asks("coupon_code", "is_not_set"), rows=0)) is True


def test_quantifiers_are_never_unknown_and_so_may_be_negated() -> None:
    assert holds(BASKETS, count("orders", all_of(below("any", LAMP), **{"not": True}), rows=3)) is True


def test_carts_have_lines_too() -> None:
    cart = {
        "cart_id": "C1",
        "person": ALICE,
        "updated_at": at("2024-06-10T10:00"),
        "state": "open",
        "total": Decimal("50"),
        "currency": None,
    }
    lines = ({"cart_id": "C1", "product_id": "P1", "quantity": 1, "line_total": None},)
    world = shop(more={"carts": (cart,), "cart_lines": lines, "products": PRODUCTS})
    assert holds(world, count("carts", below("any", LAMP), rows=1)) is True
    assert holds(world, count("cart_lines", LAMP, asks("cart.state", "=", "open"), rows=1)) is True
    valuable = [asks("state", "=", "open"), asks("total", ">=", "50")]
    assert holds(world, count("carts", *valuable, rows=1, window={"last": 7, "unit": "day"})) is True
    assert holds(world, count("carts", *valuable, rows=1, window={"last": 1, "unit": "day"})) is False


def test_a_favourite_running_low() -> None:
    wish = {"person": ALICE, "added_at": None, "priority": None}
    world = shop(
        more={"wishlist_items": tuple({**wish, "product_id": each} for each in ("P1", "P2", "P3")), "products": PRODUCTS}
    )
    low = [asks("product.stock", "<=", "3"), asks("product.stock", ">", "0")]
    assert holds(world, count("wishlist_items", *low, rows=1)) is True
    # Without a time a wish counts only under no window.
    assert holds(world, count("wishlist_items", rows=0, window={"since": "0500-01-01"})) is True


def test_sets_and_places_of_rows() -> None:
    world = shop(
        order(1, "2024-06-01T10:00", tags=["Gift "], delivered_to=(48, 2)),
        order(2, "2024-06-01T10:00", tags=[], delivered_to=(91, 2)),
        order(3, "2024-06-01T10:00", tags=None, delivered_to=None),
    )
    near = {"lat": "48.8566", "lon": "2.3522", "km": "150"}
    assert holds(world, count("orders", asks("tags", "has_any", ["gift"]), rows=1)) is True
    assert holds(world, count("orders", asks("tags", "has_none", ["gift"]), rows=1)) is True
    assert holds(world, count("orders", asks("tags", "is_set"), rows=2)) is True
    assert holds(world, count("orders", asks("delivered_to", "within_km", near), rows=1)) is True
    assert holds(world, count("orders", asks("delivered_to", "is_not_set"), rows=2)) is True


# since_last: strictly after the last such row.
def seen(*events: str | None, orders: tuple[str | None, ...], **columns: Any) -> OracleShop:
    did = tuple(event("view", moment, **columns) for moment in events)
    return shop(*(order(number, moment, channel="web") for number, moment in enumerate(orders)), more={"events": did})


def since_last(rows: int, *where: dict[str, Any]) -> dict[str, Any]:
    window = {"since_last": "orders", **({"where": all_of(*where)} if where else {})}
    return count("events", rows=rows, window=window)


@pytest.mark.parametrize(
    ("orders", "rows"),
    [
        ((), 3),
        (("2024-06-01T10:00",), 2),
        (("2024-06-01T09:59:59",), 3),
        (("2024-06-02T10:00", "2024-06-01T10:00"), 1),
        (("2024-06-03T10:00",), 0),
        # Neither an order to come nor one without a time is the last.
        (("2024-06-12T10:00:01", None), 3),
    ],
)
def test_since_last(orders: tuple[str | None, ...], rows: int) -> None:
    world = seen("2024-06-01T10:00", "2024-06-02T10:00", "2024-06-03T10:00", None, "2024-06-12T10:00:01", orders=orders)
    assert holds(world, since_last(rows)) is True


def test_since_the_last_that_matches() -> None:
    world = seen("2024-06-01T10:00", "2024-06-03T10:00", orders=("2024-06-02T10:00",))
    assert holds(world, since_last(1, asks("channel", "=", "web"))) is True
    assert holds(world, since_last(2, asks("channel", "=", "app"))) is True
    # An unknown test is not true.
    assert holds(world, since_last(2, asks("total", ">", "0"))) is True


def test_since_last_may_stand_under_any_measure_and_nth() -> None:
    world = seen("2024-06-01T10:00", "2024-06-03T10:00", "2024-06-09T10:00", orders=("2024-06-02T10:00",))
    window = {"since_last": "orders"}
    assert holds(world, behaviour("events", "days_between", "=", "6", window=window)) is True
    first = {"kind": "nth", "field": "events", "which": "first", "window": window, "test": all_of(asks("at", "on", "2024-06-03"))}
    assert holds(world, first) is True


def test_a_share_looks_at_all_rows_in_the_window() -> None:
    coupon = all_of(asks("coupon_code", "is_set"))
    assert holds(BASKETS, behaviour("orders", "share", "=", "0.5", where=coupon)) is True
    assert holds(BASKETS, behaviour("orders", "share", "between", ["0.76", "0.77"], where=coupon, of="total")) is True
    assert holds(BASKETS, behaviour("orders", "share", "=", "0", where=coupon, window={"since": "2024-06-04"})) is True
    assert holds(BASKETS, behaviour("orders", "share", "=", "0", where=coupon, window={"since": "2024-06-05"})) is None
    # Rows whose `where` is unknown stay in the divisor.
    vip = all_of(asks("coupon_code", "=", "vip"))
    assert holds(BASKETS, behaviour("orders", "share", "=", "0.5", where=vip)) is True


def test_days_between_are_of_rows_with_a_time() -> None:
    world = shop(order(1, "2024-05-01T10:00"), order(2, None), order(3, "2024-05-11T10:00"), order(4, "2024-05-21T10:00"))
    assert holds(world, behaviour("orders", "days_between", "=", "10")) is True
    assert holds(world, behaviour("orders", "days_between", "=", "20", window={"not_last": 40, "unit": "day"})) is None
    # Days are the shop's: 23:30 in UTC is the day after in London.
    late = shop(order(1, "2024-06-01T22:30"), order(2, "2024-06-01T23:30"))
    assert holds(late, behaviour("orders", "days_between", "=", "1")) is True


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a where"):
        holds(BASKETS, behaviour("orders", "share", "=", "1"))
    untimed = shop(more={"wishlist_items": ()}, settings={"kinds": {"wishlist_items.priority": "number"}})
    for leaf in (
        behaviour("wishlist_items", "count", "=", "0", window={"last": 1, "unit": "day"}),
        behaviour("wishlist_items", "days_between", "=", "0"),
        {"kind": "pattern", "field": "wishlist_items", "pattern": "first_time", "period": days(1)},
        {"kind": "sequence", "steps": [{"field": "wishlist_items"}]},
        count("orders", rows=0, window={"since_last": "wishlist_items"}),
    ):
        with pytest.raises(ValueError, match="no times"):
            holds(untimed, leaf)
    assert holds(untimed, count("wishlist_items", rows=0)) is True


@pytest.mark.parametrize("column", ["product.colour", "customer.country", "colour"])
def test_columns_that_are_not_known(column: str) -> None:
    with pytest.raises(KeyError):
        holds(BASKETS, count("order_lines", asks(column, "=", "x"), rows=0))
