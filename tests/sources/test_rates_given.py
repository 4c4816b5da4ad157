from __future__ import annotations

from datetime import date, datetime
from decimal import Decimal
from fractions import Fraction

import pytest

from segmentation.errors import ConfigurationError, SourceError
from segmentation.sources.rates_given import CalledRates, GivenRates

DAY = date(2026, 6, 1)


def test_a_fixed_rate_holds_on_every_day():
    rates = GivenRates({" usd ": "0.79", "PLN": Decimal("0.2")})

    assert rates.find([("USD", date.min), ("USD", date.max), ("PLN", DAY), ("JPY", DAY)]) == {
        ("USD", date.min): Fraction(79, 100),
        ("USD", date.max): Fraction(79, 100),
        ("PLN", DAY): Fraction(1, 5),
    }


def test_rates_by_day_in_any_order():
    rates = GivenRates({"USD": {"2026-06-01": "0.8", date(2026, 1, 1): "0.7"}})

    asked = [("USD", day) for day in (date(2025, 12, 31), date(2026, 5, 31), DAY)]
    assert rates.find(asked) == {asked[1]: Fraction(7, 10), asked[2]: Fraction(4, 5)}


@pytest.mark.parametrize(
    ("given", "message"),
    [
        ("-1", "'-1' is no rate"),
        ({"2026-06-01": 0}, "0 is no rate"),
        ({"June": "1"}, "'June' is no day such as 2026-01-31"),
        ({datetime(2026, 6, 1): "1"}, "is no day"),  # noqa: DTZ001
        ({7: "1"}, "7 is no day"),
    ],
)
def test_a_wrong_rate_is_never_used(given, message):
    rates = GivenRates({"USD": given, "PLN": "0.2"})

    assert rates.find([("PLN", DAY)]) == {("PLN", DAY): Fraction(1, 5)}
    with pytest.raises(ConfigurationError, match=message):
        rates.find([("USD", DAY)])


def test_a_function_is_called_once_for_each_pair():
    called: list[tuple[str, date, str]] = []

    def rate(currency, day, base):
        called.append((currency, day, base))
        return Decimal("0.5") if currency == "USD" else None

    found = CalledRates(rate, "shop.rate", "GBP").find([("USD", DAY), ("USD", DAY), ("PLN", DAY)])
    assert found == {("USD", DAY): Fraction(1, 2)}
    assert sorted(called) == [("PLN", DAY, "GBP"), ("USD", DAY, "GBP")]


@pytest.mark.parametrize("answer", [0, Decimal("-0.1"), "much", float("nan")])
def test_a_wrong_answer_is_never_used(answer):
    with pytest.raises(SourceError, match=r"shop\.rate failed for USD on 2026-06-01: ValueError: .* is no rate"):
        CalledRates(lambda currency, day, base: answer, "shop.rate", "GBP").find([("USD", DAY)])


def test_a_function_that_raises():
    with pytest.raises(SourceError, match=r"shop\.rate failed for USD on 2026-06-01: ZeroDivisionError"):
        CalledRates(lambda currency, day, base: 1 // 0, "shop.rate", "GBP").find([("USD", DAY)])
