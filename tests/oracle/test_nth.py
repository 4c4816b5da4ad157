from __future__ import annotations

from typing import Any

import pytest

from .worlds import ALICE, all_of, asks, at, days, event, holds, order, shop

THREE = shop(
    order(1, "2024-05-01T10:00", "100", channel="web"),
    order(2, "2024-05-11T10:00", "30", channel="app"),
    order(3, "2024-05-21T10:00", None, channel="web"),
)


def nth(which: Any, *tests: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"kind": "nth", "field": "orders", "which": which, "test": all_of(*tests), **more}


@pytest.mark.parametrize(
    ("which", "expected"), [("first", True), (1, True), (2, False), ("2", False), (3, None), ("last", None), (4, None)]
)
def test_the_row_is_tested(which: Any, expected: bool | None) -> None:
    assert holds(THREE, nth(which, asks("total", ">=", "100"))) is expected


def test_it_is_the_nth_of_those_that_match() -> None:
    web = all_of(asks("channel", "=", "web"))
    assert holds(THREE, nth(2, asks("placed_at", "on", "2024-05-21"), where=web)) is True
    assert holds(THREE, nth("first", asks("placed_at", "on", "2024-05-11"), window={"since": "2024-05-02"})) is True
    # "Last app order is older than 60 days."
    app = all_of(asks("channel", "=", "app"))
    old = nth("last", asks("placed_at", "not_last", days(60)), where=app)
    assert (holds(THREE, old), holds(THREE, old, now="2024-07-11T10:00")) == (False, True)


def test_without_such_a_row_it_is_unknown() -> None:
    assert holds(shop(), nth("first", asks("total", ">=", "100"))) is None
    assert holds(shop(), nth("first", asks("total", ">=", "100"), if_unknown="no")) is False
    assert holds(THREE, nth("last", asks("total", "is_set"), window={"since": "2024-06-01"})) is None


@pytest.mark.parametrize(
    ("keys", "first"),
    [
        # As texts A10 comes before A9; as numbers 9 comes before 10.
        (["A9", "A10"], "A10"),
        ([9, 10], 9),
        ([10, 9], 9),
    ],
)
def test_equal_times_are_ordered_by_row_key(keys: list[Any], first: Any) -> None:
    # The fraction of a second is not seen.
    moments = ("2024-05-01T10:00:00.5", "2024-05-01T10:00")
    world = shop(
        *(
            order(number, moment, order_id=key, channel=str(key))
            for number, (key, moment) in enumerate(zip(keys, moments, strict=True))
        )
    )
    assert holds(world, nth("first", asks("channel", "=", str(first)))) is True
    assert holds(world, nth("last", asks("channel", "=", str(first)))) is False


def test_rows_without_a_key_of_their_own_are_ordered_by_pk_or_else_as_they_stand() -> None:
    same = "2024-05-01T10:00"
    last = {"kind": "nth", "field": "events", "which": "last", "test": all_of(asks("kind", "=", "b"))}
    assert holds(shop(more={"events": (event("a", same), event("b", same))}), last) is True
    assert holds(shop(more={"events": (event("a", same, pk=10), event("b", same, pk=9))}), last) is False


def test_rows_without_a_time_and_rows_to_come_have_no_place() -> None:
    world = shop(order(1, None, "1"), order(2, "2024-05-01T10:00", "2"), order(3, "2024-06-12T10:00:01", "3"))
    for which in ("first", "last", 1):
        assert holds(world, nth(which, asks("total", "=", "2"))) is True
    assert holds(world, nth(2, asks("total", "is_set"))) is None


def test_of_equal_times_spend_takes_orders_before_refunds() -> None:
    refund = {"person": ALICE, "amount": 4, "at": at("2024-05-01T10:00"), "currency": None, "order_id": None}
    world = shop(order(1, "2024-05-01T10:00", "10"), refunds=(refund,))
    last = {"kind": "nth", "field": "spend", "which": "last", "test": all_of(asks("amount", "=", "-4"))}
    assert holds(world, last) is True


def test_what_is_refused() -> None:
    with pytest.raises(ValueError, match="no row 0"):
        holds(THREE, nth(0, asks("total", "is_set")))
    untimed = shop(more={"wishlist_items": ()}, settings={"kinds": {"wishlist_items.priority": "number"}})
    with pytest.raises(ValueError, match="no times"):
        holds(untimed, {**nth("first", asks("priority", "is_set")), "field": "wishlist_items"})
