from __future__ import annotations

from personalization.recommend.strategies.base import Why
from tests.personalization.recommend.making import of_product, offered


def test_what_is_near_to_most_wishes_is_in_front_about_the_nearest() -> None:
    lists = of_product("w1", similar=["a", "b"]) | of_product("w2", together=["c", "b", "w1", "d"])
    assert offered("from_wishlist", lists, wishes=("w1", "w2")) == [
        ("b", Why.BECAUSE_WISHED, "w2"),
        ("a", Why.BECAUSE_WISHED, "w1"),
        ("c", Why.BECAUSE_WISHED, "w2"),
        ("d", Why.BECAUSE_WISHED, "w2"),
    ]
