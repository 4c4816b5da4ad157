from __future__ import annotations

import pytest

from shopdemo.shop.models import Order
from tests.management.conftest import order

pytestmark = pytest.mark.usefixtures("people")


def relation(ran, name):
    return next(report for report in ran.data["relations"] if report["relation"] == name)


def test_three_rows_and_one_query_a_relation(segments, alice):
    ran = segments("inspect", "--json")

    assert [(report["relation"], len(report["rows"]), report["queries"]) for report in ran.data["relations"]] == [
        ("customers", 3, 1),
        ("orders", 3, 1),
        ("order_lines", 0, 1),
        ("products", 0, 1),
        ("refunds", 0, 1),
    ]
    assert relation(ran, "orders")["rows"][0] == {
        "order_id": "A1",
        "customer": str(alice.pk),
        "email": "",
        "placed_at": "2025-08-13T13:00:00+01:00",
        "total": "10.00",
        "currency": "GBP",
        "coupon_code": "",
        "status": "placed",
        "country": "",
    }
    assert (ran.data["problems"], ran.err, ran.code) == ([], "", 0)


def test_columns_say_what_they_are(segments):
    columns = {column["name"]: column for column in relation(segments("inspect", "--json"), "orders")["columns"]}

    assert columns["total"] == {
        "name": "total",
        "kind": "money",
        "scale": 2,
        "current": False,
        "key": False,
        "personal": False,
        "restricted": False,
    }
    assert (columns["status"]["current"], columns["email"]["personal"]) == (True, True)


def test_personal_and_restricted_values_are_masked(segments, alice):
    order("E1", "1.00", 1, email="eve@example.com")
    ran = segments("inspect", "--json")

    row = relation(ran, "customers")["rows"][0]
    assert (row["email"], row["first_name"], row["birth_date"]) == ("***", "***", "***")
    assert (row["country"], row["gender"], row["accepts_email"]) == ("FR", "", None)
    for told in (ran.out, segments("inspect").out):
        assert "@" not in told
        assert "Alice" not in told
        assert "1990" not in told


def test_for_people(segments):
    lines = segments("inspect").lines

    assert ["orders:", "rows", "shown", "3,", "queries", "1"] in lines
    assert ["order_id", "text", "A1", "A2", "A3"] in lines
    assert ["total", "money", "10.00", "30.00", "20.50"] in lines
    assert lines[-1] == ["Problems:", "0"]


def test_a_long_value_is_cut_for_people(segments):
    Order.objects.update(coupon_code="x" * 40)

    assert ["coupon_code", "text", *["x" * 31 + "…"] * 3] in segments("inspect").lines
    assert relation(segments("inspect", "--json"), "orders")["rows"][0]["coupon_code"] == "x" * 40


def test_problems_of_the_source(segments, use_source):
    use_source("WrongPath")

    ran = segments("inspect", "--json")

    (problem,) = ran.data["problems"]
    assert (problem["code"], problem["relation"], problem["column"]) == ("path", "customers", "language")
    assert problem["message"].startswith('"nothing" does not work')
    assert "language" not in relation(ran, "customers")["rows"][0]
    assert ran.code == 1
    assert ["Problems:", "1"] in segments("inspect").lines


def test_a_relation_that_is_missing(segments, use_source):
    use_source("NoOrders")

    ran = segments("inspect", "--json")

    assert [report["relation"] for report in ran.data["relations"]] == ["customers", "order_lines", "products", "refunds"]
    assert [(problem["code"], problem["relation"]) for problem in ran.data["problems"]] == [("relation", "orders")]


def test_a_relation_that_falls_over(segments, use_source, alice):
    alice.orders.filter(number="A1").delete()
    use_source("FallsOver")

    ran = segments("inspect", "--json")

    assert relation(ran, "orders")["error"].endswith("RuntimeError: the shop fell over")
    assert len(relation(ran, "customers")["rows"]) == 3
    assert "cannot be read: orders.channel failed" in segments("inspect").out
