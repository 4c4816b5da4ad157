from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

from personalization.recommend.serving.asking import asked_of, ids_of
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.registry import STRATEGIES, strategy_of
from tests.personalization.recommend.making import ALICE, NOW

PUBLIC = {
    "bought_together", "similar", "complements", "up_sell", "from_search", "trending", "best_sellers", "new_arrivals",
    "back_in_stock", "price_drop", "on_sale", "pinned",
}  # fmt: skip


class Visitor:
    """Alice in France, who looked at a lamp, and says what was asked of her."""

    def __init__(self, word: bool | None = True, may_follow: bool = True) -> None:
        self.said: dict[str, Any] = {"word": word, "may_follow": may_follow}
        self.asked: set[str] = set()
        self.is_personal = False

    def make_personal(self) -> None:
        self.is_personal = True

    def _ask(self, name: str) -> Any:
        self.asked.add(name)
        return self.said.get(name)

    word = property(lambda self: self._ask("word"))
    may_follow = property(lambda self: self._ask("may_follow"))
    location = property(lambda self: self._ask("location") or SimpleNamespace(country="FR"))
    key = property(lambda self: self._ask("key") or ALICE)
    segments = property(lambda self: self._ask("segments") or frozenset({"vip"}))
    viewed = property(lambda self: self._ask("viewed") or ("lamp",))


def ask(slug: str, visitor: Any = None, **given: Any) -> Asked:
    return asked_of(visitor, strategy_of(slug), now=NOW, **given)


def test_of_somebody_who_may_be_followed_all_is_asked_that_the_strategy_and_its_chain_need() -> None:
    asked = ask("for_you", Visitor())
    assert (asked.person, asked.segments, asked.viewed, asked.country) == (ALICE, {"vip"}, ("lamp",), "FR")


@pytest.mark.parametrize("who", [Visitor(word=False, may_follow=True), Visitor(word=None, may_follow=False)])
def test_of_somebody_who_may_not_be_followed_the_place_alone_is(who: Visitor) -> None:
    asked = ask("for_you", who)
    assert (asked.person, asked.segments, asked.viewed, asked.country) == ("", frozenset(), (), "FR")
    assert who.asked <= {"word", "may_follow", "location"}


def test_a_visitor_without_an_account_has_no_row_of_their_own() -> None:
    visitor = Visitor()
    visitor.said["key"] = "visitor:abc"
    assert ask("for_you", visitor).person == ""
    assert ask("for_you", visitor).viewed == ("lamp",)


@pytest.mark.parametrize("slug", STRATEGIES)
def test_what_needs_nothing_of_anybody_leaves_the_page_to_everyone(slug: str) -> None:
    visitor = Visitor()
    ask(slug, visitor)
    assert visitor.is_personal is (slug not in PUBLIC)
    if slug in PUBLIC:
        assert visitor.asked == set()


def test_only_what_is_needed_is_asked() -> None:
    visitor = Visitor()
    asked = ask("trending_country", visitor)
    assert (asked.country, asked.person) == ("FR", "")
    assert visitor.asked == {"location", "word", "may_follow"}
    assert ask("buy_again", Visitor()).country == ""
    assert ask("buy_again", Visitor()).viewed == ("lamp",)  # it follows the session


@pytest.mark.parametrize("given", [{"basket": ["1"]}, {"wishes": ["1"]}])
def test_a_page_with_somebodys_cart_is_hers(given: dict[str, Any]) -> None:
    visitor = Visitor()
    ask("best_sellers", visitor, **given)
    assert visitor.is_personal


def test_nobody_in_particular_has_what_the_page_gives() -> None:
    asked = ask("for_you", None, product=5, basket=[1, "2"], wishes=(3,), query=" lamp ", missing="4.50", shown={"9"})
    assert asked == Asked(
        now=NOW,
        products=("5",),
        basket=("1", "2"),
        wishes=("3",),
        query=" lamp ",
        missing=Decimal("4.50"),
        shown=frozenset({"9"}),
    )


def test_nothing_is_nothing() -> None:
    assert ask("for_you", None, product="", basket=None, wishes="", query=None, missing="") == Asked(now=NOW)


def test_what_no_database_can_be_asked_is_left_out() -> None:
    asked = ask("for_you", None, product="\0", basket=["7\0", 8], query="la\0mp")
    assert (asked.products, asked.basket, asked.query) == ((), ("8",), "lamp")


LAMP = SimpleNamespace(pk=7)


@pytest.mark.parametrize(
    ("given", "ids"),
    [
        (None, []),
        ("", []),
        ("7", ["7"]),
        (7, ["7"]),
        (0, ["0"]),
        (LAMP, ["7"]),
        ([LAMP, 7, "8"], ["7", "8"]),
        ([SimpleNamespace(pk=1, product=LAMP)], ["7"]),
        ([SimpleNamespace(pk=1, product_id=7, product=None)], ["7"]),
        ([{"product": LAMP}, {"product_id": 8}, {"id": 9}, {}], ["7", "8", "9"]),
        ({"product_id": 7}, ["7"]),
        ([None, ""], []),
        ((number for number in (1, 2)), ["1", "2"]),
    ],
)
def test_products_are_given_in_many_ways(given: Any, ids: Sequence[str]) -> None:
    assert ids_of(given) == tuple(ids)
