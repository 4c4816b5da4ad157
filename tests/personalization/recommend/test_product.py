from __future__ import annotations

from typing import Any

import pytest

from personalization.recommend.product import find_products, read_groups
from shopdemo.shop.models import Category, Product

pytestmark = pytest.mark.django_db


@pytest.fixture
def products() -> list[Product]:
    light, paper = (Category.objects.create(name=name, slug=name.lower()) for name in ("Light", "Paper"))
    rows = [("White lamp", light), ("White lamp shade", light), ("Tall white candle", light), ("Paper bag", paper)]
    return [
        Product.objects.create(code=str(n), title=title, slug=str(n), category=category, price=1, stock=1)
        for n, (title, category) in enumerate(rows)
    ]


def test_products_are_found_by_words_of_their_titles(products: list[Product], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        found = find_products("lamp WHITE")
    assert found == [(str(products[0].pk), "White lamp"), (str(products[1].pk), "White lamp shade")]
    assert find_products("white", limit=1) == found[:1]
    assert find_products("whitelamp") == find_products("  ") == []


def test_categories_are_each_there_once(products: list[Product], django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(1):
        assert read_groups("category") == ["Light", "Paper"]
    assert read_groups("brand") == []  # the demo shop says none
