from __future__ import annotations

import json
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import pytest

from segmentation.errors import SourceError
from segmentation.sources.stored.woocommerce import WooCommerceOrders

EXPORT = Path(__file__).parent / "imports" / "woocommerce_orders.json"

ORDER = {
    "id": 101,
    "number": "1",
    "status": "completed",
    "currency": "GBP",
    "total": "10.00",
    "date_created_gmt": "2026-03-01T12:00:00",
    "customer_id": 0,
    "billing": {"email": "jan@example.com", "country": "PL"},
    "line_items": [{"name": "Tea", "product_id": 11, "quantity": 1, "total": "10.00"}],
}


@pytest.fixture
def export(tmp_path):
    def read(*orders: object) -> WooCommerceOrders:
        path = tmp_path / "orders.json"
        path.write_text(json.dumps(orders))
        return WooCommerceOrders(path)

    return read


def given(reader, relation="orders"):
    return [entry for entry in reader.entries() if entry.relation == relation]


def data(reader, relation="orders"):
    return [dict(entry.data) for entry in given(reader, relation) if entry.data]


def refusals(reader):
    return [tuple(refusal) for entry in reader.entries() for refusal in entry.refusals]


def test_a_real_list():
    reader = WooCommerceOrders(EXPORT)

    assert (reader.total, reader.warnings, refusals(reader)) == (5, [], [])
    assert [(entry.key, entry.row, entry.left_out) for entry in given(reader)] == [
        ("305", 1, ""),
        ("304", 2, ""),
        ("303", 3, "cancelled"),
        ("302", 4, ""),
        ("301", 5, ""),
    ]


def test_an_order_of_a_customer():
    assert data(WooCommerceOrders(EXPORT))[-1] == {
        "order_id": "301",
        "customer": 7,
        "email": "ewa@example.com",
        "currency": "GBP",
        "placed_at": datetime(2025, 12, 24, 5, 4, 3, tzinfo=UTC),
        "total": "27.00",
        "discount": Decimal(3),
        "refunded": Decimal(9),
        "coupon_code": "zima",
        "status": "completed",
        "country": "PL",
        "channel": "checkout",
        "lines": [{"product_id": 11, "quantity": 3, "line_total": Decimal(27), "discount": Decimal(3)}],
    }


def test_an_order_of_a_guest():
    order = data(WooCommerceOrders(EXPORT))[0]

    assert (order["customer"], order["email"]) == (None, "jan@example.com")


def test_amounts_are_with_tax_and_a_variation_is_a_product():
    reader = WooCommerceOrders(EXPORT)
    (line,) = data(reader)[1]["lines"]

    assert line == {"product_id": 120, "quantity": 1, "line_total": Decimal("24.6"), "discount": Decimal(0)}
    assert data(reader, "products") == [
        {"product_id": 11, "title": "Tea", "parent_id": None},
        {"product_id": 120, "title": "Scarf - Red", "parent_id": 12},
    ]


def test_a_refund_is_dated_by_the_last_change_of_its_order():
    assert [dict(refund) for entry in given(WooCommerceOrders(EXPORT)) for refund in entry.refunds] == [
        {
            "order_id": number,
            "customer": 7,
            "email": "ewa@example.com",
            "currency": "GBP",
            "refund_id": refund,
            "amount": amount,
            "at": at,
        }
        for number, refund, amount, at in (
            ("302", "woocommerce:402", Decimal(30), datetime(2026, 1, 9, 12, tzinfo=UTC)),
            ("301", "woocommerce:401", Decimal(9), datetime(2025, 12, 28, 10, tzinfo=UTC)),
        )
    ]


def test_a_refund_may_have_its_own_date_and_none_that_gives_nothing_back(export):
    refunds = [
        {"id": 1, "total": "-2.00", "date_created_gmt": "2026-03-05T12:00:00"},
        {"id": 2, "total": "0.00"},
        {"id": 3, "total": "-1.00"},
    ]
    (entry,) = given(export({**ORDER, "refunds": refunds}))

    assert [(refund["refund_id"], refund["at"].day) for refund in entry.refunds] == [("woocommerce:1", 5), ("woocommerce:3", 1)]
    assert entry.data["refunded"] == 3


def test_customers_are_as_their_latest_order_has_them():
    assert data(WooCommerceOrders(EXPORT), "customers") == [
        {"customer_id": 7, "email": "ewa.new@example.com", "first_name": "Ewa", "country": "PL", "city": "Łódź"}
    ]


def test_the_latest_order_may_stand_anywhere(export):
    old = {**ORDER, "customer_id": 7}
    new = {**old, "number": "2", "date_created_gmt": "2026-03-02T12:00:00", "billing": {"email": "new@example.com"}}

    assert [customer["email"] for customer in data(export(old, new), "customers")] == ["new@example.com"]
    assert [customer["email"] for customer in data(export(new, old), "customers")] == ["new@example.com"]


@pytest.mark.parametrize("status", ["pending", "failed", "cancelled", "trash", "checkout-draft"])
def test_orders_that_came_to_nothing(export, status):
    (entry,) = given(export({**ORDER, "status": status}))

    assert (entry.left_out, entry.data) == (status, None)


@pytest.mark.parametrize("status", ["processing", "completed", "on-hold", "refunded"])
def test_orders_that_count(export, status):
    reader = export({**ORDER, "status": status})

    assert (data(reader)[0]["status"], reader.warnings) == (status, [])


def test_states_of_a_plugin_count_and_are_told(export):
    reader = export({**ORDER, "status": "shipped"}, {**ORDER, "number": "2", "status": "packed"})

    assert [order["status"] for order in data(reader)] == ["shipped", "packed"]
    assert reader.warnings == ["states that WooCommerce does not have by itself, counted as orders: packed, shipped"]


def test_of_two_orders_with_one_number_the_last_counts(export):
    reader = export(ORDER, {**ORDER, "total": "20.00"})

    assert ([order["total"] for order in data(reader)], reader.total) == (["20.00"], 1)
    assert reader.warnings == ["rows that a later one repeats: 1; the last counts"]


def test_an_order_without_a_number_goes_by_its_id(export):
    assert [entry.key for entry in given(export({**ORDER, "number": ""}))] == ["101"]


@pytest.mark.parametrize("customer", [0, "0", "", None])
def test_guests(export, customer):
    reader = export({**ORDER, "customer_id": customer})

    assert data(reader)[0]["customer"] is None
    assert given(reader, "customers") == []


def test_php_writes_an_empty_object_as_a_list(export):
    (order,) = data(export({**ORDER, "billing": [], "shipping": [], "coupon_lines": {}, "refunds": None}))

    assert (order["email"], order["country"], order["coupon_code"], order["refunded"]) == (None, None, None, 0)


def test_a_product_that_was_deleted(export):
    line = {"name": "Tea", "product_id": 0, "variation_id": 0, "sku": "TEA", "quantity": 1, "total": "1"}
    reader = export({**ORDER, "line_items": [line, {**line, "sku": ""}]})

    assert [line["product_id"] for line in data(reader)[0]["lines"]] == ["TEA", "Tea"]
    assert [line["discount"] for line in data(reader)[0]["lines"]] == [None, None]


def test_what_cannot_be_read_is_told(export):
    number = "is no decimal number, such as “19.90”"
    reader = export(
        "order",
        {**ORDER, "number": None, "id": None, "status": ["odd"]},
        {
            **ORDER,
            "number": "3",
            "date_created_gmt": None,
            "discount_total": "x",
            "line_items": [{"name": "Tea", "total": "1,0"}],
            "refunds": [{"id": 1, "total": "free", "date_created_gmt": "now"}],
        },
    )

    assert refusals(reader) == [
        (1, "", "is no order"),
        (2, "number", "is no text"),
        (2, "status", "is no text"),
        (3, "date_created_gmt", "is no time in ISO 8601, such as “2026-05-31T17:09:34+02:00”"),
        (3, "refunds[0].total", number),
        (3, "refunds[0].date_created_gmt", "is no time in ISO 8601, such as “2026-05-31T17:09:34+02:00”"),
        (3, "line_items[0].total", number),
        (3, "discount_total", number),
    ]
    assert [entry.relation for entry in reader.entries()] == ["orders"] * 3


def test_where_a_column_stands(export):
    (entry,) = given(export(ORDER))

    assert entry.place("placed_at") == (1, "date_created_gmt")
    assert entry.place("lines[2].line_total") == (1, "line_items[2].total")
    assert entry.place("lines[2].quantity") == (1, "line_items[2].quantity")
    assert entry.place("lines") == (1, "lines")


@pytest.mark.parametrize("content", ["{}", '"orders"', "7"])
def test_what_is_no_list(tmp_path, content):
    path = tmp_path / "orders.json"
    path.write_text(content)

    with pytest.raises(SourceError, match=r"orders\.json is no list of WooCommerce orders"):
        WooCommerceOrders(path)


def test_refused_orders_go_out_as_they_came(export, tmp_path):
    path = tmp_path / "errors.json"
    reader = export({**ORDER, "number": None, "id": None})
    errors = reader.errors_file(str(path))
    errors.add(given(reader)[0])
    errors.close()

    (kept,) = json.loads(path.read_text())
    assert (kept["row"], kept["data"]["billing"]["email"]) == (1, "jan@example.com")
