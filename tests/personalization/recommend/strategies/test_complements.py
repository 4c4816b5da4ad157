from __future__ import annotations

from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import of_product, offered, product, products


def test_only_what_is_of_another_category_goes_with_it() -> None:
    lists = of_product("lamp", together=["lamp2", "bulb", "odd"])
    stock = products("lamp", "lamp2", category="Lamps") | {"bulb": product("bulb", category="Bulbs"), "odd": product("odd")}
    assert offered("complements", lists, stock, products=("lamp",)) == [("bulb", Why.COMPLETES, "lamp")]


def test_where_the_category_is_unknown_everything_may() -> None:
    lists = of_product("lamp", together=["a", "b"])
    assert [name for name, *_ in offered("complements", lists, products=("lamp",))] == ["a", "b"]
