from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.checks import run_checks
from django.db.models.fields.json import KT

from segmentation import receivers
from segmentation.activity import record
from segmentation.checks import TAG
from segmentation.membership import define, refresh
from segmentation.models import ImportedCart, ImportedOrder, Profile
from segmentation.sources import Column
from segmentation.sources.inspect import inspect
from segmentation.sources.stored import StoredSource, remove, upsert
from segmentation.sources.stored.shapes import SHAPES
from tests.cast import members

pytestmark = pytest.mark.django_db

AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


class WithTier(StoredSource):
    """What only this shop has becomes a fact."""

    customers = StoredSource.customers.replace(tier=Column(KT("extra__tier"), kind="text"))


@pytest.fixture
def shop():
    """Ada has an account, the guest has none; each has ordered."""
    upsert("customers", [{"customer_id": 7, "email": "ada@example.com", "country": "GB", "extra": {"tier": "gold"}}])
    line = {"product_id": "LAMP", "quantity": 2, "line_total": 80, "discount": 5}
    upsert("products", [{"product_id": "LAMP", "title": "Lamp", "category": "Lamps"}])
    upsert("orders", [{"order_id": 1, "customer": 7, "placed_at": AT, "total": 80, "lines": [line]}])
    upsert("orders", [{"order_id": 2, "email": "Guest@example.com", "placed_at": AT, "total": 5}])
    upsert("refunds", [{"refund_id": 1, "customer": 7, "order_id": 1, "amount": 5, "at": AT}])
    upsert("carts", [{"cart_id": 1, "customer": 7, "lines": [{"product_id": "LAMP", "quantity": 1}]}], now=AT)
    upsert("wishlist_items", [{"customer": 7, "product_id": "LAMP"}], now=AT)


def test_nothing_is_wrong_with_it(use_source):
    use_source(StoredSource)

    assert StoredSource().problems() == []
    assert run_checks(tags=[TAG]) == []


def test_every_canonical_column_is_mapped():
    assert {name: set(relation.specs) - set(relation.columns) for name, relation in StoredSource.relations.items()} == {
        name: set() for name in (*SHAPES, "order_lines", "cart_lines", "events")
    }


@pytest.mark.usefixtures("shop")
def test_each_relation_is_read_in_one_query():
    record("view", customer="7", now=AT)
    reports = {report.name: report for report in inspect(StoredSource())}

    assert {name: (report.queries, len(report.rows), report.error) for name, report in reports.items()} == {
        name: (1, 2 if name == "orders" else 1, "") for name in reports
    }
    assert reports["order_lines"].rows == (
        {"order_id": "1", "product_id": "LAMP", "quantity": "2.0000", "line_total": "80.0000", "discount": "5.0000"},
    )


@pytest.mark.usefixtures("shop")
def test_accounts_are_customers_and_who_only_ordered_is_a_guest(use_source):
    use_source(StoredSource)
    define("bought", "orders.count() >= 1", now=AT)
    refresh(now=AT)

    assert set(Profile.objects.values_list("kind", "customer_id", "email")) == {
        ("user", "7", ""),
        ("guest", "", "guest@example.com"),
    }
    assert members("bought") == set(Profile.objects.values_list("key", flat=True))


@pytest.mark.usefixtures("shop")
def test_rows_of_another_shop_are_not_seen(configure):
    record("view", customer="7", now=AT)
    configure(SHOP="second")

    assert [report.rows for report in inspect(StoredSource())] == [()] * 9


@pytest.mark.usefixtures("shop")
def test_extra_columns_become_facts(use_source):
    use_source(WithTier)
    assert WithTier().problems() == []
    define("gold", 'customer.tier = "gold"', now=AT)

    refresh(now=AT)

    assert members("gold") == {"user:7"}


@pytest.mark.usefixtures("shop")
def test_a_row_without_owner_is_nobodys(use_source):
    use_source(StoredSource)
    upsert("orders", [{"order_id": 3, "email": None, "placed_at": AT, "total": 5}])

    assert refresh(now=AT).people == 2
    assert (ImportedOrder.objects.count(), ImportedCart.objects.count()) == (3, 1)


def test_pushed_rows_are_followed_at_once(shop, use_source, configure, django_capture_on_commit_callbacks):
    use_source(StoredSource)
    receivers.connect()
    define("two-orders", "orders.count() >= 2", now=AT)
    refresh(now=AT)
    configure(CHANGES="inline")

    with django_capture_on_commit_callbacks(execute=True):
        upsert("orders", [{"order_id": number, "customer": 7, "placed_at": AT, "total": 1} for number in (3, 4)])
    assert members("two-orders") == {"user:7"}

    with django_capture_on_commit_callbacks(execute=True):
        remove("orders", ["1", "3"])
    assert members("two-orders") == set()
