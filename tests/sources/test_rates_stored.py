from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal
from fractions import Fraction

import pytest
from django.db import IntegrityError, transaction

from segmentation.models import Rate
from segmentation.sources.rates_stored import Loaded, Quote, StoredRates, store

pytestmark = pytest.mark.django_db

DAY = date(2026, 6, 1)


def day(number: int) -> date:
    return DAY + timedelta(days=number)


def quote(base: str, other: str, number: int, rate: str) -> Quote:
    return Quote(base, other, day(number), Decimal(rate))


def worth(currency: str, base: str, number: int = 0) -> Fraction | None:
    return StoredRates(base).rate(currency, day(number))


def test_no_rates():
    assert worth("USD", "GBP") is None


def test_the_banks_euro_serves_every_base_currency():
    store([quote("EUR", "USD", 0, "1.1"), quote("EUR", "GBP", 0, "0.88"), quote("EUR", "JPY", 0, "160")])

    assert worth("USD", "EUR") == Fraction(10, 11)
    assert worth("EUR", "USD") == Fraction(11, 10)
    assert worth("USD", "GBP") == Fraction(88, 110)
    assert worth("JPY", "USD") == Fraction(11, 1600)
    assert worth("PLN", "GBP") is None
    assert worth("USD", "PLN") is None


def test_a_rate_of_ones_own_either_way_round():
    store([quote("USD", "GBP", 0, "0.79"), quote("GBP", "PLN", 0, "5")])

    assert worth("USD", "GBP") == Fraction(79, 100)
    assert worth("PLN", "GBP") == Fraction(1, 5)
    assert worth("GBP", "USD") == Fraction(100, 79)
    assert worth("USD", "PLN") is None  # only the euro leads from one to another


def test_the_latest_on_or_before_the_day():
    store([quote("USD", "GBP", -9, "0.7"), quote("USD", "GBP", 0, "0.8"), quote("USD", "GBP", 5, "0.9")])

    assert [worth("USD", "GBP", number) for number in (-10, -9, -1, 0, 4, 5, 900)] == [
        None,
        *[Fraction(one, 10) for one in (7, 7, 8, 8, 9, 9)],
    ]


def test_the_latest_of_all_ways_counts_and_on_one_day_the_direct_one():
    store([quote("EUR", "USD", 0, "1.1"), quote("EUR", "GBP", 0, "0.88"), quote("USD", "GBP", -1, "0.5")])
    assert worth("USD", "GBP", -1) == Fraction(1, 2)
    assert worth("USD", "GBP", 0) == Fraction(4, 5)

    store([quote("USD", "GBP", 0, "0.6"), quote("GBP", "USD", 0, "3")])
    assert worth("USD", "GBP", 0) == Fraction(3, 5)


def test_two_rates_of_different_days_are_as_old_as_the_older():
    store([quote("EUR", "USD", 3, "1.1"), quote("EUR", "GBP", 0, "0.88"), quote("GBP", "USD", 1, "2")])

    assert worth("USD", "GBP", 3) == Fraction(1, 2)


def test_many_days_and_currencies_take_two_queries(django_assert_num_queries):
    store(quote("EUR", currency, number, f"1.{number + 1}") for currency in ("USD", "GBP", "PLN") for number in range(40))
    pairs = [(currency, day(number)) for currency in ("USD", "PLN", "XXX") for number in range(-5, 45)]

    with django_assert_num_queries(2) as queries:
        found = StoredRates("GBP").find(pairs)
    assert len(found) == 2 * 45
    assert set(found.values()) == {1}
    assert "XXX" not in {currency for currency, _ in found}
    with django_assert_num_queries(0):
        assert StoredRates("GBP").find([]) == {}
    assert len(queries) == 2


def test_only_days_that_count_are_read():
    store(quote("USD", "GBP", number, f"0.{number + 10}") for number in range(30))

    tables = StoredRates("GBP")._tables({"USD"}, [day(10), day(12)])
    assert [since for since, _ in tables["USD", "GBP"]] == [day(10), day(11), day(12)]


def test_storing_the_same_again_changes_nothing(django_assert_num_queries):
    quotes = [quote("EUR", currency, number, "1.25") for currency in ("USD", "GBP") for number in range(3)]
    assert store(quotes) == Loaded(added=6)
    with django_assert_num_queries(1 + 2):  # and a savepoint
        assert store(quotes) == Loaded(unchanged=6)

    assert store([*quotes[1:], quote("EUR", "USD", 0, "1.5"), quote("EUR", "PLN", 0, "4")]) == Loaded(1, 1, 5)
    assert Rate.objects.count() == 7
    assert worth("EUR", "USD") == Fraction(3, 2)


def test_of_several_for_one_day_the_last_counts():
    assert store([quote("EUR", "USD", 0, "1"), quote("EUR", "USD", 0, "2")]) == Loaded(added=1)
    assert worth("EUR", "USD") == 2


def test_nothing_to_store(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert store([]) == Loaded()


def test_more_than_a_batch():
    assert store(quote("EUR", "USD", number, "1.5") for number in range(1203)) == Loaded(added=1203)
    assert store(quote("EUR", "USD", number, "1.5") for number in range(1204)) == Loaded(added=1, unchanged=1203)


@pytest.mark.parametrize("rate", ["123456789012345", "0.123456789012", "123.456789012345", "0.000000000001"])
def test_every_digit_is_kept(rate):
    store([quote("EUR", "USD", 0, rate)])

    assert worth("EUR", "USD") == Fraction(rate)


def test_the_database_takes_no_rate_of_nothing_nor_two_for_a_day():
    store([quote("EUR", "USD", 0, "1")])
    for wrong in (quote("EUR", "GBP", 0, "0"), quote("EUR", "GBP", 0, "-1"), quote("EUR", "USD", 0, "2")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Rate.objects.create(**wrong._asdict())


def test_a_rate_as_traders_write_it():
    store([quote("EUR", "USD", 0, "1.10")])

    assert str(Rate.objects.get()) == "EUR/USD 1.1 from 2026-06-01"
