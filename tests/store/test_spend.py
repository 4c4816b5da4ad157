from __future__ import annotations

from decimal import Decimal

import pytest

from segmentation.kernel.moments import seconds
from shopdemo.shop.models import Category, Order, Product
from shopdemo.source import DemoSource
from tests.cast import add_line, ago, give_refund, place_order
from tests.store.reading import index_of, read_all, rows_of, wants
from tests.store.sources import BareOrders, Gaps, WithoutRefunds

pytestmark = pytest.mark.django_db

DEMO = DemoSource()


def at(days: float) -> int:
    return seconds(ago(days))


@pytest.fixture
def lamp(db):
    return Product.objects.create(
        code="L", title="Lamp", slug="lamp", price=Decimal(5), category=Category.objects.create(slug="x")
    )


def test_spend_is_orders_as_plus_and_refunds_as_minus(alice, bob):
    give_refund("R1", alice, 50, "10.00", order=Order.objects.get(number="A2"))
    give_refund("R2", alice, 5, "0.50")

    spend = rows_of(read_all(DEMO, wants(spend="amount at")), "spend")
    assert [(row["key"], row["time"], row["amount"]) for row in spend if row["customer"] == index_of(alice)][:4] == [
        ("A1", at(300), 4000),
        ("A2", at(100), 6000),
        ("A2", at(50), -1000),
        ("A3", at(10), 2550),
    ]
    assert all(row["at"] == row["time"] for row in spend)
    assert sum(row["amount"] for row in spend if row["customer"] == index_of(bob)) == 12000
    assert spend[-1]["amount"] == -50


def test_a_refund_is_a_part_of_its_order(alice):
    refunds = [
        give_refund("R1", alice, 50, "10.00", order=Order.objects.get(number="A2")),
        give_refund("R2", alice, 5, "0.50"),
    ]

    spend = read_all(DEMO, wants(spend="amount")).rows("spend")
    first, second = (str(refund.pk) for refund in refunds)
    assert [(spend.key(row), spend.part(row)) for row in range(5)] == [
        ("A1", ""),
        ("A2", ""),
        ("A2", first),
        ("A3", ""),
        (second, second),
    ]
    with pytest.raises(IndexError):
        spend.part(5)


def test_spend_without_refunds(alice):
    assert [row["amount"] for row in rows_of(read_all(WithoutRefunds(), wants(spend="amount")), "spend")] == [4000, 6000, 2550]


def test_spend_of_a_shop_with_the_fewest_columns(alice, lamp, django_assert_num_queries):
    give_refund("R1", alice, 5, "1.50")
    add_line(Order.objects.get(number="A1"), lamp, 1, "40.00")
    columns = read_all(BareOrders(), wants(orders="total", order_lines="line_total", refunds="amount", spend="amount"))

    assert [row["amount"] for row in rows_of(columns, "spend")] == [4000, 6000, 2550, -150]
    assert [row["line_total"] for row in rows_of(columns, "order_lines")] == [4000]
    assert columns.faults == {}


def test_at_equal_times_orders_come_before_refunds(dan):
    give_refund("R1", dan, 5, "1.00")
    place_order("Z9", dan, 5, "9.00")
    place_order("Z10", dan, 5, "8.00")

    rows = rows_of(read_all(DEMO, wants(spend="amount")), "spend")
    assert [row["amount"] for row in rows[-3:]] == [800, 900, -100]


def test_amounts_that_are_not_known_stay_so(dan):
    place_order("1", dan, 5, coupon_code="NOTOTAL")

    assert [row["amount"] for row in rows_of(read_all(Gaps(), wants(spend="amount")), "spend")] == [1500, None]


def test_nobody_spends_nothing(db):
    assert rows_of(read_all(DEMO, wants(spend="amount at")), "spend") == []
