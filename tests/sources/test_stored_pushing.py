from __future__ import annotations

from datetime import UTC, datetime

import pytest

from segmentation.models import ImportedCustomer, ImportedOrder
from segmentation.sources.stored import upsert
from segmentation.sources.stored.pushing import push

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)


def order(number, customer, **given):
    return {"order_id": number, "customer": customer, "placed_at": NOW, "total": "10", **given}


def customers():
    return set(ImportedCustomer.objects.values_list("customer_id", "first_name"))


def test_orders_bring_customers_and_leave_those_who_are_known_as_they_are():
    upsert("customers", [{"customer_id": "1", "first_name": "Ada"}])
    found = push("orders", [order("A", 1), order("B", " 2 "), order("C", "2"), order("D", None), order("E", "  ")], now=NOW)
    assert (found.rows.created, found.customers) == (5, 1)
    assert customers() == {("1", "Ada"), ("2", "")}


def test_of_a_bad_push_nothing_is_stored():
    found = push("orders", [order("A", 1), order("B", 2, total="much")], now=NOW)
    assert [(error.index, error.steps) for error in found.rows.errors] == [(1, ("total",))]
    assert (found.rows.created, found.customers, ImportedOrder.objects.count(), customers()) == (0, 0, 0, set())


def test_of_a_partial_push_the_sound_rows_and_their_customers_are():
    found = push("orders", [order("A", 1), order("B", 2, total="much"), 7], now=NOW, whole=False)
    assert (found.rows.created, found.rows.refused, found.customers) == (1, 2, 1)
    assert customers() == {("1", "")}


def test_other_relations_bring_nobody():
    assert push("carts", [{"cart_id": "C", "customer": "1"}], now=NOW).customers == 0
    assert customers() == set()
