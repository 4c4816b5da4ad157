from __future__ import annotations

import pytest

from personalization.errors import NothingToLearn
from personalization.recommend.learning.choice import choose
from personalization.recommend.learning.fit import Fitted, fit
from personalization.recommend.listed import Part
from tests.personalization.recommend.learning.bought import DAY, bought, shop


@pytest.fixture(scope="module")
def fitted() -> Fitted:
    purchases = shop()
    return fit(purchases, choose(purchases), now=100 * DAY)


def test_everybody_has_lists_of_all_parts(fitted: Fitted) -> None:
    lists = dict(fitted.people())
    assert sorted(lists) == sorted(fitted.purchases.keys)
    for key, parts in lists.items():
        bought_before = {one.product for one in parts[Part.BOUGHT]}
        assert {one.product for one in parts[Part.NEW]}.isdisjoint(bought_before), key
        assert {one.product for one in parts[Part.AGAIN]} <= bought_before
        assert {one.because for one in parts[Part.NEW]} <= bought_before | {""}


def test_nothing_bought_is_nothing_to_learn() -> None:
    empty = bought([])
    with pytest.raises(NothingToLearn, match="has bought anything yet"):
        fit(empty, choose(empty), now=0)
