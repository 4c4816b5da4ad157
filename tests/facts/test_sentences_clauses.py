from __future__ import annotations

import pytest

from tests.facts.sentences_shop import condition_of

COMPARISONS = [
    ('customer.country = "FR"', "country is “FR”"),
    ('customer.country != "FR"', "country is not “FR” (customers without a known country are left out)"),
    ('customer.country in ("FR", "PL")', "country is one of “FR”, “PL”"),
    ('customer.country not in ("FR", "PL")', "country is none of “FR”, “PL” (customers without a known country are left out)"),
    ('customer.country contains "land"', "country contains “land”"),
    ('customer.country not contains "land"', "country does not contain “land” (customers without a known country are left out)"),
    ('customer.country starts with "Po"', "country starts with “Po”"),
    ('customer.country ends with "land"', "country ends with “land”"),
    ("customer.country is set", "country is known"),
    ("customer.country is not set", "country is not known"),
    ('customer.country = "100 %(x)s"', "country is “100 %(x)s”"),
    ("customer.visits = 3", "visits is 3"),
    ("customer.visits != 3", "visits is not 3 (customers without a known visits are left out)"),
    ("customer.visits in (3, 4)", "visits is one of 3, 4"),
    ("customer.visits < 3", "visits is less than 3"),
    ("customer.visits <= 3", "visits is at most 3"),
    ("customer.visits > 3", "visits is more than 3"),
    ("customer.visits >= 3.5", "visits is at least 3.5"),
    ("customer.visits between 3 and 5", "visits is from 3 to 5"),
    ("customer.credit > 9.50", "credit is more than 9.50 GBP"),
    ("customer.credit between 1 and 2", "credit is from 1 GBP to 2 GBP"),
    ("customer.credit in (1, 2)", "credit is one of 1 GBP, 2 GBP"),
    ("customer.accepts_email is true", "consent to e-mail: yes"),
    ("customer.accepts_email is false", "consent to e-mail: no"),
    ('customer.tags has any ("a", "b")', "tags has at least one of “a”, “b”"),
    ('customer.tags has all ("a", "b")', "tags has all of “a”, “b”"),
    ('customer.tags has none ("a")', "tags has none of “a” (customers without a known tags are left out)"),
    ("customer.tags size >= 2", "tags has at least 2 entries"),
    ("customer.tags size = 0", "tags has no entries"),
    ("customer.tags size between 1 and 3", "tags has from 1 to 3 entries"),
    ("customer.tags size < 2.5", "the number of entries of tags is less than 2.5"),
    ("customer.home within 20 km of (48.85, 2.35)", "home is within 20 km of 48.85, 2.35"),
    ('customer.birth_date on "1990-02-28"', "birth date is on Feb. 28, 1990"),
    ('customer.birth_date before "1990-02-28"', "birth date is before Feb. 28, 1990"),
    ('customer.birth_date after "1990-02-28"', "birth date is after Feb. 28, 1990"),
    ('customer.birth_date between "1990-01-01" and "1990-12-31"', "birth date is from Jan. 1, 1990 to Dec. 31, 1990"),
    ('customer.joined_at after "2026-01-01T12:00"', "joining date is after Jan. 1, 2026, noon"),
    ('customer.joined_at on "2026-01-01T15:30Z"', "joining date is on 2026-01-01T15:30Z"),
    ('customer.joined_at on "one day"', "joining date is on one day"),
    ("customer.joined_at last 30 days", "joining date is in the last 30 days"),
    ("customer.joined_at last 1 month", "joining date is in the last 1 month"),
    (
        "customer.joined_at not last 2 years",
        "joining date is more than 2 years ago (customers without a known joining date are left out)",
    ),
    ("customer.joined_at next 12 hours", "joining date is in the next 12 hours"),
    ("customer.birth_date anniversary next 1 week", "birth date has its anniversary in the next 1 week"),
    ("customer.joined_at this day", "joining date is today"),
    ("customer.joined_at this quarter", "joining date is in this quarter"),
    ("customer.joined_at previous day", "joining date is yesterday"),
    ("customer.joined_at previous month", "joining date is in the previous month"),
    ("customer.birth_date month is 3", "birth date falls in March"),
    ("customer.birth_date month is (12, 1, 2)", "birth date falls in December, in January or in February"),
    ("customer.joined_at weekday is 1", "joining date falls on a Monday"),
    ("customer.joined_at weekday is (6, 7)", "joining date falls on a Saturday or on a Sunday"),
]


@pytest.mark.parametrize(("text", "condition"), COMPARISONS, ids=[text for text, _ in COMPARISONS])
def test_a_fact_under_each_operator(text, condition):
    assert condition_of(text) == condition


GROUPS = [
    (
        "customer.visits > 3 and orders.count() = 0 and customer.country is set",
        "visits is more than 3 and no orders and country is known",
    ),
    ('customer.visits > 3 or customer.country = "FR"', "visits is more than 3 or country is “FR”"),
    (
        'customer.visits > 3 and (customer.country = "FR" or customer.country = "PL")',
        "visits is more than 3 and (country is “FR” or country is “PL”)",
    ),
    ("customer.visits > 3 and (orders.count() = 0)", "visits is more than 3 and no orders"),
    (
        "not (customer.country is set or orders.count() = 0) and customer.visits > 3",
        "the condition (country is known or no orders) is not met and visits is more than 3",
    ),
    ("not orders.count() = 0", "the condition (no orders) is not met"),
    (
        'at least 2 of (customer.accepts_email is true, orders.count() >= 5, customer.country = "GB")',
        "at least 2 of these: (consent to e-mail: yes; at least 5 orders; country is “GB”)",
    ),
    (
        'at least 1 of (customer.visits > 3 and customer.country = "GB", orders.count() >= 5) and customer.accepts_email is true',
        "at least 1 of these: (visits is more than 3 and country is “GB”; at least 5 orders) and consent to e-mail: yes",
    ),
]


@pytest.mark.parametrize(("text", "condition"), GROUPS, ids=[text for text, _ in GROUPS])
def test_groups(text, condition):
    assert condition_of(text) == condition


UNKNOWNS = [
    ('customer.country = "FR" if unknown no', "country is “FR” (customers without a known country are left out)"),
    ('customer.country = "FR" if unknown yes', "country is “FR” (customers without a known country are taken in)"),
    ('customer.country != "FR" if unknown no', "country is not “FR” (customers without a known country are left out)"),
    ('customer.country != "FR" if unknown yes', "country is not “FR” (customers without a known country are taken in)"),
    (
        'not (customer.country = "FR")',
        "the condition (country is “FR” (customers without a known country are left out)) is not met",
    ),
    ('not (customer.country != "FR")', "the condition (country is not “FR”) is not met"),
    (
        'not (customer.country = "FR" if unknown no)',
        "the condition (country is “FR” (customers without a known country are taken in)) is not met",
    ),
    (
        'not (customer.country = "FR" if unknown yes)',
        "the condition (country is “FR” (customers without a known country are left out)) is not met",
    ),
    (
        'not (not (customer.country = "FR" if unknown yes))',
        "the condition (the condition (country is “FR” (customers without a known country are taken in)) is not met) is not met",
    ),
    ("customer.country is set if unknown yes", "country is known"),
    (
        "customer.joined_at not last 2 years",
        "joining date is more than 2 years ago (customers without a known joining date are left out)",
    ),
    ('customer.tags has none ("a")', "tags has none of “a” (customers without a known tags are left out)"),
    ("orders.count() = 0 if unknown yes", "no orders"),
    ("orders.sum(total) < 50", "the sum of total over orders is less than 50 GBP"),
    (
        "orders.avg(total) < 50",
        "the average total of orders is less than 50 GBP (customers for whom this is not known are left out)",
    ),
    ("orders.avg(total) >= 50", "the average total of orders is at least 50 GBP"),
    (
        "orders.avg(total) >= 50 if unknown yes",
        "the average total of orders is at least 50 GBP (customers for whom this is not known are taken in)",
    ),
    ("orders.avg(total) != 5", "the average total of orders is not 5 GBP (customers for whom this is not known are left out)"),
    (
        "orders.max(placed_at) not last 90 days",
        "the latest order date of orders is more than 90 days ago (customers for whom this is not known are left out)",
    ),
    (
        "orders.share(where gift is true) <= 0.1",
        "the share of orders where (gift: yes) is at most 10% (customers for whom this is not known are left out)",
    ),
    (
        "not (orders.max(placed_at) last 9 days)",
        "the condition (the latest order date of orders is in the last 9 days (customers for whom this is not "
        "known are left out)) is not met",
    ),
    ('orders.first(test channel = "web")', "the first order meets (channel is “web”)"),
    (
        'orders.first(test channel != "web")',
        "the first order meets (channel is not “web”) (customers without such an order, or for whom this is "
        "not known, are left out)",
    ),
    (
        'orders.first(test not (channel = "web"))',
        "the first order meets (the condition (channel is “web”) is not met) (customers without such an "
        "order, or for whom this is not known, are left out)",
    ),
    (
        'not orders.first(test channel = "web")',
        "the condition (the first order meets (channel is “web”) (customers without such an order, or for "
        "whom this is not known, are left out)) is not met",
    ),
    (
        'orders.first(test channel = "web") if unknown yes',
        "the first order meets (channel is “web”) (customers without such an order, or for whom this is not known, are taken in)",
    ),
    (
        "bottom 20 percent by score.clv if unknown yes",
        "among the bottom 20% by CLV (customers for whom this is not known are taken in)",
    ),
    (
        "not bottom 20 percent by score.clv",
        "the condition (among the bottom 20% by CLV (customers for whom this is not known are left out)) is not met",
    ),
    ('in segment "vip" if unknown yes', "in the segment “vip”"),
]


@pytest.mark.parametrize(("text", "condition"), UNKNOWNS, ids=[text for text, _ in UNKNOWNS])
def test_who_is_taken_in_though_it_is_not_known(text, condition):
    assert condition_of(text) == condition
