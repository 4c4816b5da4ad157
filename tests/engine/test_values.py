from __future__ import annotations

from fractions import Fraction

import pytest

from segmentation.engine.values import limit_text, value_text
from segmentation.kernel.moments import Calendar
from segmentation.rules import parse
from segmentation.rules.tree import Attribute, Behaviour, Circle, Comparison, Duration
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
    ("text", "value", "expected"),
    [
        ("top 5 by customer.credit", Fraction(123456), "1234.56"),
        ("top 5 by orders.avg(total)", Fraction(1000, 3), "3.33"),
        ("top 5 by orders.count()", Fraction(7), "7"),
        ("top 5 by orders.count_distinct(total)", Fraction(7), "7"),
        ("top 5 by orders.max(placed_at)", second("2026-01-15T11:30:00"), "2026-01-15T12:30:00+01:00"),
        ("orders.share(total, where gift is true) > 0.5", Fraction(1, 3), "0.33"),
        ("orders.share(where gift is true) > 0.5", Fraction(1), "1"),
        ("orders.days_between() > 5", Fraction(21, 2), "10.50"),
        ('in segment "vip"', second("2026-07-15T22:30:00"), "2026-07-16T00:30:00+02:00"),
        ('bucket "spring" 0 to 49', Fraction(7), "7"),
        ('customer.tags has any ("a")', ("a", "b"), "a, b"),
        ('customer.tags has any ("a")', (), ""),
        ("customer.place within 5 km of (48, 2)", "48.85000, 2.35000", "48.85000, 2.35000"),
    ],
)
def test_values_of_leaves_that_look_further(text, value, expected):
    assert shown(text, value) == expected


@pytest.mark.parametrize(
    "text",
    [
        "orders.first(test total > 5)",
        "sequence (orders, orders)",
        "pattern orders first time period 1 month",
        "top 5 by customer.credit",
        'in segment "vip"',
    ],
)
def test_leaves_that_compare_no_value_have_none(text):
    assert shown(text, None) is None


# Limits


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
        (Comparison(">=", "2"), ">= 2"),
        (Comparison("between", ("2", "4")), "between 2, 4"),
        (Circle("48.85", "2.35", "20"), "20 km of 48.85, 2.35"),
    ],
)
def test_limits_are_one_text(value, expected):
    for leaf in (Attribute("a", "=", value), Behaviour("a", "count", "=", value)):
        assert limit_text(leaf, None, CATALOGUE, PARIS) == expected


@pytest.mark.parametrize(
    ("text", "cut_off", "expected"),
    [
        ("top 10 percent by customer.credit", Fraction(123456), "1234.56"),
        ("top 10 percent by orders.avg(total)", Fraction(2000, 3), "6.67"),
        ("bottom 10 by orders.count()", Fraction(3), "3"),
        ("bottom 10 by orders.min(placed_at)", second("2026-01-15T11:30:00"), "2026-01-15T12:30:00+01:00"),
        ("top 10 percent by customer.credit", None, None),  # with so few people everybody is in
        ('bucket "spring" 0 to 49', None, "0, 49"),
        ('in segment "vip" for at least 7 days', None, None),
        ("orders.first(test total > 5)", None, None),
        ("sequence (orders, orders)", None, None),
        ("pattern orders first time period 1 month", None, None),
    ],
)
def test_the_limit_of_a_rank_is_its_cut_off(text, cut_off, expected):
    (leaf,) = parse(text).root.rules

    assert limit_text(leaf, cut_off, CATALOGUE, PARIS) == expected
