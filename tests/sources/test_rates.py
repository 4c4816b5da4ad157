from __future__ import annotations

from datetime import date
from decimal import Decimal
from fractions import Fraction

import pytest

from segmentation.errors import ConfigurationError
from segmentation.models import Rate
from segmentation.sources.rates import active_rates, problems, shown_rate

DAY = date(2026, 6, 1)


def half(currency: str, day: date, base: str) -> Decimal | None:
    """Dollars are worth half of whatever the base is."""
    return Decimal("0.5") if (currency, base) == ("USD", "GBP") else None


NUMBER = 7


@pytest.mark.django_db
def test_our_own_table_unless_the_setting_says_otherwise():
    Rate.objects.create(base="USD", quote="GBP", day=DAY, rate="0.79")

    assert active_rates("gbp ").rate("usd", DAY) == Fraction(79, 100)
    assert problems() == []


def test_the_settings_rates(configure):
    configure(RATES={"USD": "0.79"})

    assert active_rates("GBP").rate("USD", DAY) == Fraction(79, 100)
    assert problems() == []


def test_no_rates_at_all(configure):
    configure(RATES={})

    assert active_rates("GBP").rate("USD", DAY) is None
    assert problems() == []


def test_a_function_of_the_shop(configure):
    configure(RATES="tests.sources.test_rates.half")

    assert active_rates("gbp").rate("usd", DAY) == Fraction(1, 2)
    assert problems() == []


@pytest.mark.parametrize(
    ("given", "message"),
    [
        (7, 'SEGMENTATION["RATES"] is a int; it must be a dictionary or the dotted path of a function'),
        (["USD"], 'SEGMENTATION["RATES"] is a list; it must be a dictionary or the dotted path of a function'),
        ("shop.nowhere", 'SEGMENTATION["RATES"] = "shop.nowhere" cannot be imported: ModuleNotFoundError: '),
        ("half", 'SEGMENTATION["RATES"] = "half" cannot be imported: ImportError: '),
        ("tests.sources.test_rates.NUMBER", 'SEGMENTATION["RATES"] = "tests.sources.test_rates.NUMBER" is no function'),
    ],
)
def test_a_setting_that_names_no_rates(configure, given, message):
    configure(RATES=given)

    with pytest.raises(ConfigurationError) as raised:
        active_rates("GBP")
    assert str(raised.value).startswith(message)
    assert problems() == [str(raised.value)]


@pytest.mark.parametrize(
    ("given", "expected"),
    [
        ({"USD": "0"}, ["SEGMENTATION[\"RATES\"]: USD: '0' is no rate: it must be a number above zero"]),
        ({"USD": {"2026": "1"}}, ["SEGMENTATION[\"RATES\"]: USD: '2026' is no day such as 2026-01-31"]),
        ({"USD": "1", "usd": "2"}, ['SEGMENTATION["RATES"] has USD more than once']),
        ({"": "1", 7: "1"}, ["SEGMENTATION[\"RATES\"]: '' is no currency", 'SEGMENTATION["RATES"]: 7 is no currency']),
        ({"gbp": "0.9"}, ['SEGMENTATION["RATES"]: GBP is the base currency, which is worth 1 of itself']),
        ({"GBP": "1.0", "USD": {}, "PLN": {DAY: 1}}, []),
    ],
    ids=["rate", "day", "twice", "no currency", "the base", "sound"],
)
def test_everything_wrong_with_the_dictionary_is_told(configure, given, expected):
    configure(RATES=given, BASE_CURRENCY="GBP")

    assert problems() == expected


@pytest.mark.django_db
def test_what_one_of_the_base_currency_is_in_another(configure, django_assert_num_queries):
    configure(BASE_CURRENCY="GBP", RATES=None)
    Rate.objects.create(base="PLN", quote="GBP", day=DAY, rate="0.2")
    Rate.objects.create(base="EUR", quote="GBP", day=DAY, rate="0.8")
    Rate.objects.create(base="EUR", quote="USD", day=DAY, rate="1.2")

    with django_assert_num_queries(2):
        assert shown_rate("pln", DAY) == 5
    assert shown_rate("USD", date(2027, 1, 1)) == Fraction(3, 2)
    assert shown_rate("PLN", date(2026, 5, 31)) is None
    assert shown_rate("TWD", DAY) is None
    with django_assert_num_queries(0):
        assert shown_rate("gbp", DAY) == 1


def test_what_the_settings_say_of_it(configure):
    configure(BASE_CURRENCY="GBP", RATES={"USD": "0.8"})

    assert shown_rate("USD", DAY) == Fraction(5, 4)
