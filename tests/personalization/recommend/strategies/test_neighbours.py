from __future__ import annotations

from personalization.recommend.keys import product_key
from personalization.recommend.listed import Listed, Part
from personalization.recommend.strategies.base import Candidate, Why
from personalization.recommend.strategies.neighbours import MOST_ANCHORS, around, nearness, neighbour_keys, neighbours
from tests.personalization.recommend.making import of_product

TWO = {
    product_key("p"): {Part.TOGETHER: [Listed("a", 0.5), Listed("b", 0.4), Listed("q", 0.3)]},
    product_key("q"): {Part.TOGETHER: [Listed("b", 0.4), Listed("c", 0.2)]},
}


def test_scores_add_up_and_the_first_that_adds_most_is_named() -> None:
    found = neighbours(TWO, ("p", "q"), Part.TOGETHER, Why.TOGETHER)
    assert found == [
        Candidate("a", 0.5, Why.TOGETHER, "p"),
        Candidate("b", 0.8, Why.TOGETHER, "p"),
        Candidate("c", 0.2, Why.TOGETHER, "q"),
    ]


def test_a_product_without_a_row_adds_nothing() -> None:
    assert [one.product for one in neighbours(TWO, ("gone", "q"), Part.TOGETHER, Why.TOGETHER)] == ["b", "c"]
    assert neighbours(TWO, ("p",), Part.SIMILAR, Why.SIMILAR) == []


def test_of_a_huge_cart_the_first_products_count() -> None:
    names = [f"p{number}" for number in range(1000)]
    assert neighbour_keys(names) == [product_key(name) for name in names[:MOST_ANCHORS]]
    lists = of_product("p19", together=["a"]) | of_product("p20", together=["b"])
    assert [one.product for one in neighbours(lists, names, Part.TOGETHER, Why.TOGETHER)] == ["a"]


def test_nearness_is_the_better_place_of_two_lists() -> None:
    lists = of_product("p", together=["a", "b"], similar=["c", "d", "b", "p"])
    assert nearness(lists, "p") == {"a": 1.0, "b": 0.5, "c": 1.0, "d": 0.75, "p": 0.25}
    assert nearness(lists, "gone") == {}
    assert [(one.product, one.about) for one in around(lists, "p", Why.SIMILAR)] == [
        ("a", "p"),
        ("b", "p"),
        ("c", "p"),
        ("d", "p"),
    ]
