from __future__ import annotations

import pytest

from personalization.recommend.learning.again import due_again, usual_gaps
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.history import History, history_of
from tests.personalization.recommend.learning.bought import DAY, Line, bought


def history(lines: list[Line], now: int) -> History:
    purchases = bought(lines)
    return history_of(purchases, catalogue_of(purchases, 1), now * DAY)


WEEKLY: list[Line] = [("a", 0, "milk"), ("a", 7, "milk"), ("a", 14, "milk"), ("a", 14, "tea")]


@pytest.mark.parametrize(("now", "items"), [(17, []), (18, [0, 1])])
def test_a_product_is_due_after_half_the_usual_time(now: int, items: list[int]) -> None:
    """Milk is bought every 7 days, and tea is taken to be, for nobody bought it twice."""
    assert due_again(history(WEEKLY, now), None).items.tolist() == items


def test_often_bought_products_stand_in_front() -> None:
    again = due_again(history(WEEKLY, 30), None)
    assert again.items.tolist() == [0, 1]
    assert again.scores.round(3).tolist() == [3.0, 1.0]
    assert again.starts.tolist() == [0, 2]


def test_the_usual_time_is_ones_own_before_others() -> None:
    lines = [*WEEKLY, ("b", 0, "milk"), ("b", 30, "milk"), ("c", 0, "milk")]
    gaps = usual_gaps(history(lines, 60)) / DAY
    median = (7 + 30) / 2
    assert gaps.tolist() == [7.0, median, 30.0, pytest.approx((14 + 30 + 5 * median) / (2 + 1 + 5))]


def test_where_nobody_buys_twice_all_is_due() -> None:
    assert due_again(history([("a", 3, "x")], 3), None).items.tolist() == [0]
