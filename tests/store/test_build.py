from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from segmentation.errors import SourceError
from segmentation.facts import catalogue_of
from segmentation.kernel.moments import seconds
from segmentation.models import Profile
from segmentation.store import build
from shopdemo.shop.models import Category, Order, OrderLine, Product, Refund, User
from shopdemo.source import DemoSource
from tests.cast import NOW, add_line, ago, give_refund, place_order
from tests.sources.conftest import ALICE, BOB, NOON, keepers, visits  # noqa: F401
from tests.sources.zoo.models import Animal, Item, Visit
from tests.sources.zoo.source import Zoo
from tests.store.reading import LONDON, index_of, people_of, plain, read_all, rows_of, wants
from tests.store.sources import (
    Called,
    Gaps,
    Joining,
    RefundsByText,
    RefundsWithoutCurrency,
)

pytestmark = pytest.mark.django_db

DEMO = DemoSource()


def attribute(columns, name: str, person: User | str):
    return plain(columns.attribute(name))[index_of(person)]


def at(days: float) -> int:
    return seconds(ago(days))


@pytest.fixture
def lamp(db):
    return Product.objects.create(
        code="L", title="Lamp", slug="lamp", price=Decimal(5), category=Category.objects.create(slug="x")
    )


# What is read.


def test_only_the_relations_and_columns_that_are_needed(cast, django_assert_num_queries):
    read_all(DEMO, wants())
    with django_assert_num_queries(5 + 1):  # the sync, and the people
        assert read_all(DEMO, wants()).size == 4
    with django_assert_num_queries(6 + 1) as queries:
        read_all(DEMO, wants(orders="total"))

    sql = queries[-1]["sql"]
    assert '"shop_order"."total"' in sql
    assert '"shop_order"."currency"' in sql
    assert all(f'"{name}"' not in sql.split(" FROM ")[0] for name in ("coupon_code", "status", "country", "simulated_fields"))


@pytest.mark.parametrize(
    ("needs", "queries"),
    [
        (wants("customer.country", "customer.birth_date"), 1),
        (wants(orders="total status coupon_code"), 1),
        (wants(order_lines="quantity line_total"), 2),
        (wants(refunds="amount"), 2),
        (wants(spend="amount"), 2),
        (wants(orders="", refunds="", spend="amount at"), 2),
        (wants("customer.country", orders="total", order_lines="", refunds="amount", spend="amount"), 4),
    ],
    ids=["facts", "orders", "lines", "refunds", "spend", "three of orders", "all"],
)
def test_one_query_a_relation(cast, lamp, needs, queries, django_assert_num_queries):
    alice = cast["alice"]
    add_line(Order.objects.get(number="A1"), lamp)
    give_refund("R1", alice, order=Order.objects.get(number="A1"))
    read_all(DEMO, wants())

    with django_assert_num_queries(6 + queries):
        read_all(DEMO, needs)


def test_a_customers_attributes(cast):
    needs = wants("customer.country", "customer.birth_date", "customer.accepts_email", "customer.joined_at")
    columns = read_all(DEMO, needs)
    alice, bob, carol, dan = cast.values()

    assert [attribute(columns, "customer.country", one) for one in (alice, bob, carol, dan)] == ["gb", "fr", None, None]
    assert [attribute(columns, "customer.accepts_email", one) for one in (alice, bob, carol, dan)] == [1, 0, None, None]
    midnight = seconds(dt.datetime(1990, 6, 3, 23, tzinfo=dt.UTC))  # it was summer in London
    assert [attribute(columns, "customer.birth_date", one) for one in (alice, bob)] == [midnight, None]
    assert [attribute(columns, "customer.joined_at", one) for one in (alice, dan)] == [at(400), None]


def test_rows_by_time_and_then_by_key(db):
    place_order("10", "dan@guest.test", 5)
    place_order("9", "dan@guest.test", 5)
    place_order("B", "dan@guest.test", 5)
    place_order("1", "dan@guest.test", 7)
    place_order("100", "dan@guest.test", 1)

    assert [row["key"] for row in rows_of(read_all(DEMO, wants(orders="")), "orders")] == ["1", "9", "10", "B", "100"]


def test_the_rows_of_everybody(cast):
    rows = rows_of(read_all(DEMO, wants(orders="total coupon_code")), "orders")
    alice, bob, _, dan = map(index_of, cast.values())

    def row(customer, days, key, total, coupon_code=None):
        return {"customer": customer, "time": at(days), "key": key, "total": total, "coupon_code": coupon_code}

    assert rows == [
        row(bob, 500, "B1", 10000),
        row(alice, 300, "A1", 4000, "spring"),
        row(bob, 200, "B2", 2000),
        row(alice, 100, "A2", 6000),
        row(dan, 20, "D1", 1500),
        row(alice, 10, "A3", 2550),
    ]


def test_a_cancelled_order_never_was_one(alice):
    Order.objects.filter(number="A2").update(status=Order.Status.CANCELLED)

    assert [row["key"] for row in rows_of(read_all(DEMO, wants(orders="")), "orders")] == ["A1", "A3"]


def test_rows_of_nobody_are_left_out_and_counted(alice):
    staff = User.objects.create_user("boss@shop.test", is_staff=True)
    place_order("S1", staff)
    place_order("N1", None)
    place_order("N2", "  ")
    give_refund("R1", staff)

    columns = read_all(DEMO, wants(orders="", refunds="", spend="amount"))
    assert [row["key"] for row in rows_of(columns, "orders")] == ["A1", "A2", "A3"]
    assert rows_of(columns, "refunds") == []
    assert columns.ignored == {"orders": 3, "refunds": 1}


def test_rows_without_a_time_come_first_and_are_counted(db, use_source):
    place_order("1", "dan@guest.test", 5)
    place_order("3", "dan@guest.test", coupon_code="NOTIME")
    place_order("2", "dan@guest.test", coupon_code="NOTIME")

    columns = read_all(Gaps(), wants(orders="", spend="amount"))
    assert [(row["key"], row["time"]) for row in rows_of(columns, "orders")] == [("2", None), ("3", None), ("1", at(5))]
    assert [row["time"] for row in rows_of(columns, "spend")] == [None, None, at(5)]
    assert columns.faults == {"orders.placed_at without a value": 2}


def test_rows_without_a_total_stay_and_are_counted_once(db):
    place_order("1", "dan@guest.test", 5, coupon_code="NOTOTAL")

    columns = read_all(Gaps(), wants(orders="total", spend="amount"))
    assert [row["total"] for row in rows_of(columns, "orders")] == [None]
    assert [row["amount"] for row in rows_of(columns, "spend")] == [None]
    assert columns.faults == {"orders.total without a value": 1}


def test_a_row_without_a_key_is_a_row(db):
    place_order("1", "dan@guest.test", 5, "7.00", coupon_code="NONUMBER")

    assert [row["total"] for row in rows_of(read_all(Gaps(), wants(orders="total")), "orders")] == [700]


def test_values_that_are_none_of_their_kind_are_missing_and_counted(alice, bob):
    User.objects.filter(pk=alice.pk).update(city="12.5")
    User.objects.filter(pk=bob.pk).update(city="many")
    place_order("1", alice, coupon_code="LIST")

    columns = read_all(Called(), wants("customer.points", orders="channel"))
    assert [attribute(columns, "customer.points", one) for one in (alice, bob)] == [12_500_000, None]
    assert [row["channel"] for row in rows_of(columns, "orders")] == ["web"] * 5 + [None]
    assert columns.faults == {"customers.points": 1, "orders.channel": 1}


# Money.


def test_money_in_minor_units_and_keys_that_are_uuids(keepers, visits):  # noqa: F811
    columns = read_all(Zoo(), wants("customer.country", orders="total"), currency="EUR")
    profiles = list(Profile.objects.order_by("pk").values_list("customer_id", flat=True))

    assert plain(columns.attribute("customer.country"))[profiles.index(str(ALICE))] == "fr"
    assert [(row["key"], row["total"]) for row in rows_of(columns, "orders")] == [
        ("v4", 1),
        ("v1", 1050),
        ("v3", None),
        ("v2", None),
    ]
    owners = {row["key"]: profiles[row["customer"]] for row in rows_of(columns, "orders")}
    assert owners == {"v1": str(ALICE), "v2": str(ALICE), "v3": str(BOB), "v4": ""}
    assert columns.faults == {
        "orders.placed_at without a value": 1,
        "orders.total without a value": 1,
        "orders.total without a rate for PLN": 1,
    }


@pytest.mark.parametrize(("currency", "expected"), [("EUR", 1050), ("JPY", 10), ("KWD", 10500)])
def test_minor_units_become_those_of_the_base_currency(keepers, currency, expected):  # noqa: F811
    Visit.objects.create(number="v1", keeper_id=ALICE, made=NOON, cents=1050, currency=currency)

    columns = read_all(Zoo(), wants(orders="total"), currency=currency)
    assert [row["total"] for row in rows_of(columns, "orders")] == [expected]


def test_money_in_another_currency_is_missing_and_counted_but_its_row_counts(alice):
    place_order("E1", alice, 5, "9.99", currency="EUR")
    place_order("E2", alice, 4, "9.99", currency="gbp")
    place_order("E3", alice, 3, "9.99", currency="")

    columns = read_all(DEMO, wants(orders="total currency", spend="amount"))
    assert [(row["key"], row["total"]) for row in rows_of(columns, "orders")][3:] == [("E1", None), ("E2", 999), ("E3", 999)]
    assert [row["amount"] for row in rows_of(columns, "spend")][3:] == [None, 999, 999]
    assert columns.faults == {"orders.total without a rate for EUR": 1}


def test_a_line_has_its_orders_currency(alice, lamp):
    add_line(place_order("E1", alice, 5, currency="EUR"), lamp, 3, "9.99")
    add_line(place_order("E2", alice, 4), lamp, 2, "5.00")

    columns = read_all(DEMO, wants(order_lines="line_total quantity"))
    assert [(row["quantity"], row["line_total"]) for row in rows_of(columns, "order_lines")] == [(3, None), (2, 500)]
    assert columns.faults == {"order_lines.line_total without a rate for EUR": 1}


# Lines.


def test_a_line_has_the_customer_and_the_time_of_its_order(cast, lamp):
    add_line(Order.objects.get(number="A1"), lamp, 1, "40.00")
    add_line(Order.objects.get(number="D1"), lamp, 2, "10.00")
    add_line(Order.objects.get(number="D1"), None, 1, "5.00")  # postage

    columns = read_all(DEMO, wants(order_lines="line_total"))
    alice, dan = index_of(cast["alice"]), index_of(cast["dan"])
    assert rows_of(columns, "order_lines") == [
        {"customer": alice, "time": at(300), "key": "A1", "line_total": 4000},
        {"customer": dan, "time": at(20), "key": "D1", "line_total": 1000},
        {"customer": dan, "time": at(20), "key": "D1", "line_total": 500},
    ]
    assert columns.ignored == {"orders": 0, "order_lines": 0}


def test_lines_of_orders_that_the_shop_does_not_give_are_left_out_and_counted(alice, lamp):
    class CancelledLinesToo(DemoSource):
        order_lines = DemoSource.order_lines.replace(OrderLine.objects.all())

    order = Order.objects.get(number="A1")
    add_line(order, lamp)
    add_line(Order.objects.get(number="A2"), lamp)
    Order.objects.filter(pk=order.pk).update(status=Order.Status.CANCELLED)

    columns = read_all(CancelledLinesToo(), wants(order_lines=""))
    assert [row["key"] for row in rows_of(columns, "order_lines")] == ["A2"]
    assert columns.ignored["order_lines"] == 1


def test_lines_of_nobodys_orders_are_left_out_and_counted(lamp):
    add_line(place_order("N1", None), lamp)

    columns = read_all(DEMO, wants(order_lines=""))
    assert rows_of(columns, "order_lines") == []
    assert columns.ignored == {"orders": 1, "order_lines": 1}


# Refunds.


def test_a_refund_needs_no_order(alice, dan):
    give_refund("R1", alice, 9, "3.00", order=Order.objects.get(number="A1"))
    give_refund("R2", dan, 8, "2.00")

    refunds = rows_of(read_all(DEMO, wants(refunds="amount")), "refunds")
    own_key = str(Refund.objects.get(number="R2").pk)
    assert refunds == [
        {"customer": index_of(alice), "time": at(9), "key": "A1", "amount": 300},
        {"customer": index_of(dan), "time": at(8), "key": own_key, "amount": 200},
    ]


def test_a_refund_of_an_order_that_the_shop_does_not_give_is_left_out_and_counted(alice):
    order = Order.objects.get(number="A1")
    give_refund("R1", alice, 9, "3.00", order=order)
    Order.objects.filter(pk=order.pk).update(status=Order.Status.CANCELLED)

    columns = read_all(DEMO, wants(refunds="amount", spend="amount"))
    assert rows_of(columns, "refunds") == []
    assert [row["amount"] for row in rows_of(columns, "spend")] == [6000, 2550]
    assert columns.ignored == {"orders": 0, "refunds": 1}


def test_a_refund_without_a_currency_has_its_orders(alice):
    foreign = place_order("E1", alice, 5, currency="EUR")
    give_refund("R1", alice, 3, "3.00", order=foreign)
    give_refund("R2", alice, 2, "2.00", order=Order.objects.get(number="A1"))
    give_refund("R3", alice, 1, "1.00", currency="EUR")

    columns = read_all(RefundsWithoutCurrency(), wants(refunds="amount"))
    assert [row["amount"] for row in rows_of(columns, "refunds")] == [None, 200, 100]
    assert columns.faults == {"refunds.amount without a rate for EUR": 1}


def test_a_refund_whose_own_currency_is_known_does_not_ask_its_order(alice):
    give_refund("R1", alice, 3, "3.00", order=place_order("E1", alice, 5, currency="EUR"))
    give_refund("R2", alice, 2, "2.00", order=Order.objects.get(number="A1"), currency="EUR")

    assert [row["amount"] for row in rows_of(read_all(DEMO, wants(refunds="amount")), "refunds")] == [300, None]


def test_blank_texts_are_no_order_and_no_currency(alice):
    give_refund("R1", alice, 3, "3.00", order=place_order("E1", alice, 5, currency="EUR"), currency="XXX")
    give_refund("R2", alice, 2, "2.00", currency="XXX")

    columns = read_all(RefundsByText(), wants(refunds="amount"))
    assert [row["amount"] for row in rows_of(columns, "refunds")] == [None, 200]
    assert columns.ignored == {"refunds": 0}


# Guests who are accounts.


def test_guests_stay_guests_unless_the_shop_says_so(alice):
    place_order("G1", "ALICE@shop.test", 3)

    rows = rows_of(read_all(DEMO, wants(orders="")), "orders")
    assert rows[-1]["customer"] == index_of("alice@shop.test")


def test_guests_with_an_accounts_address_are_the_account(alice, dan):
    place_order("G1", " ALICE@shop.test", 3)

    columns = read_all(Joining(), wants(orders=""))
    assert {row["key"] for row in rows_of(columns, "orders") if row["customer"] == index_of(alice)} == {"A1", "A2", "A3", "G1"}
    assert {row["key"] for row in rows_of(columns, "orders") if row["customer"] == index_of(dan)} == {"D1"}
    assert columns.ignored == {"orders": 0}


def test_joining_takes_no_further_query(alice, django_assert_num_queries):
    read_all(Joining(), wants())
    with django_assert_num_queries(6 + 2):
        read_all(Joining(), wants("customer.country", orders=""))


# Nobody, somebody, failures.


def test_nobody_and_nothing():
    columns = read_all(DEMO, wants("customer.country", orders="total", order_lines="quantity", refunds="amount", spend="amount"))

    assert columns.size == 0
    assert plain(columns.attribute("customer.country")) == []
    assert [rows_of(columns, relation) for relation in columns.relations] == [[], [], [], []]
    assert columns.ignored == {"orders": 0, "order_lines": 0, "refunds": 0}
    assert columns.faults == {}


def test_one_customer_without_rows(carol):
    columns = read_all(DEMO, wants("customer.country", orders="total", spend="amount"))

    assert columns.size == 1
    assert plain(columns.attribute("customer.country")) == [None]
    assert rows_of(columns, "orders") == rows_of(columns, "spend") == []


def test_rows_without_anybody(db):
    place_order("N1", None)

    columns = read_all(DEMO, wants(orders="total"))
    assert (columns.size, rows_of(columns, "orders"), columns.ignored) == (0, [], {"orders": 1})


def test_a_column_nobody_fills(keepers):  # noqa: F811
    Animal.objects.create(title="Otter", price=1)
    Item.objects.create(visit=Visit.objects.create(number="v1", keeper_id=BOB, made=NOON), paid=Decimal("2.50"))

    columns = read_all(Zoo(), wants(orders="total", order_lines="line_total"), currency="EUR")
    assert [row["total"] for row in rows_of(columns, "orders")] == [None]
    assert [(row["key"], row["line_total"]) for row in rows_of(columns, "order_lines")] == [("v1", 250)]


def test_a_shop_that_raises_halfway(alice):
    class Torn(DemoSource):
        orders = DemoSource.orders.replace(channel=lambda order: 1 // 0 if order.number == "A3" else "web")

    with pytest.raises(SourceError, match=r"orders\.channel failed for the row with key \d+: ZeroDivisionError"):
        read_all(Torn(), wants(orders="channel"))
    assert len(rows_of(read_all(Torn(), wants(orders="")), "orders")) == 3


def test_another_database_is_asked_where_one_is_named(alice):
    with pytest.raises(SourceError, match="orders could not be read: ConnectionDoesNotExist"):
        build(DEMO, people_of(), wants(orders=""), catalogue_of(DEMO, "GBP"), LONDON, using="replica")


def test_later_rows_are_given_too_since_the_kernel_knows_now(alice):
    place_order("A4", alice, -5)

    assert rows_of(read_all(DEMO, wants(orders="")), "orders")[-1]["time"] == seconds(NOW + dt.timedelta(days=5))
