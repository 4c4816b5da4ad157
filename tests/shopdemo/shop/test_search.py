from __future__ import annotations

from types import SimpleNamespace

import pytest
from django.utils.translation import override

from shopdemo.shop.catalogue import shelves
from shopdemo.shop.search import found, parsed, suggestions
from tests.shopdemo.shop.conftest import product

pytestmark = pytest.mark.django_db


def titles(text: str) -> list[str]:
    return [thing.title for thing in found(parsed(text), list(shelves()))]


def test_the_closer_stands_first(shop: SimpleNamespace) -> None:
    product("A", "CUPBOARD WITH LAMP", "1.00", shop.kitchen)
    product("B", "TEACUP AND LAMP", "1.00", shop.kitchen)
    product("C", "LAMP FOR A CUP", "1.00", shop.kitchen)
    assert titles("lamp cup") == ["CUPBOARD WITH LAMP", "LAMP FOR A CUP", "TEACUP AND LAMP"]
    assert titles("red lamp") == ["RED LAMP"]
    assert titles("Cups") == ["BLUE CUP", "CUPBOARD WITH LAMP", "LAMP FOR A CUP", "GREEN CUP", "TEACUP AND LAMP"]


def test_the_stock_code_stands_above_all(shop: SimpleNamespace) -> None:
    product("CUP", "ZEBRA", "1.00")
    assert titles("cup") == ["ZEBRA", "BLUE CUP", "GREEN CUP"]


def test_a_category_finds_what_stands_on_it(shop: SimpleNamespace) -> None:
    assert titles("lighting") == ["PAPER LANTERN", "RED LAMP"]
    assert titles("lighting red") == ["RED LAMP"]
    with override("pl"):
        assert titles("kitchen") == ["BLUE CUP", "GREEN CUP"]


@pytest.mark.parametrize("text", ["", "   ", "%", "zebra", "old lamp", "'; drop", "_"])
def test_what_fits_nothing_finds_nothing(shop: SimpleNamespace, text: str) -> None:
    assert titles(text) == []


def test_a_query_is_cut_to_size() -> None:
    query = parsed("  lamps \n and   " + "x" * 100)
    assert query.text == "lamps and " + "x" * 70
    assert query.words == ("lamp", "and", "x" * 70)
    assert len(parsed("a b c d e f g h i j").words) == 8


def test_words_that_look_alike_are_suggested(shop: SimpleNamespace) -> None:
    assert suggestions(parsed("lantrn")) == ["lantern"]
    assert suggestions(parsed("gren")) == []  # sold out
    assert suggestions(parsed("qqqq")) == []
