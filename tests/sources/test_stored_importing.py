from __future__ import annotations

import json
from dataclasses import astuple
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest
from django.db.models.signals import post_save

from segmentation.membership import define, refresh
from segmentation.models import ImportedCustomer, ImportedOrder, ImportedOrderLine, ImportedRefund
from segmentation.profiles import guest_key
from segmentation.sources.stored import StoredSource, upsert
from segmentation.sources.stored.canonical_json import CanonicalRows
from segmentation.sources.stored.importing import Counts, take_in
from segmentation.sources.stored.shopify import ShopifyOrders
from segmentation.sources.stored.woocommerce import WooCommerceOrders
from tests.cast import members

pytestmark = pytest.mark.django_db

IMPORTS = Path(__file__).parent / "imports"
SHOPIFY, WOOCOMMERCE, OURS = (IMPORTS / name for name in ("shopify_orders.csv", "woocommerce_orders.json", "canonical.json"))
NOW = datetime(2026, 3, 10, 12, tzinfo=UTC)


@pytest.fixture
def edited(tmp_path):
    """The Shopify export with some of its text changed."""

    def edit(*changes: tuple[str, str]) -> ShopifyOrders:
        text = SHOPIFY.read_text("utf-8")
        for before, after in changes:
            assert before in text
            text = text.replace(before, after)
        path = tmp_path / "edited.csv"
        path.write_text(text, "utf-8")
        return ShopifyOrders(path)

    return edit


class Kept:
    """Errors kept in memory."""

    def __init__(self):
        self.entries, self.closed = [], 0

    def add(self, entry):
        self.entries.append(entry)

    def close(self):
        self.closed += 1


def counts(report):
    """(created, updated, unchanged, removed) of each relation."""
    return {name: astuple(count) for name, count in report.relations.items()}


def orders():
    return set(ImportedOrder.objects.values_list("order_id", flat=True))


def test_shopify():
    report = take_in(ShopifyOrders(SHOPIFY), now=NOW)

    assert counts(report) == {"orders": (5, 0, 0, 0), "refunds": (1, 0, 0, 0), "products": (3, 0, 0, 0)}
    assert (report.left_out, report.refused, report.changed) == ({"voided": 1, "cancelled": 1}, 0, 9)
    assert orders() == {"#1001", "#1002", "#1003", "#1006", "#1007"}
    assert ImportedOrderLine.objects.count() == 9
    assert ImportedRefund.objects.get().amount == 25
    assert ImportedOrder.objects.get(order_id="#1003").total == Decimal("77.50")


def test_woocommerce():
    report = take_in(WooCommerceOrders(WOOCOMMERCE), now=NOW)

    assert counts(report) == {
        "customers": (1, 0, 0, 0),
        "products": (2, 0, 0, 0),
        "orders": (4, 0, 0, 0),
        "refunds": (2, 0, 0, 0),
    }
    assert report.left_out == {"cancelled": 1}
    customer = ImportedCustomer.objects.get()
    assert (customer.customer_id, customer.email, customer.city) == ("7", "ewa.new@example.com", "Łódź")
    assert set(ImportedOrder.objects.values_list("order_id", "customer", "total")) == {
        ("305", "", Decimal("20")),
        ("304", "7", Decimal("24.6")),
        ("302", "7", Decimal("30")),
        ("301", "7", Decimal("27")),
    }


def test_our_own_format():
    report = take_in(CanonicalRows(OURS), now=NOW)

    assert counts(report) == {
        "customers": (2, 0, 0, 0),
        "products": (1, 0, 0, 0),
        "orders": (2, 0, 0, 0),
        "refunds": (1, 0, 0, 0),
        "carts": (1, 0, 0, 0),
        "wishlist_items": (1, 0, 0, 0),
    }
    assert ImportedCustomer.objects.get(customer_id="7").extra == {"tier": "gold", "weight": 1.5}


@pytest.mark.parametrize(("reader", "path"), [(ShopifyOrders, SHOPIFY), (WooCommerceOrders, WOOCOMMERCE), (CanonicalRows, OURS)])
def test_the_same_file_again_changes_nothing(reader, path):
    first = take_in(reader(path), now=NOW)
    report = take_in(reader(path), now=NOW)

    assert report.changed == 0
    assert counts(report) == {name: (0, 0, count.created, 0) for name, count in first.relations.items()}


def test_a_dry_run_says_the_same_and_writes_nothing():
    dry = take_in(ShopifyOrders(SHOPIFY), now=NOW, dry_run=True)

    assert orders() == set()
    assert counts(dry) == counts(take_in(ShopifyOrders(SHOPIFY), now=NOW))


def test_an_order_that_is_cancelled_goes(edited):
    take_in(ShopifyOrders(SHOPIFY), now=NOW)

    line = "#1006,zoe@example.com,partially_refunded"
    report = take_in(edited((line, "#1006,zoe@example.com,voided")), now=NOW)

    assert counts(report)["orders"] == (0, 0, 4, 1)
    assert "#1006" not in orders()
    assert not ImportedRefund.objects.exists()


@pytest.mark.parametrize(("amount", "expected"), [("30.00", [Decimal(30)]), ("0.00", []), ("", [])])
def test_a_refund_is_what_the_order_says_last(edited, amount, expected):
    take_in(ShopifyOrders(SHOPIFY), now=NOW)

    report = take_in(edited(("Shopify Payments,,25.00", f"Shopify Payments,,{amount}")), now=NOW)

    assert list(ImportedRefund.objects.values_list("amount", flat=True)) == expected
    assert counts(report)["refunds"] == ((0, 1, 0, 0) if expected else (0, 0, 0, 1))


def test_refunds_that_were_pushed_otherwise_stay():
    take_in(ShopifyOrders(SHOPIFY), now=NOW)
    upsert("refunds", [{"refund_id": "own", "email": None, "order_id": "#1001", "amount": 1, "at": NOW}])

    take_in(ShopifyOrders(SHOPIFY), now=NOW)

    assert ImportedRefund.objects.filter(refund_id="own").exists()


def test_what_is_bad_is_refused_and_the_rest_is_stored(edited):
    kept = Kept()
    reader = edited(
        ("zoe@example.com,partially_refunded", "nobody,partially_refunded"),
        ("2,Mug - Blue / Large,12.50", "two,Mug - Blue / Large,12.50"),
    )

    report = take_in(reader, kept, now=NOW)

    assert orders() == {"#1001", "#1002", "#1007"}
    assert [tuple(refusal) for refusal in report.refusals] == [
        (3, "Email", "is no e-mail address"),
        (8, "Lineitem quantity", "is no decimal number, such as “19.90”"),
    ]
    assert report.refused == 2
    # Every row of a refused order is given back.
    assert [[row.number for row in entry.kept] for entry in kept.entries] == [[3, 4], [7, 8, 9]]
    assert kept.closed == 1


def test_an_order_that_was_refused_keeps_what_was_stored(edited):
    take_in(ShopifyOrders(SHOPIFY), now=NOW)

    take_in(edited(("GBP,36.00", "GBP,x"), ("0.00,36.00,SPRING10", "0.00,y,SPRING10")), now=NOW)

    assert ImportedOrder.objects.get(order_id="#1002").total == 36


def test_only_the_first_refusals_are_told(tmp_path):
    path = tmp_path / "rows.json"
    path.write_text(json.dumps({"orders": list(range(1200))}))
    kept = Kept()

    report = take_in(CanonicalRows(path), kept, now=NOW)

    assert (report.refused, len(report.refusals), len(kept.entries)) == (1200, 20, 1200)
    assert report.relations == {"orders": Counts()}


def test_what_orders_say_of_a_product_may_be_refused_too(edited):
    report = take_in(edited(("MUG-BL", "M" * 241)), now=NOW)

    assert [(refusal.row, refusal.column) for refusal in report.refusals] == [
        (2, "Lineitem sku"),
        (8, "Lineitem sku"),
        (9, "Lineitem sku"),
        (12, "Lineitem sku"),
        (2, "Lineitem sku"),
    ]


def test_a_refund_may_be_refused(tmp_path):
    path = tmp_path / "orders.json"
    order = json.loads(WOOCOMMERCE.read_text("utf-8"))[3]
    order["refunds"][0]["id"] = "9" * 300
    path.write_text(json.dumps([order]))

    report = take_in(WooCommerceOrders(path), now=NOW)

    assert [tuple(refusal) for refusal in report.refusals] == [(1, "refund_id", "is longer than 240 characters")]
    assert orders() == {"302"}


def test_nobody_is_told_of_the_rows():
    told = []
    post_save.connect(lambda **said: told.append(said), sender=ImportedOrder, weak=False, dispatch_uid="told")
    take_in(ShopifyOrders(SHOPIFY), now=NOW)
    post_save.disconnect(sender=ImportedOrder, dispatch_uid="told")

    assert told == []


def test_progress(tmp_path):
    path = tmp_path / "rows.json"
    customers = [{"customer_id": number} for number in range(700)]
    path.write_text(json.dumps({"customers": customers, "products": [{"product_id": 1, "title": "x"}]}))
    seen = []

    take_in(CanonicalRows(path), now=NOW, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(500, 701), (700, 701), (701, 701)]


def test_progress_does_not_count_what_is_derived():
    seen = []

    take_in(ShopifyOrders(SHOPIFY), now=NOW, progress=lambda done, total: seen.append((done, total)))

    assert seen == [(7, 7)]


# From the file to the segments.


@pytest.fixture
def segments(use_source):
    use_source(StoredSource)
    for slug, rule in (
        ("repeat", "orders.count() >= 2"),
        ("lamps", 'order_lines.count(where product_id = "LAMP-1") >= 2'),
        ("spenders", "orders.sum(total) > 60"),
        ("net", "spend.sum(amount) <= 40"),
        ("mugs", 'order_lines.sum(quantity, where product.brand = "Clayworks") >= 3'),
        ("brazil", 'orders.count(where country = "BR" and channel = "web", last 60 days) >= 1'),
        ("coupons", "orders.count(where coupon_code is set) >= 1"),
    ):
        define(slug, rule, now=NOW)


ADA, BRUNO, ZOE = map(guest_key, ("ada@example.com", "bruno@example.com", "zoe@example.com"))


@pytest.mark.usefixtures("segments")
def test_from_an_export_of_shopify_to_the_segments(edited):
    take_in(ShopifyOrders(SHOPIFY), now=NOW)
    report = refresh(now=NOW)

    assert report.people == 3
    assert {segment.slug: members(segment.slug) for segment in report.segments} == {
        "repeat": {ADA},
        "lamps": {ADA},
        "spenders": {ADA, BRUNO, ZOE},
        "net": {ZOE},
        "mugs": {BRUNO},
        "brazil": {BRUNO},
        "coupons": {ADA},
    }

    take_in(edited(("#1001,ada@example.com,paid", "#1001,ada@example.com,voided")), now=NOW)
    later = refresh(now=NOW)

    assert {segment.slug: members(segment.slug) for segment in later.segments} == {
        "repeat": set(),
        "lamps": set(),
        "spenders": {BRUNO, ZOE},
        "net": {ADA, ZOE},
        "mugs": {BRUNO},
        "brazil": {BRUNO},
        "coupons": {ADA},
    }


def test_from_woocommerce_to_the_segments(use_source):
    use_source(StoredSource)
    define("repeat", "orders.count() >= 2", now=NOW)
    define("refunded", "refunds.sum(amount, last 70 days) >= 30", now=NOW)
    define("polish", 'customer.country = "PL"', now=NOW)
    take_in(WooCommerceOrders(WOOCOMMERCE), now=NOW)

    assert refresh(now=NOW).people == 2

    assert {slug: members(slug) for slug in ("repeat", "refunded", "polish")} == {
        "repeat": {"user:7"},
        "refunded": {"user:7"},
        "polish": {"user:7"},
    }


def test_from_our_own_format_to_the_segments(use_source):
    use_source(StoredSource)
    define("cart", 'carts.count(where state = "open", last 30 days) >= 1', now=NOW)
    define("wish", "wishlist_items.count(last 30 days) >= 1", now=NOW)
    define("drinks", 'order_lines.count(where product.category = "Drinks") >= 1', now=NOW)
    take_in(CanonicalRows(OURS), now=NOW)

    refresh(now=NOW)

    assert {slug: members(slug) for slug in ("cart", "wish", "drinks")} == {
        "cart": {"user:8"},
        "wish": {"user:8"},
        "drinks": {"user:7", guest_key("guest@example.com")},
    }
