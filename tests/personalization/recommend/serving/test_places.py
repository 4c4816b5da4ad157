from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from personalization.recommend.serving.merchandising import Rule
from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import of_everyone, product, products
from tests.personalization.recommend.serving.conftest import Shop

BEST = [f"p{number}" for number in range(8)]


@pytest.fixture(autouse=True)
def best(shop: Shop) -> None:
    """Eight best sellers."""
    shop.lists = of_everyone(best=BEST)
    shop.stock = products(*BEST, "x", "y", "z")


def pin(name: str, position: int) -> Rule:
    return Rule(action="pin", kind="product", value=name, position=position)


@pytest.mark.parametrize(
    ("pins", "expected"),
    [
        ([("x", 1)], "x p0 p1 p2"),
        ([("x", 3)], "p0 p1 x p2"),
        ([("x", 4)], "p0 p1 p2 x"),
        ([("x", 5)], "p0 p1 p2 p3"),
        ([("x", 1), ("y", 1)], "x y p0 p1"),
        ([("x", 2), ("y", 2), ("z", 3)], "p0 x y z"),
        ([("x", 4), ("y", 4)], "p0 p1 y x"),
        ([("p2", 1)], "p2 p0 p1 p3"),
        ([("x", 1), ("x", 3)], "x p0 p1 p2"),
        ([("gone", 1)], "p0 p1 p2 p3"),
    ],
)
def test_pins_stand_where_the_owner_wants_them(shop: Shop, pins: list[tuple[str, int]], expected: str) -> None:
    shop.rules = [pin(*one) for one in pins]
    assert shop.names("best_sellers", 4) == expected.split()


def test_more_pins_than_places(shop: Shop) -> None:
    shop.rules = [pin(name, 1) for name in ("x", "y", "z")]
    assert shop.names("best_sellers", 2) == ["x", "y"]


def test_where_there_are_too_few_candidates_pins_move_up(shop: Shop) -> None:
    shop.rules = [pin("x", 2), pin("y", 7)]
    shop.lists = of_everyone(best=["p0"])
    answer = shop.answer("best_sellers", 8)
    assert [(item.id, item.position, item.why) for item in answer.items] == [
        ("p0", 1, Why.BEST_SELLER),
        ("x", 2, Why.PINNED),
        ("y", 3, Why.PINNED),
    ]


def test_a_pin_that_breaks_a_rule_is_not_shown_and_told_once(shop: Shop) -> None:
    shop.rules = [pin("p1", 1)]
    shop.stock["p1"] = product("p1", stock=0)
    answer = shop.answer("best_sellers", 2, keeps_removed=True)
    assert [item.id for item in answer.items] == ["p0", "p2"]
    assert [(one.product, one.source, one.rule) for one in answer.removed] == [("p1", "best_sellers", "sold_out")]


def test_pins_count_among_their_kind(shop: Shop, personalize: Any) -> None:
    personalize(CATEGORY_CAP=1)
    shop.rules = [pin("x", 3)]
    shop.stock |= products("x", "p0", category="Lamps")
    assert shop.names("best_sellers", 3) == ["p1", "p2", "x"]


def test_pins_alone(shop: Shop) -> None:
    shop.rules = [pin("x", 5), pin("y", 9)]
    assert [(item.id, item.position) for item in shop.answer("pinned", 8).items] == [("x", 1)]


def drawn(shop: Shop, limit: int = 4, steps: int = 1000) -> dict[str, tuple[float, float]]:
    """Product of the last place -> (share of even draws it got, the propensity that it said)."""
    got: Counter[str] = Counter()
    said: dict[str, float] = {}
    for step in range(steps):
        answer = shop.answer("best_sellers", limit, draw=lambda step=step: (step + 0.5) / steps)
        assert [item.id for item in answer.items][:-1] == BEST[: limit - 1]
        assert {item.propensity for item in answer.items[:-1]} <= {1.0}
        last = answer.items[-1]
        got[last.id] += 1
        assert said.setdefault(last.id, last.propensity) == last.propensity
    return {name: (count / steps, said[name]) for name, count in got.items()}


def test_nothing_is_drawn_unless_the_shop_says_so(shop: Shop) -> None:
    assert drawn(shop, steps=10) == {"p3": (1.0, 1.0)}


def test_the_last_place_is_drawn_as_often_as_is_said(shop: Shop, personalize: Any) -> None:
    personalize(RECOMMEND_EXPLORE=0.5)
    found = drawn(shop)
    assert {name: pytest.approx(propensity) for name, (_, propensity) in found.items()} == {
        "p3": 0.6,
        "p4": 0.1,
        "p5": 0.1,
        "p6": 0.1,
        "p7": 0.1,
    }
    assert {name: share for name, (share, _) in found.items()} == {name: pytest.approx(said) for name, (_, said) in found.items()}


def test_all_may_be_drawn_evenly(shop: Shop, personalize: Any) -> None:
    personalize(RECOMMEND_EXPLORE=1.0)
    assert drawn(shop, 5) == dict.fromkeys(BEST[4:], (0.25, 0.25))


def test_a_list_of_one_place_may_be_drawn(shop: Shop, personalize: Any) -> None:
    personalize(RECOMMEND_EXPLORE=1.0)
    assert drawn(shop, 1) == dict.fromkeys(BEST, (0.125, 0.125))


def test_where_nothing_comes_next_nothing_is_drawn(shop: Shop, personalize: Any) -> None:
    personalize(RECOMMEND_EXPLORE=1.0)
    assert drawn(shop, 8, steps=10) == {"p7": (1.0, 1.0)}


def test_a_pin_at_the_end_stays_there(shop: Shop, personalize: Any) -> None:
    personalize(RECOMMEND_EXPLORE=1.0)
    shop.rules = [pin("x", 4)]
    assert drawn(shop, steps=10) == {"x": (1.0, 1.0)}


def test_what_breaks_a_rule_is_not_drawn(shop: Shop, personalize: Any) -> None:
    personalize(RECOMMEND_EXPLORE=1.0, CATEGORY_CAP=1)
    shop.stock |= products("p0", "p4", category="Lamps") | {"p5": product("p5", stock=0)}
    assert sorted(drawn(shop)) == ["p3", "p6", "p7"]
