from __future__ import annotations

from typing import Any

import pytest

from . import OracleShop
from .worlds import all_of, asks, days, event, holds, hours, order, shop


def step(field: str, kind: str | None = None) -> dict[str, Any]:
    return {"field": field} if kind is None else {"field": field, "where": all_of(asks("kind", "=", kind))}


def sequence(*steps: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "sequence", "steps": list(steps), **more}


CART, CHECKOUT, ORDER = step("events", "add_to_cart"), step("events", "checkout"), step("orders")


def world(*events: tuple[str, str | None], orders: tuple[str | None, ...] = ()) -> OracleShop:
    """Each event keeps its place as its row key."""
    did = tuple(event(kind, moment) for kind, moment in events)
    return shop(*(order(number, moment) for number, moment in enumerate(orders)), more={"events": did})


DAY_1, DAY_2, DAY_3 = "2024-06-01T10:00", "2024-06-02T10:00", "2024-06-03T10:00"


def test_rows_one_after_another() -> None:
    leaf = sequence(CART, CHECKOUT)
    assert holds(world(("add_to_cart", DAY_1), ("checkout", DAY_2)), leaf) is True
    assert holds(world(("add_to_cart", DAY_2), ("checkout", DAY_1)), leaf) is False
    assert holds(world(("checkout", DAY_1), ("add_to_cart", DAY_2), ("checkout", DAY_3)), leaf) is True
    assert holds(world(("add_to_cart", DAY_1)), leaf) is False
    assert holds(shop(more={"events": ()}), leaf) is False


def test_no_row_is_taken_twice() -> None:
    twice = sequence(step("events"), step("events"))
    assert holds(world(("checkout", DAY_1)), twice) is False
    assert holds(world(("checkout", DAY_1), ("checkout", DAY_1)), twice) is True


def test_equal_times_follow_the_row_key_within_one_relation_only() -> None:
    leaf = sequence(CART, CHECKOUT)
    assert holds(world(("add_to_cart", DAY_1), ("checkout", DAY_1)), leaf) is True
    assert holds(world(("checkout", DAY_1), ("add_to_cart", DAY_1)), leaf) is False
    # An order and an event at one time stand in either order.
    both = world(("checkout", DAY_1), orders=(DAY_1,))
    assert holds(both, sequence(CHECKOUT, ORDER)) is True
    assert holds(both, sequence(ORDER, CHECKOUT)) is True


def test_steps_of_one_relation_keep_its_order_even_when_they_are_not_neighbours() -> None:
    leaf = sequence(CART, ORDER, CHECKOUT)
    assert holds(world(("add_to_cart", DAY_1), ("checkout", DAY_1), orders=(DAY_1,)), leaf) is True
    assert holds(world(("checkout", DAY_1), ("add_to_cart", DAY_1), orders=(DAY_1,)), leaf) is False


@pytest.mark.parametrize(
    ("last", "within", "expected"),
    [
        ("2024-06-03T10:00", days(2), True),
        ("2024-06-03T10:00:01", days(2), False),
        ("2024-06-03T10:00", hours(48), True),
        ("2024-06-08T10:00", {"n": 1, "unit": "week"}, True),
        ("2024-06-08T10:00:01", {"n": 1, "unit": "week"}, False),
        ("2024-06-01T10:00", {"n": 0, "unit": "minute"}, True),
    ],
)
def test_first_to_last_within_a_duration(last: str, within: dict[str, Any], expected: bool) -> None:
    assert holds(world(("add_to_cart", DAY_1), ("checkout", last)), sequence(CART, CHECKOUT, within=within)) is expected


def test_a_day_of_a_sequence_is_24_hours_on_the_night_when_clocks_change() -> None:
    # London, 31 March 2024: the day has 23 hours.
    one_day = sequence(CART, CHECKOUT, within=days(1))
    assert holds(world(("add_to_cart", "2024-03-30T12:00"), ("checkout", "2024-03-31T12:00")), one_day) is True
    assert holds(world(("add_to_cart", "2024-03-30T12:00"), ("checkout", "2024-03-31T12:00:01")), one_day) is False


def test_any_match_will_do() -> None:
    leaf = sequence(CART, CHECKOUT, within=hours(1))
    assert holds(world(("add_to_cart", DAY_1), ("add_to_cart", DAY_2), ("checkout", DAY_2)), leaf) is True


def test_nothing_may_come_after_the_last_step() -> None:
    left = sequence(CART, CHECKOUT, not_then=ORDER)
    carted = (("add_to_cart", DAY_1), ("checkout", DAY_2))
    assert holds(world(*carted), left) is True
    assert holds(world(*carted, orders=(DAY_1,)), left) is True
    assert holds(world(*carted, orders=(DAY_3,)), left) is False
    # Equal times count as after.
    assert holds(world(*carted, orders=(DAY_2,)), left) is False
    # What is still to come, or has no time, has not come after.
    assert holds(world(*carted, orders=("2024-06-12T10:00:01", None)), left) is True
    # A later match without an order after it is one.
    assert holds(world(*carted, ("checkout", DAY_3), orders=("2024-06-02T20:00",)), left) is True


def test_within_one_relation_only_later_rows_come_after() -> None:
    leaf = sequence(CART, not_then=step("events"))
    assert holds(world(("checkout", DAY_1), ("add_to_cart", DAY_1)), leaf) is True
    assert holds(world(("add_to_cart", DAY_1), ("checkout", DAY_1)), leaf) is False
    assert holds(world(("add_to_cart", DAY_1)), leaf) is True


def test_an_earlier_step_at_the_time_of_the_last_comes_after_it_in_another_relation() -> None:
    both = world(("checkout", DAY_1), orders=(DAY_1,))
    assert holds(both, sequence(ORDER, CHECKOUT, not_then=ORDER)) is False


def test_the_window_binds_the_steps_alone() -> None:
    leaf = sequence(CART, CHECKOUT, window={"between": ["2024-06-01", "2024-06-02"]}, not_then=ORDER)
    assert holds(world(("add_to_cart", DAY_1), ("checkout", DAY_2)), leaf) is True
    assert holds(world(("add_to_cart", "2024-05-31T10:00"), ("checkout", DAY_2)), leaf) is False
    assert holds(world(("add_to_cart", DAY_1), ("checkout", DAY_3)), leaf) is False
    assert holds(world(("add_to_cart", DAY_1), ("checkout", DAY_2), orders=(DAY_3,)), leaf) is False


def test_rows_without_a_time_are_no_steps() -> None:
    assert holds(world(("add_to_cart", None), ("checkout", DAY_2)), sequence(CART, CHECKOUT)) is False


def test_months_have_no_length() -> None:
    with pytest.raises(KeyError):
        holds(world(("add_to_cart", DAY_1), ("checkout", DAY_2)), sequence(CART, CHECKOUT, within={"n": 1, "unit": "month"}))
