from __future__ import annotations

from collections.abc import Callable
from decimal import Decimal
from typing import Any
from urllib.parse import quote

import pytest
from django.contrib.admin.models import DELETION, LogEntry
from django.db import connection
from django.test.utils import CaptureQueriesContext

from segmentation.models import ImportedCustomer, ImportedOrder, ImportedProduct, ImportedRefund, ImportedWishlistItem
from segmentation.sources.stored.shapes import SHAPES
from segmentation.testing import assert_in_segment, make_segment, refresh_now
from tests.rest.conftest import JsonClient
from tests.rest.imports.conftest import push, pushed, told

LINE = {"product_id": "LAMP", "quantity": 2, "line_total": "39.80"}
ORDER = {"order_id": "1001", "customer": "17", "placed_at": "2026-05-31T21:14:03+02:00", "total": "39.80", "lines": [LINE]}
ROWS: dict[str, dict[str, Any]] = {
    "customers": {"customer_id": "17", "email": "ada@example.com", "birth_date": "1990-02-28", "accepts_email": True},
    "products": {"product_id": "LAMP", "title": "Lamp", "price": "19.90"},
    "orders": {**ORDER, "customer": None, "email": "ada@example.com"},
    "refunds": {"refund_id": "R1", "customer": "17", "amount": "5", "at": "2026-06-01T10:00:00Z", "order_id": "1001"},
    "carts": {
        "cart_id": "C1",
        "customer": "17",
        "state": "open",
        "total": "40",
        "lines": [{"product_id": "LAMP", "quantity": 1}],
    },
    "wishlist-items": {"customer": "17", "product_id": "LAMP"},
}
KEYS = {
    "customers": "17/",
    "products": "LAMP/",
    "orders": "1001/",
    "refunds": "R1/",
    "carts": "C1/",
    "wishlist-items": "?customer=17&product_id=LAMP",
}


def test_every_relation_has_a_row_here() -> None:
    assert {name.replace("-", "_") for name in ROWS} == set(SHAPES)


@pytest.mark.parametrize("relation", ROWS)
def test_a_row_comes_stays_and_goes(pusher: JsonClient, relation: str) -> None:
    model = SHAPES[relation.replace("-", "_")].model
    assert pushed(pusher, relation, ROWS[relation]) == {"created": 1}
    assert pushed(pusher, relation, ROWS[relation]) == {"unchanged": 1}
    assert pusher.delete(f"/api/imports/{relation}/{KEYS[relation]}").status_code == 204
    assert not model.objects.exists()
    assert LogEntry.objects.get().action_flag == DELETION
    assert pusher.delete(f"/api/imports/{relation}/{KEYS[relation]}").status_code == 404


def test_columns_that_are_not_given_stay_and_amounts_keep_their_digits(pusher: JsonClient) -> None:
    pushed(pusher, "orders", {**ORDER, "total": "12345678901.5678", "coupon_code": "SPRING"})
    assert pushed(pusher, "orders", {**ORDER, "total": "12345678901.5679"}) == {"updated": 1}
    order = ImportedOrder.objects.get()
    assert (order.total, order.coupon_code) == (Decimal("12345678901.5679"), "SPRING")


def test_of_rows_with_one_key_the_last_wins(pusher: JsonClient) -> None:
    assert pushed(pusher, "products", {"product_id": "A", "title": "a"}, {"product_id": "A", "title": "b"}) == {
        "created": 1,
        "repeated": 1,
    }
    assert ImportedProduct.objects.get().title == "b"


def test_nothing_is_pushed(pusher: JsonClient) -> None:
    assert pushed(pusher, "orders") == {}


def test_orders_bring_their_customers(pusher: JsonClient) -> None:
    pushed(pusher, "customers", ROWS["customers"])
    assert pushed(pusher, "orders", ORDER, {**ORDER, "order_id": "2", "customer": 18}) == {"created": 2, "customers_created": 1}
    assert set(ImportedCustomer.objects.values_list("customer_id", "email")) == {("17", "ada@example.com"), ("18", "")}


def test_an_order_goes_with_its_refunds(pusher: JsonClient) -> None:
    pushed(pusher, "orders", ORDER)
    pushed(pusher, "refunds", ROWS["refunds"])
    pusher.delete("/api/imports/orders/1001/")
    assert not ImportedRefund.objects.exists()


@pytest.mark.parametrize("key", ["a/b", "/", "50%", "a%2Fb", "é ü", "\n", "?#"])
def test_a_key_of_any_characters(pusher: JsonClient, key: str) -> None:
    pushed(pusher, "orders", {**ORDER, "order_id": key.strip() or "x"})
    if key.strip():
        assert pusher.delete(f"/api/imports/orders/{quote(key, safe='')}/").status_code == 204


def test_another_shops_row_is_no_row_of_ours(pusher: JsonClient, configure: Callable[..., None]) -> None:
    configure(SHOP="second")
    ImportedOrder.objects.create(shop="default", order_id="1001", placed_at="2026-01-01T00:00:00Z", total=1)
    ImportedWishlistItem.objects.create(shop="default", customer="17", product_id="LAMP")
    assert pusher.delete("/api/imports/orders/1001/").status_code == 401  # a token is of one shop


# What is refused


def test_all_that_is_wrong_is_told_with_its_place_and_nothing_is_stored(pusher: JsonClient) -> None:
    bad = [
        ORDER,
        {**ORDER, "order_id": " ", "total": 39.8, "shop": "other", "pk": 7},
        "1003",
        {**ORDER, "order_id": "4", "placed_at": "2026-05-31T21:14:03", "lines": [LINE, {"product_id": "A~/", "order": 1}]},
    ]
    response = push(pusher, "orders", *bad)
    assert sorted(told(response)) == [
        ("/rows/1/order_id", "is required"),
        ("/rows/1/pk", "is no column here; what only your shop has goes into “extra”"),
        ("/rows/1/shop", "is no column here; what only your shop has goes into “extra”"),
        ("/rows/1/total", "is a float; write it as text, such as “19.90”"),
        ("/rows/2", "is no row: a row is an object of columns"),
        ("/rows/3/lines/1/line_total", "is required"),
        ("/rows/3/lines/1/order", "is no column here; what only your shop has goes into “extra”"),
        ("/rows/3/lines/1/quantity", "is required"),
        ("/rows/3/placed_at", "has no offset: say in which zone it is"),
    ]
    assert response.json()["detail"] == "Rows that cannot be: 3 of 4. None was stored."
    assert not ImportedOrder.objects.exists()
    assert not ImportedCustomer.objects.exists()


def test_unless_the_push_is_partial(pusher: JsonClient) -> None:
    response = push(pusher, "orders", ORDER, {**ORDER, "order_id": "2", "total": "much", "customer": "99"}, partial=True)
    assert response.json() == {
        "created": 1,
        "updated": 0,
        "unchanged": 0,
        "repeated": 0,
        "customers_created": 1,
        "refused": 1,
        "errors": [{"pointer": "/rows/1/total", "detail": "is no decimal number, such as “19.90”", "code": "row"}],
    }


def test_extra_columns_are_those_that_the_source_asks_for(pusher: JsonClient) -> None:
    row = ROWS["customers"]
    assert pushed(pusher, "customers", {**row, "extra": {"tier": "gold"}}) == {"created": 1}
    assert told(push(pusher, "customers", {**row, "extra": {"tier": "gold", "a/b": 1}})) == [
        ("/rows/0/extra/a~1b", "is asked by no column of the shop's source")
    ]
    lines = [{**LINE, "extra": {"gift": "wrapped"}}, {**LINE, "extra": {"tier": "gold"}}]
    assert told(push(pusher, "orders", {**ORDER, "extra": {"till": "3"}, "lines": lines})) == [
        ("/rows/0/lines/1/extra/tier", "is asked by no column of the shop's source")
    ]
    assert pushed(pusher, "orders", {**ORDER, "extra": {"till": "3"}, "lines": lines[:1]}) == {"created": 1}


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({}, {"/rows"}),
        ({"rows": {}}, {"/rows"}),
        ({"rows": [ORDER] * 1_001}, {"/rows"}),
        ({"rows": [], "partial": "yes", "announce": None, "shop": "other"}, {"/partial", "/announce", "/shop"}),
        ({"rows": [{"order_id": "a\0"}]}, {"/rows/0/order_id"}),
        ([], {""}),
    ],
)
def test_a_push_that_is_none(pusher: JsonClient, body: Any, pointers: set[str]) -> None:
    assert {pointer for pointer, _ in told(pusher.post("/api/imports/orders/", body))} == pointers


def test_a_shop_whose_models_are_here(pusher: JsonClient, configure: Callable[..., None]) -> None:
    configure(SOURCE="shopdemo.source.DemoSource")
    for response in (push(pusher, "orders", ORDER), pusher.delete("/api/imports/orders/1001/")):
        assert (response.status_code, response.json()["type"]) == (409, "urn:regulars:problem:not-stored")
    assert not ImportedOrder.objects.exists()


# Rights


@pytest.mark.parametrize("relation", ROWS)
def test_rights(anybody: JsonClient, machine: Callable[..., JsonClient], relation: str) -> None:
    name = SHAPES[relation.replace("-", "_")].model._meta.model_name
    row, where = ROWS[relation], f"/api/imports/{relation}/{KEYS[relation]}"
    assert (push(anybody, relation, row).status_code, anybody.delete(where).status_code) == (401, 401)
    adding = machine(f"regulars_segmentation.add_{name}")
    assert (push(adding, relation, row).status_code, adding.delete(where).status_code) == (403, 403)


# Segments


@pytest.mark.parametrize(("more", "at_once"), [({}, True), ({"announce": False}, False)])
def test_live_segments_follow_at_once_or_with_the_next_refresh(
    pusher: JsonClient,
    configure: Callable[..., None],
    django_capture_on_commit_callbacks: Any,
    more: dict[str, bool],
    at_once: bool,
) -> None:
    configure(CHANGES="inline")
    segment = make_segment("buyers", "orders.sum(total) > 30")
    refresh_now()
    with django_capture_on_commit_callbacks(execute=True):
        pushed(pusher, "orders", ORDER, **more)
    assert segment.memberships.exists() is at_once
    refresh_now()
    assert_in_segment("17", "buyers")


# Cost


def test_a_thousand_orders_cost_a_few_queries_a_chunk(pusher: JsonClient) -> None:
    def statements(first: int, count: int) -> int:
        many = [{**ORDER, "order_id": str(number), "customer": str(number)} for number in range(first, first + count)]
        with CaptureQueriesContext(connection) as queries:
            pushed(pusher, "orders", *many)
        return len([query for query in queries.captured_queries if "SAVEPOINT" not in query["sql"]])

    statements(0, 1)  # that the token was used is noted by the hour
    one = statements(1, 1)
    assert statements(2, 50) == one
    assert statements(100, 500) - one <= 9 * 6
