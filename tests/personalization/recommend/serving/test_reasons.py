from __future__ import annotations

from typing import Any

import pytest
from django.utils.translation import override

from personalization.recommend.serving.merchandising import Rule
from personalization.recommend.serving.reasons import NAMES, SENTENCES, about_product, reason
from personalization.recommend.strategies.base import Candidate, Why
from tests.personalization.recommend.making import ALICE, of_alice, of_everyone, of_product, product, products
from tests.personalization.recommend.serving.conftest import Shop

LAMP = {"1": product("1", title="Red <lamp> 100%")}


@pytest.mark.parametrize("why", Why)
def test_every_reason_has_a_sentence(why: Why) -> None:
    plain = reason(Candidate("a", 1.0, why), {})
    assert plain
    assert "%" not in plain


@pytest.mark.parametrize("why", [why for why in Why if SENTENCES[why].about and why not in NAMES])
def test_a_reason_names_its_product_or_does_without(why: Why) -> None:
    assert "Red <lamp> 100%" in reason(Candidate("a", 1.0, why, "1"), LAMP)
    assert reason(Candidate("a", 1.0, why, "gone"), LAMP) == str(SENTENCES[why].plain)


@pytest.mark.parametrize(
    ("why", "about", "said"),
    [
        (Why.BECAUSE_BOUGHT, "1", "Because you bought Red <lamp> 100%"),
        (Why.TOGETHER, "1", "Often bought together with Red <lamp> 100%"),
        (Why.TRENDING_COUNTRY, "FR", "Popular right now (France)"),
        (Why.SEARCHED, "%(about)s", "Bought by people who searched for “%(about)s”"),
        (Why.TRENDING_SEGMENT, "vip", "Popular with our friends"),
        (Why.TRENDING_SEGMENT, "cheapskates", "Popular with people like you"),
        (Why.BEST_SELLER, "1", "Best seller"),
    ],
)
def test_what_it_says(why: Why, about: str, said: str, personalize: Any) -> None:
    personalize(SEGMENT_NAMES={"vip": "our friends"})
    assert reason(Candidate("a", 1.0, why, about), LAMP) == said


def test_a_country_is_called_as_the_reader_calls_it() -> None:
    with override("pl"):
        assert "Francja" in reason(Candidate("a", 1.0, Why.TRENDING_COUNTRY, "FR"), {})


def test_only_products_are_asked_of_the_shop() -> None:
    assert about_product(Candidate("a", 1.0, Why.SIMILAR, "1")) == "1"
    assert about_product(Candidate("a", 1.0, Why.TRENDING_COUNTRY, "FR")) == ""
    assert about_product(Candidate("a", 1.0, Why.SEARCHED, "1")) == ""


def test_a_heading_names_the_one_product_that_all_are_about(shop: Shop) -> None:
    shop.lists = of_product("v", similar=["a", "b"])
    shop.stock = products("a", "b", "v")
    assert shop.answer("because_you_viewed", viewed=("v",)).heading == "Because you looked at Product v"
    del shop.stock["v"]
    assert shop.answer("because_you_viewed", viewed=("v",)).heading == "Because of what you looked at"


def test_the_heading_is_that_of_what_is_in_front(shop: Shop) -> None:
    shop.lists = of_alice(next=["a"]) | of_everyone(trending=["b"])
    shop.stock = products("a", "b")
    assert shop.answer("for_you", person=ALICE).heading == "For you"
    assert shop.answer("for_you").heading == "Popular right now"


def test_a_pin_makes_no_heading_unless_there_is_nothing_else(shop: Shop) -> None:
    shop.rules = [Rule(action="pin", kind="product", value="x")]
    shop.stock = products("x", "b")
    assert shop.answer("for_you", person=ALICE).heading == "For you"
    shop.lists = of_everyone(trending=["b"])
    assert shop.answer("for_you", person=ALICE).heading == "Popular right now"
