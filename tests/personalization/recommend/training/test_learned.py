"""Small and strange shops, trained by the real models."""

from __future__ import annotations

import pytest

from personalization.models import RecommenderVersion
from personalization.recommend.keys import EVERYONE, person_key, product_key
from personalization.recommend.listed import Part
from personalization.recommend.lists import read_lists
from personalization.recommend.training.evaluate_shop import evaluate_shop
from personalization.recommend.training.freshness import refresh_people, refresh_popularity
from personalization.recommend.training.train import train
from shopdemo.shop.models import Order, Product, User
from tests.cast import NOW, add_line, ago, key_of, place_order

State = RecommenderVersion.State


def products_of(key: str, part: str) -> list[str]:
    return [one.product for one in read_lists("default", [key])[1][key][part]]


def test_one_customer_and_one_product(alice, goods):
    add_line(Order.objects.get(number="A1"), goods[0])
    version = train(now=NOW)
    only = str(goods[0].pk)
    assert (version.state, version.card["report"]) == (State.ACTIVE, {})
    assert products_of(person_key(key_of(alice)), Part.BOUGHT) == [only]
    assert products_of(person_key(key_of(alice)), Part.NEXT) == [only]
    assert products_of(EVERYONE, Part.BEST) == [only]


def test_the_cast(bought, cast):
    assert train(now=NOW).state == State.ACTIVE
    assert set(products_of(EVERYONE, Part.BEST)) == set(bought)
    assert products_of(person_key(key_of(cast["bob"])), Part.BOUGHT) == [bought[0]]
    refresh_popularity(now=NOW)
    refresh_people([key_of(cast["bob"])], now=NOW)
    assert products_of(person_key(key_of(cast["bob"])), Part.BOUGHT) == [bought[0]]


def test_nothing_in_stock(bought, cast):
    Product.objects.update(stock=0)
    assert train(now=NOW).state == State.ACTIVE


@pytest.fixture
def habits(goods):
    """Thirty people who buy A and B together every ten days."""
    for number in range(30):
        user = User.objects.create_user(f"u{number}@shop.test")
        for turn in range(8):
            order = place_order(f"{number}-{turn}", user, 80 - 10 * turn)
            add_line(order, goods[0])
            add_line(order, goods[1])
    return [str(product.pk) for product in goods]


def test_a_shop_with_habits_is_tested(habits):
    version = train(now=NOW)
    tasks = version.card["report"]["tasks"]
    assert tasks["next"]["n"] == 30
    assert tasks["next"]["ndcg_at_10"] == 1.0
    assert tasks["next"]["after_rules"]["n"] == 30
    assert products_of(product_key(habits[0]), Part.TOGETHER) == [habits[1]]
    assert train(now=NOW).state == State.ACTIVE


def test_an_evaluation_of_it(habits):
    report = evaluate_shop(ago(25).date(), now=NOW).report
    assert (report["people"], report["tasks"]["next"]["n"], report["tasks"]["next"]["recall_at_10"]) == (30, 30, 1.0)
    assert "popularity" in report["baselines"]["next"]
