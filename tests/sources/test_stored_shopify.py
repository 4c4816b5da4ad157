from __future__ import annotations

import csv
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from segmentation.errors import SourceError
from segmentation.sources.stored.shopify import REQUIRED, ShopifyOrders

EXPORT = Path(__file__).parent / "imports" / "shopify_orders.csv"

ORDER = {
    "Name": "#1",
    "Email": "ada@example.com",
    "Financial Status": "paid",
    "Currency": "GBP",
    "Total": "10.00",
    "Created at": "2026-03-01 12:00:00 +0000",
    "Lineitem quantity": "2",
    "Lineitem name": "Lamp",
    "Lineitem price": "5.00",
    "Cancelled at": "",
}
LINE = {"Name": "#1", "Lineitem quantity": "1", "Lineitem name": "Mug", "Lineitem price": "3.00"}
AT = datetime(2026, 3, 1, 12, tzinfo=UTC)


@pytest.fixture
def export(tmp_path):
    """Reads rows, given as dicts, as an export with just their columns."""

    def read(*rows: dict[str, str], zone: str | None = None) -> ShopifyOrders:
        path = tmp_path / "orders.csv"
        head = list(dict.fromkeys(name for row in (ORDER, *rows) for name in row))
        with path.open("w", newline="", encoding="utf-8", errors="surrogateescape") as file:
            writer = csv.DictWriter(file, head)
            writer.writeheader()
            writer.writerows(rows)
        return ShopifyOrders(path, ZoneInfo(zone) if zone else None)

    return read


def orders(reader):
    return [entry for entry in reader.entries() if entry.relation == "orders"]


def products(reader):
    return [dict(entry.data) for entry in reader.entries() if entry.relation == "products"]


def refusals(reader):
    return [tuple(refusal) for entry in reader.entries() for refusal in entry.refusals]


def test_a_real_head():
    reader = ShopifyOrders(EXPORT)

    assert reader.warnings == []
    assert reader.total == 7
    assert [(entry.key, entry.row, len(entry.kept), entry.left_out) for entry in orders(reader)] == [
        ("#1007", 2, 1, ""),
        ("#1006", 3, 2, ""),
        ("#1005", 5, 1, "voided"),
        ("#1004", 6, 1, "cancelled"),
        ("#1003", 7, 3, ""),
        ("#1002", 10, 1, ""),
        ("#1001", 11, 2, ""),
    ]
    assert refusals(reader) == []


def test_an_order():
    order = orders(ShopifyOrders(EXPORT))[5].data

    assert order == {
        "order_id": "#1002",
        "email": "ada@example.com",
        "placed_at": datetime(2026, 1, 31, 23, 30, tzinfo=UTC),
        "total": "36.00",
        "currency": "GBP",
        "discount": "4.00",
        "refunded": "0.00",
        "coupon_code": "SPRING10",
        "status": "paid",
        "country": "GB",
        "channel": "web",
        "lines": [{"product_id": "LAMP-1", "quantity": 1, "line_total": Decimal(36), "discount": Decimal(4)}],
    }


def test_lines_of_an_order():
    order = orders(ShopifyOrders(EXPORT))[4].data

    assert (order["email"], order["placed_at"]) == ("Bruno@Example.com", datetime(2026, 2, 14, 20, 9, 34, tzinfo=UTC))
    assert [(line["product_id"], line["quantity"], line["line_total"]) for line in order["lines"]] == [
        ("LAMP-1", 1, 40),
        ("MUG-BL", 2, 25),
        ("MUG-BL", 1, Decimal("12.5")),
    ]


def test_what_has_no_code_goes_by_its_name():
    assert [line["product_id"] for line in orders(ShopifyOrders(EXPORT))[1].data["lines"]] == ["LAMP-1", "Gift card"]


def test_a_sale_in_the_shop_has_the_country_of_the_bill():
    order = orders(ShopifyOrders(EXPORT))[0].data

    assert (order["email"], order["country"], order["channel"]) == ("", "GB", "pos")


def test_money_given_back():
    entries = orders(ShopifyOrders(EXPORT))

    assert [(entry.key, list(entry.refunds)) for entry in entries if entry.refunds] == [
        (
            "#1006",
            [
                {
                    "order_id": "#1006",
                    "email": "zoe@example.com",
                    "currency": "GBP",
                    "refund_id": "shopify:#1006",
                    "amount": Decimal(25),
                    "at": datetime(2026, 2, 20, 11, tzinfo=UTC),
                }
            ],
        )
    ]


def test_products_are_as_the_latest_order_has_them():
    assert products(ShopifyOrders(EXPORT)) == [
        {"product_id": "MUG-BL", "title": "Mug - Blue / Large", "brand": "Clayworks"},
        {"product_id": "LAMP-1", "title": "Brass lamp", "brand": "Hellweg"},
        {"product_id": "Gift card", "title": "Gift card", "brand": "Hellweg"},
    ]


def test_the_latest_order_may_stand_anywhere(export):
    later = {
        **ORDER,
        "Name": "#2",
        "Created at": "2026-03-02 12:00:00 +0000",
        "Lineitem name": "Lamp, large",
        "Lineitem sku": "L",
    }
    earlier = {**ORDER, "Lineitem sku": "L"}

    assert [product["title"] for product in products(export(earlier, later))] == ["Lamp, large"]
    assert [product["title"] for product in products(export(later, earlier))] == ["Lamp, large"]


@pytest.mark.parametrize("name", REQUIRED)
def test_a_column_that_is_missing_is_named(tmp_path, name):
    path = tmp_path / "orders.csv"
    path.write_text(",".join(column for column in ORDER if column != name))

    with pytest.raises(SourceError) as raised:
        ShopifyOrders(path)
    assert str(raised.value) == f"{path} is no order export of Shopify: it has no column {name}"


def test_columns_in_any_order_and_others_beside_them(export):
    row = {"Odd": "x", **dict(reversed(ORDER.items()))}

    assert orders(export(row))[0].data["total"] == "10.00"


def test_an_export_of_nothing(export):
    reader = export()

    assert (reader.total, list(reader.entries())) == (0, [])


@pytest.mark.parametrize("status", ["paid", "pending", "authorized", "partially_paid", "partially_refunded", "refunded", ""])
def test_orders_that_count(export, status):
    (order,) = orders(export({**ORDER, "Financial Status": status}))

    assert (order.left_out, order.data["status"]) == ("", status)


@pytest.mark.parametrize("status", ["voided", "Expired"])
def test_orders_that_came_to_nothing(export, status):
    (order,) = orders(export({**ORDER, "Financial Status": status}))

    assert (order.left_out, order.data) == (status.lower(), None)


def test_a_time_without_an_offset(export):
    row = {**ORDER, "Created at": "2026-07-01 12:00:00"}

    assert refusals(export(row)) == [(2, "Created at", "has no offset: say in which zone it is")]
    assert orders(export(row, zone="Europe/London"))[0].data["placed_at"] == datetime(2026, 7, 1, 11, tzinfo=UTC)


def test_what_cannot_be_read_is_told_by_row_and_column(export):
    reader = export(
        {**ORDER, "Created at": "soon", "Lineitem price": "five"},
        {**LINE, "Lineitem quantity": "", "Lineitem discount": "-"},
        {**ORDER, "Name": "#2", "Lineitem sku": "L\udceemp", "Notes": "é"},
    )

    number = "is no decimal number, such as “19.90”"
    assert refusals(reader) == [
        (2, "Created at", "is no time in ISO 8601, such as “2026-05-31T17:09:34+02:00”"),
        (2, "Lineitem price", number),
        (3, "Lineitem quantity", number),
        (3, "Lineitem discount", number),
        (4, "Lineitem sku", "holds characters that cannot be read"),
    ]
    assert products(reader) == [{"product_id": "Lamp", "title": "Lamp", "brand": ""}]


def test_a_row_without_a_name(export):
    reader = export({**ORDER, "Name": " "}, LINE | {"Name": ""}, {**ORDER, "Name": "#2"})

    assert [(entry.key, entry.refusals != []) for entry in orders(reader)] == [("", True), ("#2", False)]
    assert refusals(reader) == [(2, "Name", "is required"), (3, "Name", "is required")]


def test_a_name_that_cannot_be_read(export):
    assert refusals(export({**ORDER, "Name": "#\udce9", "Cancelled at": "yes", "Notes": "é"})) == [
        (2, "Name", "holds characters that cannot be read")
    ]


def test_rows_of_one_order_must_stand_together(export):
    reader = export(ORDER, {**ORDER, "Name": "#2"}, LINE)

    message = "the rows of this order do not stand together"
    assert refusals(reader) == [(2, "Name", message), (4, "Name", message)]
    assert [entry.key for entry in orders(reader) if not entry.refusals] == ["#2"]


def test_a_row_that_is_too_wide_spoils_its_order(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(",".join(ORDER) + "\n" + ",".join(ORDER.values()) + ",oops\n")

    assert refusals(ShopifyOrders(path)) == [(2, "", "has 11 cells, the head has 10")]


def test_a_row_that_is_no_csv(tmp_path):
    path = tmp_path / "orders.csv"
    path.write_text(",".join(ORDER) + '\n"#0"x,\n' + ",".join(ORDER.values()) + "\n")
    reader = ShopifyOrders(path)

    assert refusals(reader) == [(2, "", "',' expected after '\"'")]
    assert [entry.key for entry in orders(reader)] == ["", "#1"]


def test_a_row_without_a_line_item(export):
    (order,) = orders(export(ORDER, {"Name": "#1"}))

    assert len(order.data["lines"]) == 1
    assert len(order.kept) == 2


def test_where_a_column_stands(export):
    (order,) = orders(export(ORDER, {"Name": "#1"}, LINE))

    assert order.place("total") == (2, "Total")
    assert order.place("lines[1].quantity") == (4, "Lineitem quantity")
    assert order.place("lines[0].product_id") == (2, "Lineitem sku")
    assert order.place("lines") == (2, "lines")


def test_refused_rows_go_out_with_their_head(export, tmp_path):
    reader = export({**ORDER, "Total": "x"})
    errors = reader.errors_file(str(tmp_path / "errors.csv"))
    errors.add(orders(reader)[0])
    errors.close()

    assert (tmp_path / "errors.csv").read_text("utf-8-sig").splitlines()[0] == ",".join([*ORDER, "Error row", "Error"])
