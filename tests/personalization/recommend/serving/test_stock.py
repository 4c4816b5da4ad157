from __future__ import annotations

from collections.abc import Sequence

from personalization.recommend.product import Products
from personalization.recommend.serving.stock import MOST_ASKED, Stock
from personalization.recommend.shelf import Shelf
from tests.personalization.recommend.making import products


class Shop:
    """Has what is called by a letter, and counts the questions."""

    def __init__(self) -> None:
        self.asked: list[list[str]] = []

    def __call__(self, ids: Sequence[str]) -> Products:
        self.asked.append(list(ids))
        return products(*(name for name in ids if name.isalpha()))


def stock_of(shop: Shop, *everything: str, remembered: Sequence[str] = ()) -> Stock:
    """Of a shelf that remembers some."""
    shelf = Shelf(shop)
    shelf.products(remembered)
    shop.asked.clear()
    return Stock(shelf, lambda: everything)


def test_all_that_may_be_needed_is_asked_for_at_once() -> None:
    shop = Shop()
    stock = stock_of(shop, "a", "b", "c", "1")
    stock.need(["a"])
    stock.need(["b", "1"])
    stock.need(["z"])  # nobody said that it might be
    assert shop.asked == [["a", "b", "c", "1"]]
    assert list(stock.found) == ["a", "b", "c"]


def test_what_is_remembered_is_looked_at_alone() -> None:
    shop = Shop()
    stock = stock_of(shop, "a", "b", "c", remembered=["a", "b", "1"])
    stock.need(["a", "1"])
    assert list(stock.found) == ["a"]
    stock.need(["a", "b"])
    assert list(stock.found) == ["a", "b"]
    assert shop.asked == []


def test_the_first_that_is_not_remembered_asks_for_the_rest() -> None:
    shop = Shop()
    stock = stock_of(shop, "a", "b", "c", "d", remembered=["a", "c"])
    stock.need(["a"])
    stock.need(["b"])
    stock.need(["d"])
    assert shop.asked == [["b", "d"]]
    assert sorted(stock.found) == ["a", "b", "c", "d"]


def test_a_question_has_an_end() -> None:
    shop = Shop()
    many = [f"{number}" for number in range(2 * MOST_ASKED)]
    stock_of(shop, *many).need(["a"])
    assert shop.asked == [["a", *many[: MOST_ASKED - 1]]]


def test_a_portion_is_asked_for_when_the_one_before_was_not_enough() -> None:
    shop = Shop()
    stock = Stock(Shelf(shop), lambda: ["a", "b"], lambda: ["a", "b", "c", "d"])
    stock.need(["a"])
    stock.need(["b"])
    assert shop.asked == [["a", "b"]]
    stock.need(["c"])
    stock.need(["d", "z"])
    assert shop.asked == [["a", "b"], ["c", "d"]]
    assert list(stock.found) == ["a", "b", "c", "d"]
