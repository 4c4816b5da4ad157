from __future__ import annotations

from typing import Any

import pytest

from . import OracleShop
from .worlds import all_of, asks, at, days, holds, hours, order, shop

# On 12 June 2024, with periods of 10 days, period 1 begins on 2 June, 2 on 23 May, 3 on 13 May, 4 on 3 May.
IN_1, IN_2, IN_3, IN_4 = "2024-06-05T10:00", "2024-05-25T10:00", "2024-05-15T10:00", "2024-05-05T10:00"


def ordered(*moments: str | None, **more: Any) -> OracleShop:
    return shop(*(order(number, moment) for number, moment in enumerate(moments)), **more)


def pattern(name: str, periods: int | None = None, period: dict[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    stored = {"kind": "pattern", "field": "orders", "pattern": name, "period": period or days(10), **more}
    return stored if periods is None else {**stored, "periods": periods}


@pytest.mark.parametrize(
    ("leaf", "true", "false"),
    [
        (pattern("first_time"), [[IN_1], [IN_1, IN_1]], [[IN_2], [IN_2, IN_1], [IN_1, None, IN_4]]),
        (pattern("regularly", 1), [[IN_1]], [[IN_2]]),
        (pattern("regularly", 3), [[IN_1, IN_2, IN_3], [IN_3, IN_2, IN_1, IN_4]], [[IN_1, IN_3], [IN_2, IN_3, IN_4]]),
        (pattern("stopped", 1), [[IN_2], [IN_2, IN_4]], [[IN_1, IN_2], [IN_3], [IN_1]]),
        (pattern("stopped", 3), [[IN_2, IN_3, IN_4]], [[IN_2, IN_3], [IN_1, IN_2, IN_3, IN_4]]),
        (pattern("restarted", 1), [[IN_1, IN_3], [IN_1, IN_4]], [[IN_1], [IN_1, IN_2, IN_3], [IN_3], [IN_2]]),
        (pattern("restarted", 2), [[IN_1, IN_4], [IN_1, "2001-01-01T00:00"]], [[IN_1, IN_3], [IN_1, IN_2, IN_4], [IN_4]]),
    ],
)
def test_patterns(leaf: dict[str, Any], true: list[Any], false: list[Any]) -> None:
    assert [holds(ordered(*moments), leaf) for moments in true] == [True] * len(true)
    assert [holds(ordered(*moments), leaf) for moments in false] == [False] * len(false)


@pytest.mark.parametrize("name", ["first_time", "regularly", "stopped", "restarted"])
def test_without_rows_it_is_false_and_never_unknown(name: str) -> None:
    for world in (shop(), ordered(None), ordered("2024-06-12T10:00:01")):
        assert holds(world, pattern(name, 1)) is False


def test_periods_begin_at_midnight_and_the_first_ends_now() -> None:
    # London has summer time: midnight of 2 June is 23:00 of 1 June in UTC.
    assert holds(ordered("2024-06-01T23:00"), pattern("regularly", 1)) is True
    assert holds(ordered("2024-06-01T22:59:59"), pattern("regularly", 1)) is False
    assert holds(ordered("2024-06-01T22:59:59"), pattern("stopped", 1)) is True
    assert holds(ordered("2024-06-12T10:00"), pattern("regularly", 1)) is True
    # An order to come is not there yet.
    assert holds(ordered(IN_2, "2024-06-12T10:00:01"), pattern("stopped", 1)) is True


def test_months_are_counted_from_today() -> None:
    """On 31 May period 1 begins on 30 April, period 2 on 31 March and not on the 30th."""
    now, monthly = "2024-05-31T10:00", {"n": 1, "unit": "month"}
    assert holds(ordered("2024-04-30T10:00"), pattern("regularly", 1, monthly), now=now) is True
    assert holds(ordered("2024-04-29T10:00"), pattern("regularly", 1, monthly), now=now) is False
    assert holds(ordered("2024-03-31T10:00"), pattern("stopped", 1, monthly), now=now) is True
    assert holds(ordered("2024-03-30T10:00"), pattern("stopped", 1, monthly), now=now) is False


def test_only_rows_that_match() -> None:
    world = shop(order(1, IN_1, channel="web"), order(2, IN_2, channel="app"), order(3, IN_3, channel="web"))
    web = all_of(asks("channel", "=", "web"))
    assert holds(world, pattern("restarted", 1, where=web)) is True
    assert holds(world, pattern("restarted", 1)) is False


@pytest.mark.parametrize(
    ("leaf", "why"),
    [(pattern("stopped", 0), "0 periods"), (pattern("stopped", 61), "61"), (pattern("stopped", 1, hours(24)), "a day")],
)
def test_what_is_refused(leaf: dict[str, Any], why: str) -> None:
    with pytest.raises(ValueError, match=why):
        holds(ordered(IN_1), leaf)


def test_refunds_have_patterns_too() -> None:
    refund = {"person": "user:1", "amount": 1, "at": at(IN_1), "currency": None, "order_id": None}
    assert holds(shop(refunds=(refund,)), {**pattern("first_time"), "field": "refunds"}) is True
