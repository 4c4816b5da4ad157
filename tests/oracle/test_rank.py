from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from . import OracleShop, Prior, Standing, members, truth
from .worlds import ALICE, all_of, asks, at, days, order, rule

NOW = at("2024-06-12T10:00")
YESTERDAY, TODAY = "2024-06-11T10:00", "2024-06-12T09:00"


def base(*points: Any, **more: Any) -> OracleShop:
    """People user:1, user:2 … with these points."""
    people = tuple({"key": f"user:{number}", "points": each} for number, each in enumerate(points, 1))
    return OracleShop("Europe/London", "GBP", people, {"orders": (), "order_lines": (), **more})


def bought(*orders: tuple[int, str | None, str | None], people: int = 3) -> OracleShop:
    """(whose, when, how much)."""
    rows = tuple(order(number, when, total, person=f"user:{whose}") for number, (whose, when, total) in enumerate(orders))
    return base(*[None] * people, orders=rows)


def rank(operator: str, value: str, **more: Any) -> dict[str, Any]:
    return {"kind": "rank", "field": "customer.points", "operator": operator, "value": value, **more}


def by(measure: str, operator: str, value: str, **more: Any) -> dict[str, Any]:
    return {**rank(operator, value), "field": "orders", "measure": measure, **more}


def found(world: OracleShop, leaf: dict[str, Any]) -> list[int]:
    return sorted(int(key.removeprefix("user:")) for key in members(rule(leaf), world, NOW))


def answers(world: OracleShop, leaf: dict[str, Any]) -> list[bool | None]:
    return [truth(rule(leaf), world, person["key"], NOW) for person in world.people]


TEN = base(*range(10, 110, 10))


@pytest.mark.parametrize(
    ("operator", "value", "expected"),
    [
        ("top", "1", [10]),
        ("top", "3", [8, 9, 10]),
        ("bottom", "2", [1, 2]),
        ("top_percent", "10", [10]),
        # A part of a person is a whole one: 10 of 10.5 percent are 1.05.
        ("top_percent", "10.5", [9, 10]),
        ("bottom_percent", "0.1", [1]),
        ("bottom_percent", "25", [1, 2, 3]),
        ("top_percent", "100", list(range(1, 11))),
        ("top", "10", list(range(1, 11))),
        # Fewer people than places: everybody is in.
        ("top", "100", list(range(1, 11))),
    ],
)
def test_places(operator: str, value: str, expected: list[int]) -> None:
    assert found(TEN, rank(operator, value)) == expected


def test_ties_at_the_cut_off_are_all_in() -> None:
    assert found(base(30, 20, 20, 20, 10), rank("top", "2")) == [1, 2, 3, 4]
    assert found(base(30, 20, 20, 20, 10), rank("bottom", "2")) == [2, 3, 4, 5]


def test_who_has_no_value_is_unknown_and_does_not_count() -> None:
    assert answers(base(10, None, 20, 30), rank("top_percent", "34")) == [False, None, True, True]
    assert answers(base(None, None), rank("top", "1")) == [None, None]


def test_without_rows_one_is_outside() -> None:
    world = bought((1, YESTERDAY, "10"), (2, YESTERDAY, None))
    assert answers(world, by("count", "top", "5")) == [True, True, False]
    assert answers(world, by("sum", "top", "5", of="total")) == [True, None, False]
    assert answers(world, by("max", "top", "5", of="total")) == [True, None, False]
    # One order has no days between.
    assert answers(world, by("days_between", "bottom", "5")) == [False, False, False]
    paid = all_of(asks("total", ">", "20"))
    assert answers(world, by("share", "top", "5", where=paid)) == [True, True, False]
    assert answers(world, by("share", "top", "5", where=paid, of="total")) == [True, None, False]


def test_in_an_empty_base_nobody_is_in() -> None:
    world = bought((1, TODAY, "10"))
    # As of midnight nobody had ordered.
    assert answers(world, by("count", "top", "5")) == [False, False, False]


def test_the_cut_off_is_that_of_midnight_and_the_value_that_of_now() -> None:
    world = bought((1, YESTERDAY, "50"), (2, YESTERDAY, "10"), (3, TODAY, "50"))
    assert answers(world, by("sum", "top", "1", of="total")) == [True, False, True]
    assert answers(world, by("sum", "top", "2", of="total")) == [True, True, True]
    # Two had a place at midnight, so there is room for a third.
    assert answers(world, by("sum", "bottom", "3", of="total")) == [True, True, True]
    assert answers(world, by("sum", "bottom", "1", of="total")) == [False, True, False]
    # An order of today takes user:2 above the cut-off of midnight, without moving it.
    world = bought((1, YESTERDAY, "50"), (2, YESTERDAY, "10"), (2, TODAY, "45"))
    assert answers(world, by("sum", "top", "1", of="total")) == [True, True, False]


def test_midnight_is_the_shops_and_belongs_to_today() -> None:
    # 23:00 in UTC is midnight of the 12th in London.
    counted = by("count", "top", "1")
    assert answers(bought((1, "2024-06-11T23:00", "1")), counted) == [True, False, False]
    assert answers(bought((1, "2024-06-11T23:00:01", "1")), counted) == [False, False, False]


def test_the_window_at_midnight_ends_there() -> None:
    world = bought((1, "2024-06-10T22:59:59", "1"), (2, "2024-06-10T23:00", "1"))
    assert answers(world, by("count", "top", "1", window={"last": 1, "unit": "day"})) == [False, True, False]


def test_averages_and_times_are_ranked_too() -> None:
    world = bought((1, YESTERDAY, "10"), (1, YESTERDAY, "11"), (2, "2024-06-01T10:00", "10.5"), (3, "2024-06-02T10:00", "1"))
    assert answers(world, by("avg", "top", "1", of="total")) == [True, True, False]
    assert answers(world, by("min", "bottom", "1", of="placed_at")) == [False, True, False]


def test_visitors_have_no_place() -> None:
    people = ({"key": "visitor:1", "points": 100}, {"key": "user:2", "points": 10})
    world = OracleShop("Europe/London", "GBP", people, {"orders": ()})
    assert answers(world, rank("top", "1")) == [False, True]


# Who was in stays.
def stays(points: int, since: str | None, leaf: dict[str, Any]) -> bool | None:
    """Of user:1, who has so many points; the others have 50, 40, 30, 20."""
    world = base(points, 50, 40, 30, 20)
    prior = Prior("vip", standings={("vip", ALICE): Standing(None if since is None else at(since))})
    return truth(rule(leaf), world, ALICE, NOW, prior)


LONG_AGO, ENTERED = "2023-01-01T00:00", "2024-06-08T10:00"


def test_leave_at_keeps_who_was_in() -> None:
    leaf = rank("top", "1", leave_at="3")
    assert stays(50, None, leaf) is True
    assert stays(45, None, leaf) is False
    assert stays(45, LONG_AGO, leaf) is True
    assert stays(40, LONG_AGO, leaf) is True
    assert stays(30, LONG_AGO, leaf) is True
    assert stays(29, LONG_AGO, leaf) is False
    assert stays(45, LONG_AGO, rank("top_percent", "20", leave_at="40")) is True
    assert stays(35, LONG_AGO, rank("top_percent", "20", leave_at="40")) is False
    assert stays(30, LONG_AGO, rank("bottom", "1", leave_at="2")) is True
    assert stays(31, LONG_AGO, rank("bottom", "1", leave_at="2")) is False


def test_min_stay_keeps_whatever_the_value() -> None:
    assert stays(1, ENTERED, rank("top", "1", min_stay=days(5))) is True
    assert stays(1, ENTERED, rank("top", "1", min_stay=days(4))) is False
    assert stays(1, None, rank("top", "1", min_stay=days(5))) is False
    # Past the wider cut-off too, and without a value.
    assert stays(1, ENTERED, rank("top", "1", leave_at="2", min_stay=days(5))) is True
    leaf = by("count", "top", "1", min_stay=days(5))
    assert stays(1, ENTERED, leaf) is True
    assert stays(1, LONG_AGO, leaf) is False


def test_the_entry_is_floored_to_the_second_as_every_time_is() -> None:
    two_days = rank("top", "1", min_stay={"n": 48, "unit": "hour"})
    assert stays(1, "2024-06-10T10:00:00.999999", two_days) is False
    assert stays(1, "2024-06-10T10:00:01", two_days) is True


def test_an_unknown_value_is_kept_by_min_stay_alone() -> None:
    prior = Prior("vip", standings={("vip", ALICE): Standing(at(ENTERED))})
    for leaf, expected in (
        (rank("top", "1", min_stay=days(5)), True),
        (rank("top", "1", leave_at="5"), None),
        (rank("top", "1", leave_at="5", if_unknown="no"), False),
    ):
        assert truth(rule(leaf), base(None, 10), ALICE, NOW, prior) is expected


def test_without_a_memory_or_in_another_segment_the_rank_is_plain() -> None:
    leaf, world = rank("top", "1", leave_at="3", min_stay=days(5)), base(45, 50)
    standings = {("vip", ALICE): Standing(at(ENTERED))}
    assert truth(rule(leaf), world, ALICE, NOW) is False
    assert truth(rule(leaf), world, ALICE, NOW, Prior(None, standings=standings)) is False
    assert truth(rule(leaf), world, ALICE, NOW, Prior("other", standings=standings)) is False
    assert truth(rule(leaf), world, ALICE, NOW, Prior("vip", standings=standings)) is True


def test_a_segment_that_asks_for_a_rank_asks_with_the_memory_of_that_rank() -> None:
    vip = rule(rank("top", "1", leave_at="3"))
    asking = rule({"kind": "member", "segment": "vip", "operator": "in"})
    prior = Prior("asking", {"vip": vip, "asking": asking}, {("vip", ALICE): Standing(at(LONG_AGO))})
    world = base(45, 50, 40, 30)
    assert members(asking, world, NOW, prior) == {"user:1", "user:2"}
    assert members(asking, world, NOW, Prior("asking", {"vip": vip})) == {"user:2"}


def test_money_of_people_is_in_the_base_currency() -> None:
    people = tuple(
        {"key": f"user:{number}", "credit": Decimal(credit)} for number, credit in enumerate(("1.005", "1.00", "0.99"))
    )
    world = OracleShop("Europe/London", "GBP", people, {"orders": ()})
    assert answers(world, {**rank("top", "1"), "field": "customer.credit"}) == [True, True, False]
