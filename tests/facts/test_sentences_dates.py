from __future__ import annotations

from datetime import UTC, datetime

import pytest

from segmentation.facts.sentences import leaf_sentence
from segmentation.kernel.moments import Calendar
from segmentation.rules import parse
from segmentation.rules.tree import leaves
from tests.facts.sentences_shop import SHOP, condition_of

NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
LONDON = Calendar("Europe/London")

DATED = [
    ("orders.count(last 30 days) >= 1", "at least 1 order in the last 30 days (since Oct. 23, 2026)"),
    ("orders.count(last 10 hours) >= 1", "at least 1 order in the last 10 hours (since Nov. 22, 2026, 2 a.m.)"),
    ("orders.count(last 1 month) >= 1", "at least 1 order in the last 1 month (since Oct. 22, 2026)"),
    ("orders.count(not last 90 days) >= 1", "at least 1 order more than 90 days ago (before Aug. 24, 2026)"),
    ("orders.count(not last 2 hours) >= 1", "at least 1 order more than 2 hours ago (before Nov. 22, 2026, 10 a.m.)"),
    ("orders.count(this day) >= 1", "at least 1 order today (Nov. 22, 2026)"),
    ("orders.count(this week) >= 1", "at least 1 order in this week (since Nov. 16, 2026)"),
    ("orders.count(this quarter) >= 1", "at least 1 order in this quarter (since Oct. 1, 2026)"),
    ("orders.count(previous day) >= 1", "at least 1 order yesterday (Nov. 21, 2026)"),
    ("orders.count(previous month) >= 1", "at least 1 order in the previous month (from Oct. 1, 2026 to Oct. 31, 2026)"),
    ('orders.count(since "2026-01-01") >= 1', "at least 1 order since Jan. 1, 2026"),
    ('orders.count(since "2026-07-01T11:00:00Z") >= 1', "at least 1 order since July 1, 2026, noon"),
    ("orders.count(since last refunds) >= 1", "at least 1 order since the last refund (ever, if there is none)"),
    ("customer.joined_at last 30 days", "joining date is in the last 30 days (since Oct. 23, 2026)"),
    ("customer.joined_at next 7 days", "joining date is in the next 7 days (from Nov. 22, 2026 to Nov. 29, 2026)"),
    (
        "customer.joined_at next 3 hours",
        "joining date is in the next 3 hours (from Nov. 22, 2026, noon to Nov. 22, 2026, 3 p.m.)",
    ),
    ("customer.joined_at next 0 days", "joining date is in the next 0 days (Nov. 22, 2026)"),
    ("customer.joined_at next 9000 years", "joining date is in the next 9000 years (from Nov. 22, 2026 to Dec. 31, 9999)"),
    ("customer.joined_at last 9000 years", "joining date is in the last 9000 years (since Jan. 1, 0001)"),
    (
        "customer.birth_date anniversary next 7 days",
        "birth date has its anniversary in the next 7 days (from Nov. 22, 2026 to Nov. 29, 2026)",
    ),
    ('customer.joined_at after "0001-01-01T00:00:00+14:00"', "joining date is after 0001-01-01T00:00:00+14:00"),
    (
        "orders.max(placed_at) not last 90 days",
        "the latest order date of orders is more than 90 days ago (before Aug. 24, 2026) (customers for whom "
        "this is not known are left out)",
    ),
    ('in segment "vip" entered last 7 days', "in the segment “vip”, entered in the last 7 days (since Nov. 15, 2026)"),
    ("pattern orders regularly period 1 month periods 3", "at least 1 order in each of the last 3 months (since Aug. 22, 2026)"),
    (
        "pattern orders stopped period 1 month periods 3",
        "no orders in the last 1 month (since Oct. 22, 2026), but at least 1 order in each of the 3 months "
        "before that (from July 22, 2026 to Oct. 21, 2026)",
    ),
    (
        "pattern orders restarted period 2 weeks periods 2",
        "at least 1 order in the last 2 weeks (since Nov. 8, 2026), no orders in the 4 weeks before that "
        "(from Oct. 11, 2026 to Nov. 7, 2026), and at least 1 order even earlier",
    ),
]


@pytest.mark.parametrize(("text", "condition"), DATED, ids=[text for text, _ in DATED])
def test_what_goes_by_the_calendar_says_its_dates(text, condition):
    assert condition_of(text, NOW, LONDON) == condition


def test_dates_are_those_of_the_shop():
    rule = "orders.count(this day) >= 1"

    assert condition_of(rule, NOW, Calendar("Pacific/Kiritimati")) == "at least 1 order today (Nov. 23, 2026)"


def test_weeks_start_when_the_shop_says():
    rule = "orders.count(this week) >= 1"

    assert condition_of(rule, NOW, Calendar("Europe/London", 7)) == "at least 1 order in this week (Nov. 22, 2026)"


def test_without_a_calendar_there_are_no_dates():
    assert condition_of("orders.count(last 30 days) >= 1", NOW) == "at least 1 order in the last 30 days"


def test_a_condition_alone_says_its_dates_too():
    ((_, leaf),) = leaves(parse("orders.count(last 30 days) >= 1"))

    assert leaf_sentence(leaf, SHOP, NOW, LONDON) == "at least 1 order in the last 30 days (since Oct. 23, 2026)"
