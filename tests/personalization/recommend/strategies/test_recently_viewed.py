from __future__ import annotations

from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import offered


def test_the_last_one_is_in_front_and_each_is_there_once() -> None:
    found = offered("recently_viewed", viewed=("b", "a", "b", "c"))
    assert found == [("b", Why.VIEWED, ""), ("a", Why.VIEWED, ""), ("c", Why.VIEWED, "")]
