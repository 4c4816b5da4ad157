from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.db.models.signals import pre_delete

from segmentation.errors import SourceError
from segmentation.models import ImportedOrder, ImportedOrderLine, ImportedRefund, ImportedWishlistItem
from segmentation.sources.stored import remove, upsert
from segmentation.sources.stored.remove import remove_other_refunds, remove_wish

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def orders(configure):
    """Three orders with a line and a refund each, and the first of another shop."""
    lines = [{"product_id": "LAMP", "quantity": 1, "line_total": 10}]
    rows = [{"order_id": key, "email": None, "placed_at": AT, "total": 10, "lines": lines} for key in "123"]
    upsert("orders", rows)
    upsert("refunds", [{"refund_id": f"a:{key}", "email": None, "amount": 1, "at": AT, "order_id": key} for key in "123"])
    configure(SHOP="second")
    upsert("orders", rows[:1])
    configure(SHOP="default")


def kept():
    return sorted(ImportedOrder.objects.values_list("shop", "order_id"))


def test_an_order_goes_with_its_lines_and_refunds():
    gone = []
    pre_delete.connect(lambda instance, **said: gone.append(str(instance)), sender=ImportedOrder, weak=False, dispatch_uid="gone")

    assert remove("orders", ["1", "2", "1", "9"]) == 2

    pre_delete.disconnect(sender=ImportedOrder, dispatch_uid="gone")
    assert sorted(gone) == ["1", "2"]
    assert kept() == [("default", "3"), ("second", "1")]
    assert ImportedOrderLine.objects.count() == 2
    assert list(ImportedRefund.objects.values_list("refund_id", flat=True)) == ["a:3"]
    assert remove("orders", ["1", "2"]) == 0


def test_other_rows_go_alone():
    assert remove("refunds", ["a:1"]) == 1
    assert ImportedOrder.objects.count() == 4


def test_a_dry_run():
    assert remove("orders", ["1", "9"], dry_run=True) == 1
    assert len(kept()) == 4


def test_more_than_a_batch():
    upsert("products", [{"product_id": key, "title": "x"} for key in range(120)])

    assert remove("products", map(str, range(120))) == 120


def test_what_cannot_be_removed_by_one_key():
    with pytest.raises(SourceError, match="rows of wishlist_items are named by customer and product_id: not by one key"):
        remove("wishlist_items", ["7"])


def test_refunds_that_a_file_no_longer_has():
    upsert("refunds", [{"refund_id": "b:1", "email": None, "amount": 1, "at": AT, "order_id": "1"}])

    assert remove_other_refunds("a:", ["1", "2"], ["a:2"], dry_run=True) == 1
    assert remove_other_refunds("a:", ["1", "2"], ["a:2"]) == 1
    assert sorted(ImportedRefund.objects.values_list("refund_id", flat=True)) == ["a:2", "a:3", "b:1"]


def test_one_wish():
    upsert("wishlist_items", [{"customer": 7, "product_id": "LAMP"}, {"customer": 7, "product_id": "MUG"}])
    assert (remove_wish("7", "LAMP"), remove_wish("7", "LAMP")) == (1, 0)
    assert list(ImportedWishlistItem.objects.values_list("product_id", flat=True)) == ["MUG"]
