from __future__ import annotations

from calendar import MONDAY, SUNDAY, THURSDAY
from datetime import date

import pytest

from personalization.visitor.day_rules import easter, fixed, french_mothers_day, listed, nth, orthodox_easter


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        (fixed(2, 14), [date(2026, 2, 14), date(2027, 2, 14)]),
        (nth(1, MONDAY, 9), [date(2026, 9, 7), date(2027, 9, 6)]),
        (nth(2, SUNDAY, 5), [date(2026, 5, 10), date(2027, 5, 9)]),
        (nth(4, THURSDAY, 11), [date(2026, 11, 26), date(2027, 11, 25)]),
        (nth(-1, SUNDAY, 5), [date(2026, 5, 31), date(2027, 5, 30)]),
        (nth(-1, SUNDAY, 2), [date(2026, 2, 22), date(2027, 2, 28)]),
        (easter(), [date(2026, 4, 5), date(2027, 3, 28)]),
        (easter(-21), [date(2026, 3, 15), date(2027, 3, 7)]),
        (orthodox_easter(), [date(2026, 4, 12), date(2027, 5, 2)]),
        (french_mothers_day(), [date(2026, 5, 31), date(2027, 5, 30)]),
        (listed({2026: date(2026, 2, 17)}, "moon"), [date(2026, 2, 17), None]),
        (nth(4, THURSDAY, 11).later(1, "Friday"), [date(2026, 11, 27), date(2027, 11, 26)]),
        (listed({2026: date(2026, 2, 17)}, "moon").later(14, "lanterns"), [date(2026, 3, 3), None]),
    ],
    ids=lambda value: getattr(value, "text", ""),
)
def test_days_of_2026_and_2027(rule, days):
    assert [rule.on(2026), rule.on(2027)] == days


def test_mothers_day_gives_way_to_pentecost():
    assert french_mothers_day().on(2023) == date(2023, 6, 4)
    assert french_mothers_day().on(2020) == date(2020, 6, 7)


@pytest.mark.parametrize(
    ("rule", "text"),
    [
        (fixed(2, 14), "14 February"),
        (nth(2, SUNDAY, 5), "second Sunday of May"),
        (nth(-1, SUNDAY, 5), "last Sunday of May"),
        (easter(), "Easter Sunday"),
        (easter(-52), "52 days before Easter"),
        (orthodox_easter(1), "1 days after Orthodox Easter"),
    ],
)
def test_a_rule_says_what_it_does(rule, text):
    assert rule.text == text


def test_easter_is_dateutils():
    """An independent algorithm over the years of the calendar."""
    easter_of = pytest.importorskip("dateutil.easter").easter
    for year in range(1900, 2100):
        assert easter().on(year) == easter_of(year)
        assert orthodox_easter().on(year) == easter_of(year, 2)


@pytest.mark.parametrize("year", [0, 1, 9999, 10_000])
def test_years_at_the_end_of_the_calendar_do_not_raise(year):
    for rule in (fixed(1, 1), nth(-1, SUNDAY, 12), easter(-52), orthodox_easter(300), fixed(12, 31).later(1, "")):
        found = rule.on(year)
        assert found is None or isinstance(found, date)
