from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal

import pytest

from segmentation.errors import SourceError
from segmentation.sources.stored.cleaning import Cleaned, clean

ORDER = {"order_id": "1001", "email": "ada@example.com", "placed_at": "2026-03-01T12:00:00Z", "total": "19.90"}
PLACED = datetime(2026, 3, 1, 12, tzinfo=UTC)


def faults(relation, row):
    cleaned, found = clean(relation, row)
    assert cleaned is None
    return [(fault.column, fault.message) for fault in found]


def test_a_row_has_what_it_was_given_and_nothing_else():
    cleaned, found = clean("orders", ORDER)

    assert found == []
    assert cleaned == Cleaned(
        ("1001",), {"order_id": "1001", "email": "ada@example.com", "placed_at": PLACED, "total": Decimal("19.9")}, None
    )


def test_null_and_blank_are_no_value():
    cleaned, _ = clean("orders", {**ORDER, "discount": None, "coupon_code": "  ", "customer": None, "country": ""})

    assert {name: cleaned.values[name] for name in ("discount", "coupon_code", "customer", "country")} == {
        "discount": None,
        "coupon_code": "",
        "customer": "",
        "country": "",
    }


def test_a_key_may_be_a_number():
    assert clean("customers", {"customer_id": 7})[0].key == ("7",)


def test_everything_that_is_wrong_is_told_at_once():
    row = {
        "order_id": " ",
        "placed_at": "yesterday",
        "total": "1,90",
        "currency": "euro",
        "totl": 1,
        "colour": "red",
        "lines": [1, {}],
    }

    assert faults("orders", row) == [
        ("totl", "is no column here; did you mean “total”?"),
        ("colour", "is no column here; what only your shop has goes into “extra”"),
        ("order_id", "is required"),
        ("placed_at", "is no time in ISO 8601, such as “2026-05-31T17:09:34+02:00”"),
        ("total", "is no decimal number, such as “19.90”"),
        ("currency", "is no currency of three letters, such as “EUR”"),
        ("customer", "is missing: give one of customer, email, if only as null"),
        ("lines[0]", "is no line: a line is an object of columns"),
        ("lines[1].product_id", "is required"),
        ("lines[1].quantity", "is required"),
        ("lines[1].line_total", "is required"),
    ]


@pytest.mark.parametrize("row", [None, "1001", ["1001"], 7])
def test_no_row_at_all(row):
    assert faults("orders", row) == [("", "is no row: a row is an object of columns")]


def test_an_unknown_relation():
    with pytest.raises(SourceError, match="no rows can be pushed to 'events'; there are customers, products, orders, refunds"):
        clean("events", {})


def test_lines_where_there_are_none():
    row = {"customer_id": "7", "lines": []}

    assert faults("customers", row) == [("lines", "is no column here; what only your shop has goes into “extra”")]


@pytest.mark.parametrize("lines", ["LAMP", {"product_id": "LAMP"}, 1, [{}] * 10_001])
def test_lines_that_are_no_list(lines):
    assert faults("orders", {**ORDER, "lines": lines}) == [("lines", "is no list of at most 10,000 lines")]


@pytest.mark.parametrize(("given", "expected"), [(None, None), ([], ())])
def test_no_lines_given_is_not_the_same_as_none_left(given, expected):
    assert clean("orders", {**ORDER, "lines": given})[0].lines == expected


def test_lines_are_cleaned_as_rows_are():
    line = {"product_id": 11, "quantity": 2, "line_total": "5", "discount": "", "extra": {"colour": "red"}}

    assert clean("orders", {**ORDER, "lines": (line,)})[0].lines == (
        {"product_id": "11", "quantity": Decimal(2), "line_total": Decimal(5), "discount": None, "extra": {"colour": "red"}},
    )


def test_a_line_does_not_name_its_order():
    line = {"order_id": "1001", "product_id": "11", "quantity": 2, "line_total": "5"}

    assert [column for column, _ in faults("orders", {**ORDER, "lines": [line]})] == ["lines[0].order_id"]


@pytest.mark.parametrize("updated_at", [None, "", " "])
def test_times_that_are_ours_to_give_may_be_missing(updated_at):
    cleaned, _ = clean("carts", {"cart_id": "C1", "visitor": "v1", "updated_at": updated_at, "created_at": None})

    assert cleaned.values == {"cart_id": "C1", "visitor": "v1"}


def test_a_row_may_be_nobodys_if_that_is_said():
    row = {name: value for name, value in ORDER.items() if name != "email"}

    assert [column for column, _ in faults("orders", row)] == ["customer"]
    assert clean("orders", {**row, "email": None})[1] == []


def test_a_wish_is_somebodys():
    assert faults("wishlist_items", {"product_id": "LAMP"}) == [("customer", "is required")]


def test_a_text_has_its_length():
    assert clean("customers", {"customer_id": "7" * 240})[1] == []
    assert faults("customers", {"customer_id": "7" * 241}) == [("customer_id", "is longer than 240 characters")]


@pytest.mark.parametrize("value", ["true", 1, 0, "yes"])
def test_no_booleans(value):
    assert faults("customers", {"customer_id": 7, "accepts_email": value}) == [("accepts_email", "is neither true nor false")]


@pytest.mark.parametrize("value", [True, False])
def test_booleans(value):
    assert clean("customers", {"customer_id": 7, "accepts_email": value})[0].values["accepts_email"] is value


def test_amounts_that_cannot_be_negative():
    assert [column for column, _ in faults("orders", {**ORDER, "total": "-1", "refunded": "-1"})] == ["total", "refunded"]
    assert [column for column, _ in faults("refunds", {"refund_id": 1, "email": None, "at": PLACED, "amount": -1})] == ["amount"]
    assert clean("orders", {**ORDER, "lines": [{"product_id": "DISCOUNT", "quantity": 1, "line_total": "-5"}]})[1] == []


def test_extra_that_is_none():
    assert faults("customers", {"customer_id": 7, "extra": 1}) == [("extra", "is no object of columns")]
