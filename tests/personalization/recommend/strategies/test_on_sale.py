from __future__ import annotations

from decimal import Decimal

from personalization.recommend.keys import shelf_key
from tests.personalization.recommend.making import offered, product, row


def test_what_is_reduced_no_more_is_left_out() -> None:
    lists = {shelf_key("on_sale"): row(items=["still", "over", "unsaid", "free"])}
    stock = {
        "still": product("still", price=Decimal(8), list_price=Decimal(10)),
        "over": product("over", price=Decimal(10), list_price=Decimal(10)),
        "unsaid": product("unsaid", price=Decimal(8)),
        "free": product("free", price=None, list_price=Decimal(10)),
    }
    assert [name for name, *_ in offered("on_sale", lists, stock)] == ["still", "unsaid", "free"]
