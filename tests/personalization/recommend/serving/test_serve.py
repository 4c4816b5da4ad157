from __future__ import annotations

from typing import Any

import pytest

from personalization.errors import UnknownStrategy
from personalization.recommend.serving.serve import MOST, recommend
from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import ALICE, asked, of_alice, of_everyone, of_product, product, products
from tests.personalization.recommend.serving.conftest import Shop


def test_a_list_is_filled_by_the_chain_and_says_what_came_from_where(shop: Shop) -> None:
    shop.lists = of_alice(next=["a", "b"], bought=["a"]) | of_everyone(trending=["b", "c"], best=["d", "e"])
    shop.stock = products("a", "b", "c", "d", "e")
    answer = shop.answer("for_you", 4, person=ALICE)
    assert [(item.id, item.position, item.source, item.why) for item in answer.items] == [
        ("a", 1, "for_you", Why.BOUGHT_BEFORE),
        ("b", 2, "for_you", Why.TASTE),
        ("c", 3, "trending", Why.TRENDING),
        ("d", 4, "best_sellers", Why.BEST_SELLER),
    ]
    assert (answer.strategy, answer.version, answer.heading) == ("for_you", 7, "For you")
    assert {item.propensity for item in answer.items} == {1.0}


def test_lists_and_products_are_asked_for_once(shop: Shop) -> None:
    shop.lists = of_alice(next=["a"]) | of_everyone(trending=["a", "b"]) | of_product("v", similar=["c"])
    shop.stock = products("a", "b", "c", "v")
    assert shop.names("for_you", person=ALICE, viewed=("v",), basket=("x",)) == ["a", "c", "b"]
    assert shop.keys == [["person:user:17", "product:v", "everyone"]]
    assert shop.ids == [["x", "a", "c", "v", "b"]]


def test_what_is_lacking_of_a_strategy_leaves_it_out(shop: Shop) -> None:
    shop.lists = of_alice(next=["a"]) | of_everyone(best=["b"])
    shop.stock = products("a", "b")
    answer = shop.answer("for_you")
    assert [item.id for item in answer.items] == ["b"]
    assert answer.heading == "Best sellers"
    assert shop.keys == [["everyone"]]


def test_where_nothing_is_trained_the_answer_is_empty(shop: Shop) -> None:
    shop.version = None
    answer = shop.answer("for_you", person=ALICE)
    assert (answer.items, answer.version, answer.heading) == ([], None, "")


def test_what_needs_no_lists_asks_for_none(shop: Shop) -> None:
    shop.stock = products("a", "b")
    assert shop.names("recently_viewed", viewed=("b", "a", "gone")) == ["b", "a"]
    assert shop.keys == []


def test_an_unknown_strategy_is_told_with_those_there_are(shop: Shop) -> None:
    with pytest.raises(UnknownStrategy, match=r"best_sellers.*trending"):
        shop.answer("for-you")


@pytest.mark.parametrize("limit", [0, -3])
def test_a_list_of_nothing_is_refused(shop: Shop, limit: int) -> None:
    with pytest.raises(ValueError, match="at least one"):
        recommend("trending", asked(), limit=limit)


def test_a_huge_limit_gets_the_most(shop: Shop, personalize: Any) -> None:
    names = [f"p{number:03}" for number in range(90)]
    shop.lists = of_everyone(best=names)
    shop.stock = products(*names)
    assert shop.names("best_sellers", 10**9) == names[:MOST]


def test_a_page_about_very_many_products_has_recommendations_too(shop: Shop) -> None:
    shop.lists = of_everyone(best=["a", "b"])
    shop.stock = products("a", "b")
    assert shop.names("best_sellers", products=tuple(f"p{number}" for number in range(700))) == ["a", "b"]


def test_of_what_fills_a_list_less_is_asked_for_than_of_what_makes_it(shop: Shop) -> None:
    names = [f"p{number:03}" for number in range(200)]
    shop.lists = of_alice(next=names[:100]) | of_everyone(best=names[100:])
    shop.stock = products(*names)
    assert len(shop.names("for_you", 50, person=ALICE)) == 50
    assert shop.names("for_you", 8, person=ALICE) == names[:8]
    assert [len(ids) for ids in shop.ids] == [80 + 100, 80]
    assert shop.names("for_you", 8) == names[100:108]
    assert len(shop.ids[-1]) == 80  # where nobody is known the chain is what makes the list


def test_where_nearly_all_of_plenty_may_not_be_shown_the_chain_is_asked_for_too(shop: Shop) -> None:
    names = [f"p{number:03}" for number in range(90)]
    shop.lists = of_alice(next=names[:50]) | of_everyone(best=names[50:])
    shop.stock = products(*names[:2], *names[50:]) | products(*names[2:50], stock=0)
    assert shop.names("for_you", 4, person=ALICE) == ["p000", "p001", "p050", "p051"]
    assert shop.ids == [names[:50], names[50:70]]


def test_what_was_removed_is_told_to_those_who_ask(shop: Shop) -> None:
    shop.lists = of_everyone(best=["gone", "off", "a", "b"])
    shop.stock = products("a", "b") | {"off": product("off", is_active=False)}
    answer = shop.answer("best_sellers", 1, keeps_removed=True)
    assert [(one.product, one.title, one.source, one.rule) for one in answer.removed] == [
        ("gone", "", "best_sellers", "gone"),
        ("off", "Product off", "best_sellers", "inactive"),
    ]
    assert shop.answer("best_sellers", 1).removed == []
