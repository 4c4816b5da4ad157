from __future__ import annotations

from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import of_product, offered

LISTS = of_product("old", similar=["a", "b"], together=["c"]) | of_product("older", similar=["x"])


def test_the_last_view_with_neighbours_is_the_one() -> None:
    found = offered("because_you_viewed", LISTS, viewed=("unknown", "old", "older"))
    assert found == [("a", Why.BECAUSE_VIEWED, "old"), ("c", Why.BECAUSE_VIEWED, "old"), ("b", Why.BECAUSE_VIEWED, "old")]


def test_what_the_page_is_about_is_not_what_was_looked_at_before() -> None:
    found = offered("because_you_viewed", LISTS, viewed=("old", "older"), products=("old",))
    assert [name for name, *_ in found] == ["x"]


def test_long_ago_is_too_long_ago() -> None:
    assert offered("because_you_viewed", LISTS, viewed=("1", "2", "3", "4", "5", "old")) == []
