from __future__ import annotations

from fractions import Fraction

import pytest

from segmentation.engine.values import limit_text, value_text
from segmentation.kernel.moments import Calendar
from segmentation.rules import parse
from segmentation.rules.tree import Attribute, Duration
from tests.facts.shop import CATALOGUE
from tests.kernel.hand import at, dates, seconds

PARIS = Calendar("Europe/Paris")


def shown(text, value):
    """What the value of a rule's only leaf is shown as."""
    (leaf,) = parse(text).root.rules
    return value_text(leaf, value, CATALOGUE, PARIS)


def second(text):
    return Fraction(seconds(at(text)))


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ('customer.country = "FR"', "France", "France"),
        ("customer.visits > 3", Fraction(5), "5"),
        ("customer.visits > 3", Fraction(-5), "-5"),
        ("customer.rating > 3", Fraction(45), "4.5"),
        ("customer.credit > 3", Fraction(123456), "1234.56"),
        ("customer.credit > 3", Fraction(-5), "-0.05"),
        ("customer.credit > 3", Fraction(0), "0.00"),
        ("customer.accepts_email is true", Fraction(1), "true"),
        ("customer.accepts_email is true", Fraction(0), "false"),
        ("orders.count() > 3", Fraction(12), "12"),
        ("orders.sum(total) > 3", Fraction(10**18), "10000000000000000.00"),
        ("orders.sum(total) > 3", Fraction(2**70), "11805916207174113034.24"),
        ("orders.max(order.weight) > 3", Fraction(2500), "2.500"),
        ("orders.avg(total) > 3", Fraction(1000, 3), "3.33"),
        ("orders.avg(total) > 3", Fraction(2000, 3), "6.67"),
        ("orders.avg(total) > 3", Fraction(300), "3.00"),
        # Half-even, as everywhere.
        ("orders.avg(total) > 3", Fraction(25, 2), "0.12"),
        ("orders.avg(total) > 3", Fraction(27, 2), "0.14"),
        ("orders.avg(total) > 3", Fraction(-25, 2), "-0.12"),
        ("order_lines.avg(quantity) > 3", Fraction(7, 3), "2.33"),
        ("order_lines.avg(quantity) > 3", Fraction(6, 3), "2"),
        ("orders.avg(order.weight) > 3", Fraction(10, 3), "0.003"),
    ],
)
def test_values_are_spelled_as_a_rule_would_spell_them(text, value, expected):
    assert shown(text, value) == expected


@pytest.mark.parametrize(
    "text", ["customer.country is set", "customer.visits > 3", "customer.birth_date is set", "orders.avg(total) > 3"]
)
def test_what_is_not_known_has_no_text(text):
    assert shown(text, None) is None


@pytest.mark.parametrize(
    ("moment", "expected"),
    [
        ("2026-01-15T11:30:00", "2026-01-15T12:30:00+01:00"),
        ("2026-07-15T22:30:00", "2026-07-16T00:30:00+02:00"),
        ("1900-01-01T00:00:00", "1900-01-01T00:09:21+00:09:21"),
        ("0001-01-01T00:00:00", "0001-01-01T00:09:21+00:09:21"),
        ("9999-12-31T23:30:00", "9999-12-31T23:30:00+00:00"),
    ],
)
def test_times_are_shown_in_the_shops_zone_with_their_offset(moment, expected):
    assert shown("customer.joined_at is set", second(moment)) == expected
    assert shown("orders.max(placed_at) is set", second(moment)) == expected


@pytest.mark.parametrize("date", ["1990-02-28", "2026-03-29", "1900-01-01", "0001-01-01", "0002-01-01", "9999-12-31"])
def test_dates_are_shown_without_a_time(date):
    midnight = Fraction(int(dates(PARIS, date).values[0]))

    assert shown("customer.birth_date is set", midnight) == date
    assert shown("orders.max(due_on) is set", midnight) == date


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        (None, None),
        (True, "true"),
        (False, "false"),
        ("500", "500"),
        ("", ""),
        ("month", "month"),
        (("FR", "PL"), "FR, PL"),
        (("1",), "1"),
        (Duration(1, "day"), "1 day"),
        (Duration(0, "hour"), "0 hours"),
        (Duration(30, "month"), "30 months"),
    ],
)
def test_limits_are_one_text(value, expected):
    assert limit_text(value) == expected
    assert limit_text(Attribute("a", "=", value).value) == expected
