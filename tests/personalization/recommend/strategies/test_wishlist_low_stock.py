from __future__ import annotations

from typing import Any

from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import offered, product


def stock(**left: Any) -> dict[str, Any]:
    return {name: product(name, stock=pieces) for name, pieces in left.items()}


def test_wishes_of_which_few_are_left_come_the_fewest_first() -> None:
    shelf = stock(a=3, b=1, c=4, d=0, e=None, f=1)
    assert offered("wishlist_low_stock", stock=shelf, wishes=tuple("abcdef")) == [
        ("b", Why.LOW_STOCK, ""),
        ("f", Why.LOW_STOCK, ""),
        ("a", Why.LOW_STOCK, ""),
    ]


def test_the_shop_says_what_few_are(personalize: Any) -> None:
    personalize(LOW_STOCK=1)
    assert [name for name, *_ in offered("wishlist_low_stock", stock=stock(a=3, b=1), wishes=("a", "b"))] == ["b"]
