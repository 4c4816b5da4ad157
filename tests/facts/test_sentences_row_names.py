from __future__ import annotations

import pytest
from django.utils.translation import override

from segmentation.facts.sentences import rows_named
from segmentation.kernel.evidence import RowName


@pytest.mark.parametrize(
    ("rows", "names"),
    [
        ([], ()),
        ([RowName("orders", "A1"), RowName("orders", "A2")], ("A1", "A2")),
        ([RowName("visits", "1")], ("1",)),
        ([RowName("orders", "A1"), RowName("carts", "7")], ("order A1", "cart 7")),
        ([RowName("events", "5"), RowName("wishlist_items", "6")], ("event 5", "wishlist item 6")),
        ([RowName("orders", "A1"), RowName("shop_visits", "7")], ("order A1", "shop visits 7")),
        ([RowName("order_lines", "A1", "12")], ("order A1 line 12",)),
        ([RowName("cart_lines", "7", "1"), RowName("cart_lines", "7", "2")], ("cart 7 line 1", "cart 7 line 2")),
        ([RowName("refunds", "A1", "3"), RowName("refunds", "4", "4")], ("order A1 refund 3", "refund 4")),
        (
            [RowName("spend", "A1"), RowName("spend", "A1", "3"), RowName("spend", "4", "4")],
            ("order A1", "order A1 refund 3", "refund 4"),
        ),
        ([RowName("visit_pages", "7", "1"), RowName("visit_pages", "2", "2")], ("visit pages 7 row 1", "visit pages 2")),
    ],
)
def test_the_key_alone_where_that_says_what_it_is(rows, names):
    with override("en"):
        assert rows_named(rows) == names
