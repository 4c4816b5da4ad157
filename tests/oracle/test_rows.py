from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction
from typing import Any

import pytest

from .rows import rows_below, rows_of
from .worlds import ALICE, at, event, order, shop

DAY_1, DAY_2, DAY_3 = "2024-06-01T10:00", "2024-06-02T10:00", "2024-06-03T10:00"


def line(order_id: str, quantity: int | None, line_total: str | None) -> dict[str, Any]:
    total = None if line_total is None else Decimal(line_total)
    return {"order_id": order_id, "product_id": "P", "quantity": quantity, "line_total": total}


def refund(amount: str | None, moment: str | None, **more: Any) -> dict[str, Any]:
    return {
        "person": ALICE,
        "amount": None if amount is None else Decimal(amount),
        "at": None if moment is None else at(moment),
        "currency": None,
        "order_id": None,
        **more,
    }


def test_orders_of_others_and_of_nobody_are_not_hers() -> None:
    found = rows_of("orders", ALICE, shop(order(1, DAY_1, "10"), order(2, DAY_2, person=None), order(3, DAY_3, person="user:2")))
    assert [(row.at, row.values["total"]) for row in found] == [(at(DAY_1), 10)]


def test_a_row_without_a_time_or_a_total_is_kept() -> None:
    found = rows_of("orders", ALICE, shop(order(1, None, None)))
    assert [(row.at, row.values["total"], row.values["placed_at"]) for row in found] == [(None, None, None)]


def test_lines_have_the_person_time_and_currency_of_their_order() -> None:
    world = shop(
        order(1, DAY_1),
        order(2, DAY_2, currency="EUR"),
        order(3, None),
        order(4, DAY_1, person=None),
        lines=(line("A1", 2, "5.00"), line("A2", 3, "6.00"), line("A3", None, None), line("A4", 1, "1"), line("gone", 1, "1")),
    )
    found = [(row.at, row.values["quantity"], row.values["line_total"]) for row in rows_of("order_lines", ALICE, world)]
    assert found == [(at(DAY_1), 2, 5), (at(DAY_2), 3, None), (None, None, None)]


@pytest.mark.parametrize(
    ("own", "orders_currency", "expected"),
    [(None, None, 5), (None, "EUR", None), (" ", "EUR", None), ("GBP", "EUR", 5), ("EUR", None, None), (None, "", 5)],
)
def test_a_refunds_currency_is_its_own_else_its_orders_else_the_base(
    own: str | None, orders_currency: str | None, expected: int | None
) -> None:
    world = shop(order(1, DAY_1, currency=orders_currency), refunds=(refund("5", DAY_2, currency=own, order_id="A1"),))
    assert [row.values["amount"] for row in rows_of("refunds", ALICE, world)] == [expected]


def test_refunds_need_no_order_but_an_unknown_one_makes_them_ignored() -> None:
    world = shop(
        order(1, DAY_1, person=None),
        refunds=(
            refund("1", DAY_2),
            refund("2", DAY_2, order_id="gone"),
            refund("3", DAY_2, order_id="A1"),
            refund("4", DAY_2, person=None, order_id="A1"),
        ),
    )
    assert [row.values["amount"] for row in rows_of("refunds", ALICE, world)] == [1, 3]


def test_spend_is_orders_as_plus_and_refunds_as_minus() -> None:
    world = shop(
        order(1, DAY_1, "10.005"), order(2, DAY_2, "7", currency="EUR"), refunds=(refund("2.50", DAY_3), refund(None, None))
    )
    found = [(row.at, row.values["amount"], row.values["at"]) for row in rows_of("spend", ALICE, world)]
    assert found == [
        (at(DAY_1), Fraction(10), at(DAY_1)),
        (at(DAY_2), None, at(DAY_2)),
        (at(DAY_3), Fraction(-5, 2), at(DAY_3)),
        (None, None, None),
    ]


def test_a_shop_without_refunds_spends_its_orders() -> None:
    found = rows_of("spend", ALICE, shop(order(1, DAY_1, "10"), refunds=None))
    assert [row.values["amount"] for row in found] == [10]


def test_carts_and_their_lines() -> None:
    cart = {
        "cart_id": "C1",
        "person": ALICE,
        "updated_at": at(DAY_1),
        "currency": "EUR",
        "state": " Open",
        "total": Decimal("10"),
    }
    lines = ({"cart_id": "C1", "product_id": "P1", "line_total": Decimal("1")}, {"cart_id": "gone", "product_id": "P1"})
    rates = {"EUR": ((date(2024, 6, 1), Decimal("0.5")),)}
    world = shop(
        more={"carts": (cart, {**cart, "cart_id": "C2", "person": None}), "cart_lines": lines}, settings={"rates": rates}
    )
    assert [(row.at, row.values["state"], row.values["total"]) for row in rows_of("carts", ALICE, world)] == [
        (at(DAY_1), "open", 5)
    ]
    found = rows_of("cart_lines", ALICE, world)
    assert [(row.at, row.values["line_total"], row.value("cart.state")) for row in found] == [
        (at(DAY_1), Fraction("0.5"), "open")
    ]


def test_each_row_is_converted_at_its_own_day() -> None:
    rates = {"EUR": ((date(2024, 6, 1), Decimal("0.5")), (date(2024, 6, 2), Decimal("2")))}
    world = shop(
        order(1, DAY_1, "10", currency="EUR"),
        order(2, DAY_2, "10", currency="eur"),
        # 23:30 in UTC of the 1st is the 2nd in London.
        order(3, "2024-06-01T23:30", "10", currency="EUR"),
        order(4, None, "10", currency="EUR"),
        lines=(line("A1", 1, "10"), line("A2", 1, "10"), line("A4", 1, "10")),
        # Of an order of the 1st, but paid back on the 2nd.
        refunds=(refund("10", DAY_2, order_id="A1"), refund("10", DAY_1, currency="EUR")),
        settings={"rates": rates},
    )
    assert [row.values["total"] for row in rows_of("orders", ALICE, world)] == [5, 20, 20, None]
    assert [row.values["line_total"] for row in rows_of("order_lines", ALICE, world)] == [5, 20, None]
    assert [row.values["amount"] for row in rows_of("refunds", ALICE, world)] == [20, 5]
    assert [row.values["amount"] for row in rows_of("spend", ALICE, world)] == [5, 20, 20, None, -20, -5]


def test_rows_above() -> None:
    products = ({"product_id": "P1", "category": " Lamps", "price": Decimal("9.995")},)
    world = shop(
        order(1, DAY_1, channel="WEB"),
        lines=(
            {"order_id": "A1", "product_id": "P1"},
            {"order_id": "A1", "product_id": "gone"},
            {"order_id": "A1", "product_id": None},
        ),
        more={"products": products},
    )
    found = rows_of("order_lines", ALICE, world)
    assert [row.value("product.category") for row in found] == ["lamps", None, None]
    assert [row.value("product.price") for row in found] == [10, None, None]
    assert {row.value("order.channel") for row in found} == {"web"}
    assert [row.value("quantity") for row in found] == [None] * 3


def test_without_products_nothing_is_known_of_them() -> None:
    world = shop(order(1, DAY_1), lines=({"order_id": "A1", "product_id": "P1"},))
    assert [row.value("product.category") for row in rows_of("order_lines", ALICE, world)] == [None]


def test_rows_below() -> None:
    world = shop(
        order(1, DAY_1), order(2, DAY_2), lines=(line("A1", 1, "1"), line("A2", 2, "2"), line("A1", 3, "3"), line("gone", 4, "4"))
    )
    first, second = rows_of("orders", ALICE, world)
    assert [row.values["quantity"] for row in rows_below(first, "lines", world)] == [1, 3]
    assert [row.values["quantity"] for row in rows_below(second, "lines", world)] == [2]
    with pytest.raises(KeyError):
        rows_below(first, "refunds", world)


def test_wishes_have_a_time_only_if_the_shop_says_so() -> None:
    wish = {"person": ALICE, "product_id": None, "added_at": at(DAY_1), "priority": 1}
    timed = shop(more={"wishlist_items": (wish,)})
    untimed = shop(more={"wishlist_items": (wish,)}, settings={"kinds": {"wishlist_items.priority": "number"}})
    assert [row.at for row in rows_of("wishlist_items", ALICE, timed)] == [at(DAY_1)]
    assert [row.at for row in rows_of("wishlist_items", ALICE, untimed)] == [None]


def test_rows_of_equal_times_stand_in_the_order_of_their_keys() -> None:
    world = shop(
        order(1, DAY_1, order_id=10), order(2, DAY_1, order_id=9), more={"events": (event("a", DAY_1), event("b", DAY_1, pk=0))}
    )
    assert [row.key for row in sorted(rows_of("orders", ALICE, world), key=lambda row: row.place)] == [9, 10]
    assert [row.key for row in rows_of("events", ALICE, world)] == [1, 0]


def test_a_relation_that_is_not_given_is_refused() -> None:
    with pytest.raises(KeyError):
        rows_of("refunds", ALICE, shop(refunds=None))
    with pytest.raises(KeyError):
        rows_of("carts", ALICE, shop())
