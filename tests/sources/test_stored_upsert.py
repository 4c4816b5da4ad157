from __future__ import annotations

from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
import time_machine
from django.db import connection
from django.db.models.signals import post_save
from django.test.utils import CaptureQueriesContext

from segmentation.errors import SourceError
from segmentation.models import (
    ImportedCart,
    ImportedCartLine,
    ImportedCustomer,
    ImportedOrder,
    ImportedOrderLine,
    ImportedProduct,
    ImportedRefund,
    ImportedWishlistItem,
)
from segmentation.sources.stored import RowError, Upserted, upsert
from segmentation.sources.stored.shapes import SHAPES

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
LATER = NOW + timedelta(hours=1)

LAMP = {"product_id": "LAMP", "quantity": 1, "line_total": "40.00"}
MUG = {"product_id": "MUG", "quantity": 2, "line_total": "25.00", "discount": "5.00"}

ROWS = {
    "customers": {"customer_id": "7", "email": "ada@example.com", "birth_date": "1990-02-28", "accepts_email": True},
    "products": {"product_id": "LAMP", "title": "Lamp", "price": "40", "stock": 3},
    "orders": {"order_id": "1001", "customer": 7, "placed_at": NOW, "total": "65.00", "lines": [LAMP, MUG]},
    "refunds": {"refund_id": "R1", "customer": 7, "amount": "5", "at": NOW, "order_id": "1001"},
    "carts": {"cart_id": "C1", "customer": 7, "state": "open", "total": "40", "lines": [LAMP | {"line_total": None}]},
    "wishlist_items": {"customer": 7, "product_id": "LAMP"},
}


@pytest.fixture
def heard():
    """(model, key, created) of each row that a signal told of."""
    told = []

    def hear(sender, instance, created, raw, using, update_fields, **said):
        assert (raw, using, update_fields) == (False, "default", None)
        told.append((sender, str(instance), created))

    post_save.connect(hear)
    yield told
    post_save.disconnect(hear)


def order(number="1001", **given):
    return {"order_id": number, "email": "ada@example.com", "placed_at": NOW, "total": "10", **given}


def lines_of(number):
    rows = ImportedOrderLine.objects.filter(order__order_id=number).order_by("position")
    return list(rows.values_list("position", "product_id", "quantity", "line_total", "discount"))


def test_every_relation_has_a_row_here():
    assert set(ROWS) == set(SHAPES)


@pytest.mark.parametrize("relation", ROWS)
def test_the_same_row_again_changes_nothing(relation, heard):
    assert upsert(relation, [ROWS[relation]], now=NOW) == Upserted(created=1)
    model = SHAPES[relation].model
    before = list(model.objects.values())
    told = len(heard)

    with CaptureQueriesContext(connection) as queries:
        assert upsert(relation, [ROWS[relation]], now=LATER) == Upserted(unchanged=1)

    assert list(model.objects.values()) == before
    assert len(heard) == told == 1
    assert not [query for query in queries if query["sql"].startswith(("INSERT", "UPDATE", "DELETE"))]


def test_what_is_stored():
    for relation, row in ROWS.items():
        upsert(relation, [row], now=NOW)

    customer = ImportedCustomer.objects.get()
    assert (customer.shop, customer.email, customer.birth_date.isoformat(), customer.accepts_email, customer.joined_at) == (
        "default",
        "ada@example.com",
        "1990-02-28",
        True,
        None,
    )
    assert (ImportedProduct.objects.get().price, ImportedProduct.objects.get().brand) == (Decimal(40), "")
    stored = ImportedOrder.objects.get()
    assert (stored.customer, stored.email, stored.placed_at, stored.total, stored.currency) == ("7", "", NOW, Decimal(65), "")
    assert lines_of("1001") == [(0, "LAMP", 1, 40, None), (1, "MUG", 2, 25, 5)]
    assert ImportedRefund.objects.get().order_id == "1001"
    assert (ImportedCart.objects.get().updated_at, ImportedCart.objects.get().created_at) == (NOW, NOW)
    assert ImportedCartLine.objects.get().line_total is None
    assert ImportedWishlistItem.objects.get().added_at == NOW


def test_a_row_that_differs_is_written_over(heard):
    upsert("orders", [order(coupon_code="SPRING", extra={"gift": True})])
    key = ImportedOrder.objects.get().pk

    assert upsert("orders", [order(total="12.50")]) == Upserted(updated=1)

    stored = ImportedOrder.objects.get()
    # What was not given stays.
    assert (stored.pk, stored.total, stored.coupon_code, stored.extra) == (key, Decimal("12.5"), "SPRING", {"gift": True})
    assert heard == [(ImportedOrder, "1001", True), (ImportedOrder, "1001", False)]


def test_null_takes_a_value_away():
    upsert("orders", [order(coupon_code="SPRING", discount="1")])
    upsert("orders", [order(coupon_code=None, discount=None)])

    stored = ImportedOrder.objects.get()
    assert (stored.coupon_code, stored.discount) == ("", None)


def test_lines_are_replaced_as_a_whole():
    upsert("orders", [order(lines=[LAMP, MUG, LAMP]), order("1002", lines=[LAMP])])
    first = ImportedOrderLine.objects.get(order__order_id="1001", position=0).pk

    assert upsert("orders", [order(lines=[MUG]), order("1002", lines=[LAMP])]) == Upserted(updated=1, unchanged=1)

    assert lines_of("1001") == [(0, "MUG", 2, 25, 5)]
    assert lines_of("1002") == [(0, "LAMP", 1, 40, None)]
    assert ImportedOrderLine.objects.get(order__order_id="1001").pk == first


def test_lines_that_were_not_given_stay():
    upsert("orders", [order(lines=[LAMP])])

    assert upsert("orders", [order(total="12")]) == Upserted(updated=1)
    assert lines_of("1001") == [(0, "LAMP", 1, 40, None)]


def test_an_empty_list_of_lines_takes_them_away():
    upsert("orders", [order(lines=[LAMP])])

    assert upsert("orders", [order(lines=[])]) == Upserted(updated=1)
    assert lines_of("1001") == []


def test_a_bad_row_is_told_and_the_others_are_stored():
    rows = [order("1"), order("2", total="a lot", colour="red"), order("3"), "4"]

    result = upsert("orders", rows)

    assert (result.created, result.refused) == (2, 2)
    assert result.errors == (
        RowError(1, "colour", "is no column here; what only your shop has goes into “extra”"),
        RowError(1, "total", "is no decimal number, such as “19.90”"),
        RowError(3, "", "is no row: a row is an object of columns"),
    )
    assert set(ImportedOrder.objects.values_list("order_id", flat=True)) == {"1", "3"}


def test_of_rows_with_one_key_the_last_wins(heard):
    result = upsert("orders", [order(total="1"), order("1002"), order(total="2"), order(total="3")])

    assert result == Upserted(created=2, repeated=2)
    assert ImportedOrder.objects.get(order_id="1001").total == 3
    assert len(heard) == 2


def test_a_key_of_two_columns():
    upsert("wishlist_items", [{"customer": 7, "product_id": "LAMP"}, {"customer": 8, "product_id": "MUG"}], now=NOW)

    result = upsert("wishlist_items", [{"customer": 7, "product_id": "MUG"}, {"customer": 8, "product_id": "MUG"}], now=LATER)

    assert result == Upserted(created=1, unchanged=1)
    assert set(ImportedWishlistItem.objects.values_list("customer", "product_id", "added_at")) == {
        ("7", "LAMP", NOW),
        ("8", "MUG", NOW),
        ("7", "MUG", LATER),
    }


def test_a_cart_is_dated_by_its_last_change():
    cart = {"cart_id": "C1", "customer": 7, "lines": [LAMP]}
    upsert("carts", [cart], now=NOW)
    upsert("carts", [cart], now=LATER)
    assert ImportedCart.objects.get().updated_at == NOW

    upsert("carts", [{**cart, "lines": [LAMP, LAMP]}], now=LATER)
    stored = ImportedCart.objects.get()
    assert (stored.created_at, stored.updated_at) == (NOW, LATER)


def test_a_cart_may_bring_its_own_dates():
    given = {"cart_id": "C1", "visitor": "v1", "updated_at": "2026-02-01T10:00:00Z", "created_at": "2026-01-31T10:00:00Z"}

    upsert("carts", [given], now=NOW)
    upsert("carts", [{**given, "state": "ordered"}], now=LATER)

    stored = ImportedCart.objects.get()
    assert (stored.created_at.day, stored.updated_at.day, stored.state) == (31, 1, "ordered")


def test_the_moment_is_the_clocks_unless_it_is_given():
    with time_machine.travel(LATER, tick=False):
        upsert("wishlist_items", [ROWS["wishlist_items"]])

    assert ImportedWishlistItem.objects.get().added_at == LATER


def test_nobody_is_told_who_should_not_be(heard):
    upsert("orders", [order()], announce=False)

    assert heard == []
    assert ImportedOrder.objects.exists()


def test_a_dry_run_counts_and_writes_nothing(heard):
    upsert("orders", [order(lines=[LAMP])])
    del heard[:]

    result = upsert("orders", [order(total="2", lines=[]), order("1002"), order("1003", total="x")], dry_run=True)

    assert (result.created, result.updated, result.unchanged, result.refused) == (1, 1, 0, 1)
    assert ImportedOrder.objects.get().total == 10
    assert lines_of("1001") == [(0, "LAMP", 1, 40, None)]
    assert heard == []


def test_shops_do_not_see_each_other(configure):
    upsert("orders", [order()])
    configure(SHOP="second")

    assert upsert("orders", [order(total="2")]) == Upserted(created=1)
    assert set(ImportedOrder.objects.values_list("shop", "total")) == {("default", 10), ("second", 2)}


def test_an_unknown_relation():
    with pytest.raises(SourceError, match="no rows can be pushed to 'order_lines'"):
        upsert("order_lines", [])


def test_no_rows(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert upsert("orders", []) == Upserted()


@pytest.mark.parametrize("number", [2, 50])
def test_a_batch_takes_the_same_queries_whatever_its_size(number):
    rows = [order(str(key), lines=[LAMP, MUG]) for key in range(number)]
    upsert("orders", rows)
    changed = [{**row, "total": "11", "lines": [MUG, LAMP]} for row in rows]

    with CaptureQueriesContext(connection) as queries:
        assert upsert("orders", changed) == Upserted(updated=number)

    statements = [query["sql"].split()[0] for query in queries]
    # SQLite takes only so many parameters at once.
    assert statements.count("SELECT") <= 4
    assert statements.count("DELETE") == 0
    assert statements[0] == "SAVEPOINT"
    assert statements.count("SAVEPOINT") <= 1 + statements.count("INSERT")


def test_rows_beyond_a_batch():
    assert upsert("products", [{"product_id": key, "title": "x"} for key in range(1001)]) == Upserted(created=1001)
    assert ImportedProduct.objects.count() == 1001

    assert upsert("orders", [order(str(key), lines=[LAMP]) for key in range(101)]) == Upserted(created=101)
    assert ImportedOrderLine.objects.count() == 101
