from __future__ import annotations

import pytest

from personalization.errors import UnknownStrategy
from personalization.recommend.listed import Part
from personalization.recommend.strategies.base import Need, Strategy, Why
from personalization.recommend.strategies.registry import STRATEGIES, strategy_of
from tests.personalization.recommend.making import ALICE, asked, listed, of_alice, of_everyone, of_product, offered, row

SLUGS = (
    "back_in_stock because_you_bought because_you_viewed best_sellers bought_together buy_again complements cross_sell discover "
    "for_you free_shipping from_search from_wishlist new_arrivals on_sale pinned price_drop recently_viewed similar trending "
    "trending_country trending_segment up_sell wishlist_low_stock"
)

ALL = pytest.mark.parametrize("strategy", STRATEGIES.values(), ids=lambda strategy: strategy.slug)

EVERYTHING = {
    "person": ALICE,
    "segments": frozenset({"vip"}),
    "viewed": ("v",),
    "country": "FR",
    "products": ("p",),
    "basket": ("b",),
    "wishes": ("w",),
    "query": "lamp",
}
HELD_BY = {
    Need.PERSON: "person",
    Need.VIEWS: "viewed",
    Need.SEGMENT: "segments",
    Need.COUNTRY: "country",
    Need.PRODUCT: "products",
    Need.BASKET: "basket",
    Need.WISHES: "wishes",
    Need.QUERY: "query",
}


def test_all_strategies_are_there_by_their_slugs() -> None:
    assert " ".join(sorted(STRATEGIES)) == SLUGS


def test_an_unknown_one_is_told_with_those_there_are() -> None:
    with pytest.raises(UnknownStrategy, match='"nonsense"; there are back_in_stock, '):
        strategy_of("nonsense")


@ALL
def test_each_has_its_file_and_its_words(strategy: Strategy) -> None:
    assert type(strategy).__module__.rsplit(".", 1)[1] == strategy.slug
    assert str(strategy.name)
    assert str(strategy.heading)


@ALL
def test_a_chain_names_others_and_each_once(strategy: Strategy) -> None:
    assert strategy.slug not in strategy.chain
    assert [slug for slug in strategy.chain if slug not in STRATEGIES] == []
    assert len(set(strategy.chain)) == len(strategy.chain)


@ALL
def test_it_is_possible_with_all_that_it_needs_and_without_any_of_it_is_not(strategy: Strategy) -> None:
    assert strategy.is_possible(asked(**EVERYTHING))
    for need in strategy.needs:
        rest = {name: value for name, value in EVERYTHING.items() if name != HELD_BY[need]}
        assert not strategy.is_possible(asked(**rest)), need


def test_a_query_of_spaces_is_none() -> None:
    assert not strategy_of("from_search").is_possible(asked(query="  "))


@ALL
def test_without_lists_it_offers_nothing_that_must_be_learned(strategy: Strategy) -> None:
    learned = {one.product for one in strategy.candidates(asked(**EVERYTHING), {})} - {"v", "w"}
    assert learned == set()


@pytest.mark.parametrize(
    ("slug", "said", "key", "part", "why", "about"),
    [
        ("buy_again", {"person": ALICE}, "person:user:17", Part.AGAIN, Why.BOUGHT_BEFORE, ""),
        ("bought_together", {"products": ("p",)}, "product:p", Part.TOGETHER, Why.TOGETHER, "p"),
        ("similar", {"products": ("p",)}, "product:p", Part.SIMILAR, Why.SIMILAR, "p"),
        ("cross_sell", {"basket": ("p",)}, "product:p", Part.TOGETHER, Why.GOES_WITH_CART, "p"),
        ("from_search", {"query": " Red  LAMP "}, "query:red lamp", Part.ITEMS, Why.SEARCHED, "Red LAMP"),
        ("trending", {}, "everyone", Part.TRENDING, Why.TRENDING, ""),
        ("trending_country", {"country": "FR"}, "country:FR", Part.TRENDING, Why.TRENDING_COUNTRY, "FR"),
        ("best_sellers", {}, "everyone", Part.BEST, Why.BEST_SELLER, ""),
        ("new_arrivals", {}, "shelf:new_arrivals", Part.ITEMS, Why.NEW_ARRIVAL, ""),
        ("on_sale", {}, "shelf:on_sale", Part.ITEMS, Why.ON_SALE, ""),
        ("price_drop", {}, "shelf:price_drop", Part.ITEMS, Why.PRICE_DROP, ""),
        ("back_in_stock", {}, "shelf:back_in_stock", Part.ITEMS, Why.BACK_IN_STOCK, ""),
    ],
)
def test_one_list_is_shown_as_it_is(slug: str, said: dict[str, object], key: str, part: Part, why: Why, about: str) -> None:
    others = {each: listed("x") for each in Part if each != part}
    lists = {key: {part: listed("b", "a"), **others}, "person:user:18": row(again=["x"]), "country:PL": row(trending=["x"])}
    assert offered(slug, lists, **said) == [("b", why, about), ("a", why, about)]


def test_pins_alone_are_no_candidates() -> None:
    everything = of_everyone(best=["a"], trending=["b"]) | of_alice(next=["c"]) | of_product("p", similar=["d"])
    assert offered("pinned", everything, person=ALICE, products=("p",)) == []
