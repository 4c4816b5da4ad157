from __future__ import annotations

import pytest

from personalization.recommend.serving.session import WEIGHT, pull
from tests.personalization.recommend.making import ALICE, of_alice, of_product, products
from tests.personalization.recommend.serving.conftest import Shop


def test_without_views_nothing_rises() -> None:
    assert pull(of_product("v", similar=["a"]), ()) == {}


def test_what_is_nearest_to_the_only_view_rises_by_the_weight() -> None:
    assert pull(of_product("v", similar=["a", "b"]), ("v",)) == {"a": WEIGHT, "b": WEIGHT / 2}


def test_older_views_count_less() -> None:
    lists = of_product("v", similar=["a"]) | of_product("w", together=["b", "a"])
    # 0.5 · (1 · 1 + 0.8 · 0.5) / 1.8 and 0.5 · (0.8 · 1) / 1.8
    assert pull(lists, ("v", "w")) == {"a": pytest.approx(0.7 / 1.8), "b": pytest.approx(0.4 / 1.8)}


def test_five_views_count() -> None:
    lists = of_product("v", similar=["a"])
    assert pull(lists, ("1", "2", "3", "4", "5", "v")) == {}
    assert list(pull(lists, ("1", "2", "3", "4", "v"))) == ["a"]


@pytest.mark.parametrize("slug", ["for_you", "discover", "buy_again"])
def test_lists_of_a_person_follow_the_session(shop: Shop, slug: str) -> None:
    names = ["a", "b", "c", "d"]
    shop.lists = of_alice(next=names, new=names, again=names) | of_product("v", similar=["d"], together=["x", "b"])
    shop.stock = products(*names, "v")
    assert shop.names(slug, 4, person=ALICE) == names
    # a 1, b .75 + .25, c .5, d .25 + .5: a and b stay as they were
    assert shop.names(slug, 4, person=ALICE, viewed=("v",)) == ["a", "b", "d", "c"]


def test_other_lists_do_not(shop: Shop) -> None:
    shop.lists = of_product("p", similar=["a", "b"]) | of_product("v", similar=["b"])
    shop.stock = products("a", "b", "p", "v")
    assert shop.names("similar", 2, products=("p",), viewed=("v",)) == ["a", "b"]
    assert shop.keys == [["product:p", "everyone"]]
