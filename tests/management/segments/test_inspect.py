from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from segmentation.sources import Column, Events
from shopdemo.shop.models import Order, User
from shopdemo.source import DemoSource
from tests.management.conftest import order

pytestmark = pytest.mark.usefixtures("people")


class AsksForEachRow(DemoSource):
    """Each order's user is asked for by itself."""

    orders = DemoSource.orders.replace(buyer=Column(lambda placed: placed.user.first_name, kind="text", personal=True))


class AsksOnce(DemoSource):
    """The users come with the orders."""

    orders = AsksForEachRow.orders.replace(Order.objects.prefetch_related("user"))


class TwoEvents(DemoSource):
    """Which are one relation."""

    joins = Events(User.objects.all(), kind=Column("gender"), at="date_joined", customer="pk")
    log_ins = Events(User.objects.all(), kind=Column("gender"), at="last_login", customer="pk")


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
        ("carts", 0, 1),
        ("cart_lines", 0, 1),
        ("wishlist_items", 0, 1),
        ("events", 0, 1),
    ]
    # Any of the rows, in whatever order the database gives them.
    row = relation(ran, "orders")["rows"][0]
    order = Order.objects.get(number=row["order_id"])
    assert row == {
        "order_id": order.number,
        "customer": None if order.user_id is None else str(order.user_id),
        "email": "***" if order.email else "",
        "placed_at": order.placed_at.astimezone(ZoneInfo("Europe/London")).isoformat(),
        "total": str(order.total),
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
    # Three of the rows, in whatever order the database gives them.
    numbers = next(line[2:] for line in lines if line[:2] == ["order_id", "text"])
    totals = next(line[2:] for line in lines if line[:2] == ["total", "money"])
    orders = dict(Order.objects.values_list("number", "total"))
    assert len(numbers) == 3
    assert totals == [str(orders[number]) for number in numbers]
    assert lines[-1] == ["Problems:", "0"]


def test_a_long_value_is_cut_for_people(segments):
    Order.objects.update(coupon_code="x" * 40)

    assert ["coupon_code", "text", *["x" * 31 + "…"] * 3] in segments("inspect").lines
    assert relation(segments("inspect", "--json"), "orders")["rows"][0]["coupon_code"] == "x" * 40


def test_a_function_that_asks_for_each_row_is_flagged(segments, configure):
    configure(SOURCE=f"{__name__}.AsksForEachRow")

    ran = segments("inspect", "--json")
    found = relation(ran, "orders")
    assert (found["queries"], found["expected_queries"], ran.code) == (1 + 3, 1, 1)
    text = segments("inspect").out
    assert "N+1: 1 queries expected, 4 made. A function asks the database for each row;" in text
    assert "name what it asks for in the queryset's select_related() or prefetch_related()." in text


def test_a_function_whose_needs_are_fetched_is_not(segments, configure):
    configure(SOURCE=f"{__name__}.AsksOnce")

    ran = segments("inspect", "--json")
    found = relation(ran, "orders")
    assert (found["queries"], found["expected_queries"], ran.code) == (2, 2, 0)
    assert "N+1" not in segments("inspect").out


def test_each_of_several_events_by_the_name_of_its_attribute(segments, configure):
    configure(SOURCE=f"{__name__}.TwoEvents")

    ran = segments("inspect", "--json")
    assert [(report["relation"], report["part"]) for report in ran.data["relations"]][-3:] == [
        ("events", "joins"),
        ("events", "log_ins"),
        ("events", "activity"),
    ]
    lines = segments("inspect").lines
    assert ["events.log_ins:", "rows", "shown", "3,", "queries", "1"] in lines


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

    assert "orders" not in {report["relation"] for report in ran.data["relations"]}
    assert "order_lines" in {report["relation"] for report in ran.data["relations"]}
    assert [(problem["code"], problem["relation"]) for problem in ran.data["problems"]] == [("relation", "orders")]


def test_a_relation_that_falls_over(segments, use_source, alice):
    alice.orders.filter(number="A1").delete()
    use_source("FallsOver")

    ran = segments("inspect", "--json")

    assert relation(ran, "orders")["error"].endswith("RuntimeError: the shop fell over")
    assert len(relation(ran, "customers")["rows"]) == 3
    assert "cannot be read: orders.channel failed" in segments("inspect").out
