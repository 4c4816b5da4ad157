from __future__ import annotations

from typing import Any

import pytest

from . import OracleShop, leaf_truths, members, truth
from .worlds import ALICE, NOON_IN_JUNE, all_of, any_of, asks, at, at_least, attribute, behaviour, holds, order, rule, shop

THREE_ORDERS = shop(
    order(1, "2024-05-01T10:00", "10.00"), order(2, "2024-05-11T10:00", "30.00"), order(3, "2024-05-21T10:00", None)
)
NEVER_ORDERED = shop()


def count(operator: str, value: str, **more: Any) -> dict[str, Any]:
    return behaviour("orders", "count", operator, value, **more)


# Of somebody who never ordered and has no country.
UNKNOWN = attribute("country", "=", "FR")
TRUE = count("=", "0")
FALSE = count(">", "0")


# The orders of 10.00, 30.00 and an unknown amount.
def test_the_count_is_three() -> None:
    assert holds(THREE_ORDERS, count("=", "3")) is True


def test_sum_is_unknown() -> None:
    assert holds(THREE_ORDERS, behaviour("orders", "sum", ">=", "0", of="total")) is None
    assert holds(THREE_ORDERS, behaviour("orders", "sum", "is_set", of="total")) is False


def test_average_least_and_greatest_are_unknown() -> None:
    for measure in ("avg", "min", "max"):
        assert holds(THREE_ORDERS, behaviour("orders", measure, "<", "1000", of="total")) is None


def test_one_order_is_above_twenty() -> None:
    assert holds(THREE_ORDERS, count("=", "1", where=all_of(asks("total", ">", "20")))) is True


def test_what_is_left_out_does_not_make_the_sum_unknown() -> None:
    known = all_of(asks("total", "is_set"))
    assert holds(THREE_ORDERS, behaviour("orders", "sum", "=", "40", of="total", where=known)) is True
    assert holds(THREE_ORDERS, behaviour("orders", "avg", "=", "20", of="total", where=known)) is True
    before = {"between": ["2024-05-01", "2024-05-20"]}
    assert holds(THREE_ORDERS, behaviour("orders", "sum", "=", "40", of="total", window=before)) is True


# A row counts only if its whole test is true.


@pytest.mark.parametrize(
    ("where", "rows"),
    [
        (all_of(asks("total", ">", "20")), 1),
        (all_of(asks("total", ">", "20"), **{"not": True}), 1),
        (all_of(asks("total", "!=", "30")), 1),
        (all_of(asks("total", "is_not_set")), 1),
        (all_of(asks("total", "is_not_set"), **{"not": True}), 2),
        (any_of(asks("total", ">", "20"), asks("placed_at", "on", "2024-05-21")), 2),
        (any_of(asks("total", ">", "20"), asks("total", "is_not_set")), 2),
        (all_of(asks("total", ">", "20"), asks("placed_at", "on", "2024-05-11")), 1),
        (all_of(any_of(asks("total", "<", "20"), asks("total", ">", "20"))), 2),
        # Not (unknown and false) is true: the third row counts.
        (all_of(asks("total", ">", "20"), asks("placed_at", "on", "2024-05-11"), **{"not": True}), 2),
    ],
)
def test_rows_whose_test_is_unknown_do_not_count(where: dict[str, Any], rows: int) -> None:
    assert holds(THREE_ORDERS, count("=", str(rows), where=where)) is True


# Zero is an answer.
def test_no_orders_lately_includes_who_never_ordered() -> None:
    none_lately = count("=", "0", window={"last": 90, "unit": "day"})
    assert holds(NEVER_ORDERED, none_lately) is True
    assert holds(THREE_ORDERS, none_lately) is False


def test_last_order_long_ago_does_not() -> None:
    long_ago = behaviour("orders", "max", "not_last", {"n": 90, "unit": "day"}, of="placed_at")
    assert holds(NEVER_ORDERED, long_ago) is None
    assert holds(shop(order(1, "2024-03-13T23:59:59")), long_ago) is True
    assert holds(shop(order(1, "2024-03-14T00:00")), long_ago) is False


def test_a_sum_over_nothing_is_zero_and_an_average_unknown() -> None:
    assert holds(NEVER_ORDERED, behaviour("orders", "sum", "=", "0", of="total")) is True
    assert holds(NEVER_ORDERED, behaviour("orders", "avg", "=", "0", of="total")) is None
    assert holds(NEVER_ORDERED, behaviour("orders", "min", "is_not_set", of="placed_at")) is True


# Attributes.
def test_not_france_leaves_out_customers_without_a_country() -> None:
    not_france = attribute("country", "!=", "FR")
    assert holds(shop(country="pl"), not_france) is True
    assert holds(shop(country=" fr"), not_france) is False
    assert holds(shop(country=" "), not_france) is None
    assert holds(shop(), not_france) is None


@pytest.mark.parametrize(("if_unknown", "expected"), [("no", False), ("yes", True), ("unknown", None), (None, None)])
def test_if_unknown(if_unknown: str | None, expected: bool | None) -> None:
    leaf = attribute("country", "!=", "FR", if_unknown=if_unknown)
    assert holds(shop(), leaf) is expected
    assert holds(shop(country="FR"), leaf) is False


def test_if_unknown_acts_before_a_negation() -> None:
    leaf = attribute("country", "!=", "FR", if_unknown="yes")
    assert holds(shop(), all_of(leaf, **{"not": True})) is False


def test_a_time_to_come_is_neither_last_nor_not_last() -> None:
    week = {"n": 7, "unit": "day"}
    world = shop(joined_at=at("2024-06-12T10:00:01"))
    assert holds(world, attribute("joined_at", "last", week)) is False
    assert holds(world, attribute("joined_at", "not_last", week)) is False
    assert holds(world, attribute("joined_at", "next", week)) is True


def test_sub_seconds_are_floored_of_the_value_and_of_now() -> None:
    world = shop(joined_at=at("2024-06-12T10:00:00.9"))
    leaf = attribute("joined_at", "last", {"n": 1, "unit": "minute"})
    assert holds(world, leaf, now="2024-06-12T10:00:00.1") is True
    assert holds(world, leaf, now="2024-06-12T10:01:00.95") is True
    assert holds(world, leaf, now="2024-06-12T10:01:01") is False


# Behaviours.
def test_rows_later_than_now_never_count() -> None:
    world = shop(order(1, "2024-06-12T10:00:00.5", "10"), order(2, "2024-06-12T10:00:01", "20"))
    assert holds(world, count("=", "1")) is True
    assert holds(world, behaviour("orders", "sum", "=", "10", of="total")) is True


def test_a_row_without_a_time_counts_only_under_no_window() -> None:
    world = shop(order(1, None, "10"))
    assert holds(world, count("=", "1")) is True
    assert holds(world, count("=", "0", window={"since": "1970-01-01"})) is True
    assert holds(world, behaviour("orders", "min", "before", "2100-01-01", of="placed_at")) is None


def test_new_customers() -> None:
    new = behaviour("orders", "min", "last", {"n": 30, "unit": "day"}, of="placed_at")
    assert holds(shop(order(1, "2024-05-12T23:00"), order(2, "2024-06-01T00:00")), new) is True
    assert holds(shop(order(1, "2024-05-12T22:59:59"), order(2, "2024-06-01T00:00")), new) is False


def test_money_is_rounded_row_by_row() -> None:
    world = shop(order(1, "2024-06-01T00:00", "0.005"), order(2, "2024-06-01T00:00", "0.005"))
    assert holds(world, behaviour("orders", "sum", "=", "0", of="total")) is True


def test_an_average_is_not_rounded() -> None:
    world = shop(*(order(number, "2024-06-01T00:00", total) for number, total in enumerate(("10", "10", "11"))))
    assert holds(world, behaviour("orders", "avg", ">", "10.33", of="total")) is True
    assert holds(world, behaviour("orders", "avg", "<", "10.34", of="total")) is True


def test_an_amount_in_another_currency_is_missing() -> None:
    world = shop(order(1, "2024-06-01T00:00", "10", currency="EUR"))
    assert holds(world, count("=", "1", where=all_of(asks("total", "is_not_set")))) is True
    assert holds(world, behaviour("orders", "sum", "<", "1000", of="total")) is None


def test_net_spend_in_a_year() -> None:
    refund = {"person": ALICE, "amount": 4, "at": at("2024-06-02T00:00"), "currency": None, "order_id": None}
    old_refund = {**refund, "at": at("2023-06-12T22:59:59")}
    world = shop(order(1, "2024-06-01T00:00", "10"), refunds=(refund, old_refund))
    year = {"last": 365, "unit": "day"}  # from 13 June 2023, summer time
    assert holds(world, behaviour("spend", "sum", "=", "6", of="amount", window=year)) is True
    assert holds(world, behaviour("spend", "sum", "=", "2", of="amount")) is True
    assert holds(world, behaviour("spend", "count", "=", "1", where=all_of(asks("amount", "<", "0")), window=year)) is True


def test_lines_are_measured_at_the_time_of_their_order() -> None:
    lines = tuple({"order_id": f"A{number}", "quantity": 2, "line_total": None} for number in (1, 2))
    world = shop(order(1, "2024-06-10T23:00"), order(2, "2024-06-10T22:59:59"), lines=lines)
    last_day = {"last": 1, "unit": "day"}
    assert holds(world, behaviour("order_lines", "sum", "=", "2", of="quantity", window=last_day)) is True
    assert holds(world, behaviour("order_lines", "sum", "=", "4", of="quantity")) is True


def test_two_tests_bind_the_same_row() -> None:
    world = shop(
        order(1, "2024-06-01T00:00", "100", channel="web"),
        order(2, "2024-06-01T00:00", "10", channel="APP"),
    )
    dear_app_order = all_of(asks("total", ">=", "100"), asks("channel", "=", "app"))
    assert holds(world, count("=", "0", where=dear_app_order)) is True


# The tree.


@pytest.mark.parametrize(
    ("node", "expected"),
    [
        (all_of(TRUE, UNKNOWN), None),
        (all_of(FALSE, UNKNOWN), False),
        (any_of(TRUE, UNKNOWN), True),
        (any_of(FALSE, UNKNOWN), None),
        (all_of(UNKNOWN, **{"not": True}), None),
        (all_of(FALSE, UNKNOWN, **{"not": True}), True),
        (any_of(all_of(TRUE, UNKNOWN), all_of(FALSE, **{"not": True})), True),
        (at_least(2, TRUE, TRUE, UNKNOWN), True),
        (at_least(2, TRUE, UNKNOWN, FALSE), None),
        (at_least(2, TRUE, FALSE, FALSE), False),
        (all_of(any_of(all_of(any_of(FALSE, UNKNOWN), **{"not": True}), FALSE)), None),
    ],
)
def test_kleene_to_any_depth(node: dict[str, Any], expected: bool | None) -> None:
    assert holds(NEVER_ORDERED, node) is expected


def test_the_root_may_be_negated_and_an_or() -> None:
    assert holds(NEVER_ORDERED, FALSE, TRUE, combinator="or") is True
    negated = rule(FALSE, TRUE, combinator="or", **{"not": True})
    assert truth(negated, NEVER_ORDERED, ALICE, NOON_IN_JUNE) is False


def test_defaults_may_be_left_out() -> None:
    stored = {"version": 1, "semantics": 1, "base_currency": "GBP", "rules": [TRUE]}
    assert truth(stored, NEVER_ORDERED, ALICE, NOON_IN_JUNE) is True


def test_leaf_truths_have_pointers_and_come_after_if_unknown() -> None:
    assumed = {**UNKNOWN, "if_unknown": "no"}
    stored = rule(TRUE, any_of(UNKNOWN, all_of(assumed, FALSE, **{"not": True})))
    assert leaf_truths(stored, NEVER_ORDERED, ALICE, NOON_IN_JUNE) == {
        "/rules/0": True,
        "/rules/1/rules/0": None,
        "/rules/1/rules/1/rules/0": False,
        "/rules/1/rules/1/rules/1": False,
    }


def test_members_are_those_for_whom_the_root_is_true() -> None:
    people = tuple({"key": f"user:{number}", "country": country} for number, country in enumerate(("FR", "PL", None)))
    world = OracleShop("Europe/London", "GBP", people, {"orders": (), "order_lines": (), "refunds": ()})
    assert members(rule(attribute("country", "=", "fr")), world, NOON_IN_JUNE) == {"user:0"}
    assert members(rule(attribute("country", "!=", "fr")), world, NOON_IN_JUNE) == {"user:1"}
    assert members(rule(attribute("country", "!=", "fr", if_unknown="yes")), world, NOON_IN_JUNE) == {"user:1", "user:2"}


def test_nobody_is_a_member_of_an_empty_shop() -> None:
    world = OracleShop("Europe/London", "GBP", (), {"orders": (), "order_lines": ()})
    assert members(rule(TRUE), world, NOON_IN_JUNE) == set()


# What is refused.
@pytest.mark.parametrize("change", [{"version": 2}, {"semantics": 2}, {"base_currency": "EUR"}, {"rules": []}])
def test_roots_that_are_refused(change: dict[str, Any]) -> None:
    with pytest.raises(ValueError, match=r"version|currency|empty"):
        truth({**rule(count("=", "0")), **change}, NEVER_ORDERED, ALICE, NOON_IN_JUNE)


@pytest.mark.parametrize(
    "node",
    [
        {"kind": "mood", "field": "customer.mood"},
        {"combinator": "xor", "rules": [count("=", "0")]},
        behaviour("orders", "median", "=", "0", of="total"),
        behaviour("carts", "count", "=", "0"),
        attribute("shoe_size", "=", "40"),
        attribute("country", "=", "FR", if_unknown="maybe"),
    ],
)
def test_nodes_that_are_not_known_here(node: dict[str, Any]) -> None:
    with pytest.raises(KeyError):
        truth(rule(node), shop(country=None), ALICE, NOON_IN_JUNE)


def test_a_person_who_is_not_there() -> None:
    with pytest.raises(KeyError):
        truth(rule(count("=", "0")), NEVER_ORDERED, "user:9", NOON_IN_JUNE)
