from __future__ import annotations

import pytest

from personalization.recommend.serving.merchandising import Rule
from personalization.recommend.serving.ranking import ranked
from personalization.recommend.strategies.base import Candidate, Why
from tests.personalization.recommend.making import of_everyone, products
from tests.personalization.recommend.serving.conftest import Shop

FOUR = [Candidate(name, -score, Why.TRENDING) for score, name in enumerate("abcd")]


def order(pull: dict[str, float] | None = None, **factors: float) -> list[tuple[str, float]]:
    known = products("a", "b", "c", "d")
    factor = (lambda product: factors.get(product.id, 1.0)) if factors else None
    return [(one.product, score) for one, score in ranked(FOUR, known, pull=pull or {}, factor=factor)]


def test_places_are_scores_whatever_the_strategys_own_were() -> None:
    assert order() == [("a", 1.0), ("b", 0.75), ("c", 0.5), ("d", 0.25)]


def test_a_factor_of_two_puts_the_middle_beside_the_front_and_equal_ones_stay_as_they_were() -> None:
    assert order(c=2) == [("a", 1.0), ("c", 1.0), ("b", 0.75), ("d", 0.25)]
    assert order(c=2.1)[0] == ("c", 1.05)


def test_a_factor_below_one_sinks() -> None:
    assert order(a=0.5) == [("b", 0.75), ("a", 0.5), ("c", 0.5), ("d", 0.25)]


def test_the_session_adds_before_the_owner_multiplies() -> None:
    assert order({"d": 0.5}, d=2)[0] == ("d", 1.5)


def test_of_nothing_there_is_no_order() -> None:
    assert ranked([], {}, pull={"a": 1.0}, factor=None) == []


@pytest.mark.parametrize(("kind", "value"), [("product", "b"), ("category", "Lamps"), ("brand", "Acme")])
def test_an_owner_boosts_products_categories_and_brands(shop: Shop, kind: str, value: str) -> None:
    shop.lists = of_everyone(best=["a", "b", "c"])
    shop.stock = products("a", "c") | products("b", category="Lamps", brand="Acme")
    shop.rules = [Rule(action="boost", kind=kind, value=value, factor=2.0)]
    assert shop.names("best_sellers") == ["b", "a", "c"]


def test_boosts_of_one_product_multiply(shop: Shop) -> None:
    shop.lists, shop.stock = of_everyone(best=["a", "b", "c", "d"]), products("a", "b", "c", "d", brand="Acme")
    shop.rules = [
        Rule(action="boost", kind="product", value="d", factor=2.0),
        Rule(action="boost", kind="product", value="d", factor=3.0),
    ]
    assert [(item.id, item.score) for item in shop.answer("best_sellers").items][:2] == [("d", 1.5), ("a", 1.0)]


def test_a_boost_moves_nothing_out_of_its_strategy(shop: Shop) -> None:
    shop.lists, shop.stock = of_everyone(best=["a"], trending=["b"]), products("a", "b")
    shop.rules = [Rule(action="boost", kind="product", value="b", factor=100.0)]
    assert shop.names("best_sellers") == ["a", "b"]
