from __future__ import annotations

from datetime import date

import pytest

from segmentation.errors import ConfigurationError, SourceError
from segmentation.facts import catalogue_of
from segmentation.models import Rate
from segmentation.sources import Column
from segmentation.sources.rates_given import GivenRates
from segmentation.store import build
from shopdemo.shop.models import Order, User
from shopdemo.source import DemoSource
from tests.cast import give_refund, place_order, profile_of
from tests.store.reading import LONDON, everything, people_of, plain, read_all, read_few, wants
from tests.store.sources import Called

pytestmark = pytest.mark.django_db

DEMO = DemoSource()
MONEY = wants(orders="total", refunds="amount", spend="amount")


def totals(columns) -> list[int | None]:
    return plain(columns.rows("orders").column("total"))


@pytest.fixture
def dollars(alice):
    """Two of Alice's orders were in dollars, and so was a refund."""
    Order.objects.filter(number__in=["A1", "A2"]).update(currency="usd")
    give_refund("R1", alice, 100, "1.00", currency="USD")
    Rate.objects.create(base="USD", quote="GBP", day=date(2020, 1, 1), rate="0.5")
    return alice


def test_amounts_in_other_currencies_are_converted(dollars):
    columns = read_all(DEMO, MONEY)

    assert totals(columns) == [2000, 3000, 2550]
    assert plain(columns.rows("refunds").column("amount")) == [50]
    assert plain(columns.rows("spend").column("amount")) == [2000, 3000, -50, 2550]
    assert columns.faults == {}
    assert totals(read_few(DEMO, MONEY, profile_of(dollars))) == [2000, 3000, 2550]


def test_a_rate_is_asked_for_once_whatever_asks_about_it(dollars, django_assert_num_queries):
    read_all(DEMO, wants())
    with django_assert_num_queries(6 + 2 + 2):  # the sync and the people; orders and refunds; their rates
        read_all(DEMO, MONEY)
    with django_assert_num_queries(3 + 2):  # of a few, the orders that refunds name too
        read_few(DEMO, MONEY, profile_of(dollars))


def test_rates_are_not_asked_for_where_there_is_one_currency(alice, django_assert_num_queries, configure):
    configure(RATES="nowhere.at.all")
    read_all(DEMO, wants())

    with django_assert_num_queries(6 + 2):
        read_all(DEMO, MONEY)


def test_rates_by_day_of_the_settings(dollars, configure):
    configure(RATES={"USD": {"2025-08-05": "0.1", "2026-02-21": "0.2"}})  # A1 and A2 are 300 and 100 days old

    assert totals(read_all(DEMO, MONEY)) == [400, 1200, 2550]


def test_a_setting_that_gives_no_rates_stops_the_reading(dollars, configure):
    configure(RATES={"USD": "-1"})
    with pytest.raises(ConfigurationError, match="'-1' is no rate"):
        read_all(DEMO, MONEY)
    configure(RATES="tests.store.test_reading.rate")
    with pytest.raises(SourceError, match=r"test_reading\.rate failed for USD on 2025-08-05: ZeroDivisionError"):
        read_all(DEMO, MONEY)


def rate(currency: str, day: date, base: str) -> int:
    return 1 // 0


def test_rates_may_be_given(dollars):
    rates = GivenRates({"USD": "2"})

    columns = build(DEMO, people_of(), MONEY, catalogue_of(DEMO, "GBP"), LONDON, rates=rates)
    assert columns.size == 0  # nobody is synced yet
    read_all(DEMO, wants())
    assert totals(build(DEMO, people_of(), MONEY, catalogue_of(DEMO, "GBP"), LONDON, rates=rates)) == [8000, 12000, 2550]


def test_foreign_amounts_that_are_none_are_missing_and_counted(alice, configure):
    class Worded(Called):
        orders = DemoSource.orders.replace(total=lambda order: "much" if order.number == "A1" else order.total)

    configure(RATES={"USD": "0.5"})
    Order.objects.filter(number__in=["A1", "A2"]).update(currency="USD")
    place_order("A0", alice, 400, total="3.00", currency="?")

    columns = read_all(Worded(), wants(orders="total"))
    assert totals(columns) == [None, None, 3000, 2550]
    assert columns.faults == {"orders.total": 1, "orders.total without a rate for ?": 1}


def test_what_is_no_code_is_not_repeated(alice):
    class Noted(DemoSource):
        orders = DemoSource.orders.replace(currency=Column(lambda order: f"paid by {order.number}"))

    assert read_all(Noted(), wants(orders="total")).faults == {"orders.total without a rate for an unknown currency": 3}


def test_people_are_told_by_their_keys(cast):
    read_all(DEMO, wants())
    people = people_of()

    assert build(DEMO, people, wants(), catalogue_of(DEMO, "GBP"), LONDON).keys == people.keys
    assert f"user:{User.objects.get(first_name='Carol').pk}" in people.keys


def test_everything_can_be_read(cast):
    columns = read_all(DEMO, everything(DEMO))

    assert columns.size == 4
    assert set(columns.relations) >= {"orders", "order_lines", "refunds", "spend"}
