from __future__ import annotations

import pytest

from segmentation.engine.lint.contradictions import warnings
from tests.engine.lint.looking import warned

NEVER = "this is never true: the smallest count is 0"
ALWAYS = "this is always true: the smallest count is 0"


def contrary(other):
    return f"this and the condition at {other} can never both be true, so nobody is in"


def in_row(column):
    return f"the conditions on {column} can never both be true of one row, so no row counts"


# Two conditions


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("customer.visits < 5", "customer.visits > 5"),
        ("customer.visits < 5", "customer.visits >= 5"),
        ("customer.visits <= 5", "customer.visits > 5"),
        ("customer.visits = 5", "customer.visits = 6"),
        ("customer.visits = 5", "customer.visits != 5"),
        ("customer.visits in (1, 2)", "customer.visits between 3 and 5"),
        ("customer.credit > 5.01", "customer.credit < 5.005"),
        ('customer.country = "FR"', 'customer.country = "PL"'),
        ('customer.country in ("FR", "PL")', 'customer.country in ("GB", "DE")'),
        ('customer.country in ("FR", "fr ")', 'customer.country != "FR"'),
        ('customer.country in ("FR", "PL")', 'customer.country not in ("PL", "FR", "GB")'),
        ("customer.accepts_email is true", "customer.accepts_email is false"),
        ("customer.country is set", "customer.country is not set"),
        ('customer.country = "FR"', "customer.country is not set"),
        ("customer.birth_date last 3 days", "customer.birth_date is not set"),
        ("orders.sum(total) > 5", "orders.sum(total) < 5"),
        ("orders.max(placed_at) last 3 days", "orders.max(placed_at) is not set"),
        ('orders.count(where channel = "web") >= 2', 'orders.count(where channel = "Web ") < 2'),
        # One of the two may take in those of whom it is not known.
        ('customer.country = "FR" if unknown yes', 'customer.country = "PL"'),
        ("customer.visits < 5 if unknown yes", "customer.visits > 5 if unknown no"),
        ("customer.country is set if unknown yes", "customer.country is not set if unknown yes"),
        # A count is always known.
        ("orders.count() = 0 if unknown yes", "orders.count() > 0 if unknown yes"),
        ("orders.count() = 0 if unknown yes", "orders.count() is not set if unknown yes"),
    ],
)
def test_conditions_that_exclude_each_other(one, two):
    for first, second in ((one, two), (two, one)):
        assert warned(warnings, f"{first} and {second}") == [("/rules/1", contrary("/rules/0"))]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("customer.visits < 5", "customer.visits < 3"),
        ("customer.visits <= 5", "customer.visits >= 5"),
        ("customer.visits != 5", "customer.visits > 5"),
        ("customer.visits > 1", "customer.visits < 5"),
        ("customer.visits in (1, 2)", "customer.visits between 2 and 5"),
        ("customer.visits < 5", "customer.rating > 5"),
        ('customer.country in ("FR", "PL")', 'customer.country in ("PL", "GB")'),
        ('customer.country in ("FR", "PL")', 'customer.country != "FR"'),
        ('customer.country != "FR"', 'customer.country != "PL"'),
        ('customer.country = "FR"', 'customer.country contains "PL"'),
        ('customer.country = "FR"', "customer.country is set"),
        ("customer.country is not set", "customer.country is not set"),
        ("orders.count() > 5", "orders.count(last 7 days) = 0"),
        ("orders.sum(total) > 5", "orders.avg(total) < 5"),
        ('in segment "vip"', 'not in segment "vip"'),
        # Those of whom it is not known are in both.
        ('customer.country = "FR" if unknown yes', 'customer.country = "PL" if unknown yes'),
        ('customer.country = "FR" if unknown yes', "customer.country is not set"),
        ("orders.avg(total) > 5 if unknown yes", "orders.avg(total) < 5 if unknown yes"),
    ],
)
def test_conditions_that_may_both_be_true(one, two):
    for first, second in ((one, two), (two, one)):
        assert warned(warnings, f"{first} and {second}") == []


@pytest.mark.parametrize("join", ["{} or {}", "not ({} and {})", "at least 1 of ({}, {})", "{} and (orders.count() > 0 or {})"])
def test_conditions_that_need_not_both_be_true(join):
    assert warned(warnings, join.format('customer.country = "FR"', 'customer.country = "PL"')) == []


def test_where_others_are_in_nobody_is_said_to_be_out():
    text = 'orders.count() > 0 or (customer.country = "FR" and (customer.country = "PL" and customer.visits > 1))'

    assert warned(warnings, text) == [
        ("/rules/1/rules/1/rules/0", "this and the condition at /rules/1/rules/0 can never both be true")
    ]


def test_each_pair_is_told():
    text = 'customer.country = "FR" and customer.country = "PL" and customer.country = "GB"'

    assert warned(warnings, text) == [
        ("/rules/1", contrary("/rules/0")),
        ("/rules/2", contrary("/rules/0")),
        ("/rules/2", contrary("/rules/1")),
    ]


# Counts in windows


@pytest.mark.parametrize(
    ("inner", "outer"),
    [
        ("orders.count(last 30 days) >= 1", "orders.count(last 90 days) = 0"),
        ("orders.count(last 30 days) >= 3", "orders.count() < 3"),
        ("orders.count(last 30 days) > 2.5", "orders.count() <= 2"),
        ("orders.count(last 24 hours) >= 1", "orders.count(last 1 day) = 0"),
        ("orders.count(this month) >= 1", "orders.count(this year) = 0"),
        ('orders.count(between "2026-01-01" and "2026-01-31") = 4', 'orders.count(since "2026-01-01") between 1 and 3'),
        ('orders.count(where channel = "web", last 7 days) >= 1', 'orders.count(where channel = "WEB") = 0'),
        ("orders.count(since last spend) >= 1", "orders.count() = 0"),
    ],
)
def test_more_rows_than_the_longer_window_allows(inner, outer):
    for first, second in ((inner, outer), (outer, inner)):
        assert warned(warnings, f"{first} and {second}") == [("/rules/1", contrary("/rules/0"))]


@pytest.mark.parametrize(
    ("one", "two"),
    [
        ("orders.count(last 30 days) = 0", "orders.count(last 90 days) >= 1"),
        ("orders.count(last 30 days) >= 1", "orders.count(last 90 days) <= 1"),
        ("orders.count(last 30 days) >= 1", "orders.count(last 90 days) in (0, 2)"),
        ("orders.count(last 30 days) >= 1", "orders.count(last 90 days) != 0"),
        ("orders.count(last 30 days) >= 1", "orders.count(not last 90 days) = 0"),
        ("orders.count(last 30 days) >= 1", "spend.count(last 90 days) = 0"),
        ('orders.count(where channel = "web", last 30 days) >= 1', "orders.count(where gift is true, last 90 days) = 0"),
        ("orders.count(last 30 days) >= 1", "orders.sum(total, last 90 days) = 0"),
        ("orders.count() >= 1", "orders.count(last 90 days) = 0"),
        ("orders.count(since last spend) >= 1", "orders.count(last 90 days) = 0"),
        ("orders.count(last 30 days) >= 1", "orders.count(since last spend) = 0"),
    ],
)
def test_windows_that_allow_both(one, two):
    assert warned(warnings, f"{one} and {two}") == []


# One condition


@pytest.mark.parametrize("text", ["< 0", "= -1", "<= -0.5", "between -5 and -1", "in (-1, -2)"])
def test_counts_that_nobody_has(text):
    assert warned(warnings, f"orders.count() {text}") == [("/rules/0", NEVER)]
    assert warned(warnings, f"orders.count_distinct(total) {text}") == [("/rules/0", NEVER)]


@pytest.mark.parametrize("text", [">= 0", "> -1", "!= -3", ">= -0.5"])
def test_counts_that_everybody_has(text):
    assert warned(warnings, f"orders.count() {text}") == [("/rules/0", ALWAYS)]


@pytest.mark.parametrize("text", ["> 0", "= 0", "<= 0", "!= 0", "< 1", "between 0 and 5", "in (0, 1)", "is set"])
def test_counts_that_somebody_may_have(text):
    assert warned(warnings, f"orders.count() {text}") == []


@pytest.mark.parametrize("text", ["orders.sum(total) < 0", "orders.sum(total) >= 0", "customer.visits >= 0"])
def test_sums_and_facts_may_be_below_zero(text):
    assert warned(warnings, text) == []


# One row


@pytest.mark.parametrize(
    "leaf",
    [
        "orders.count({}) > 0",
        "orders.sum(total, {}) > 0",
        "orders.last({}, test gift is true)",
        "top 5 by orders.count({})",
        "sequence (spend, orders {})",
        "sequence (spend, spend) then no orders where all of ({})",
        "pattern orders {} first time period 1 month",
    ],
)
def test_tests_that_no_row_passes(leaf):
    where = 'channel = "web" and gift is true and channel = "app"'
    text = leaf.format(where if "all of" in leaf else f"where {where}")

    assert warned(warnings, f"customer.visits > 1 and {text}") == [("/rules/1", in_row("channel"))]


@pytest.mark.parametrize(
    ("where", "columns"),
    [
        ("total > 5 and total < 3", ["total"]),
        ("total > 5 and channel is set and total < 3 and channel is not set", ["total", "channel"]),
        ("gift is true or (total > 5 and total < 3)", ["total"]),
        ("channel is set and channel is not set", ["channel"]),
    ],
)
def test_columns_that_no_row_has(where, columns):
    assert warned(warnings, f"orders.count(where {where}) > 0") == [("/rules/0", in_row(column)) for column in columns]


@pytest.mark.parametrize(
    "where",
    [
        'channel = "web" or channel = "app"',
        'not (channel = "web" and channel = "app")',
        "total > 5 and total < 30",
        "total > 5 and any lines (line_total > 5) and gift is true",
        'at least 1 of (channel = "web", channel = "app")',
    ],
)
def test_tests_that_a_row_may_pass(where):
    assert warned(warnings, f"orders.count(where {where}) > 0") == []
