from __future__ import annotations

from personalization.recommend.learning.split import inner_moment
from tests.personalization.recommend.learning.bought import DAY, bought


def test_the_cut_leaves_26_percent_of_the_time_behind() -> None:
    assert inner_moment(bought([("a", 0, "x"), ("a", 100, "x")])) == 74 * DAY


def test_where_all_is_bought_at_once_there_is_no_cut() -> None:
    assert inner_moment(bought([("a", 5, "x"), ("b", 5, "y")])) is None
    assert inner_moment(bought([])) is None
