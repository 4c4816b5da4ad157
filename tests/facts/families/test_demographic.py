from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from segmentation.facts.families.demographic import age
from segmentation.kernel.moments import Calendar
from segmentation.rules.values import Kind
from segmentation.store.encode import Encoding, encode
from tests.store.reading import plain

LONDON = Calendar("Europe/London")


def ages(births, now, calendar=LONDON):
    """The age of each, born on these days."""
    return plain(age({"customer.birth_date": encode(births, Encoding(Kind.DATE, 0, calendar))}, now, calendar))


@pytest.mark.parametrize(
    ("born", "years"),
    [
        (date(1990, 6, 1), 36),
        (date(1990, 6, 2), 35),
        (date(1990, 5, 31), 36),
        (date(1990, 12, 31), 35),
        (date(1965, 1, 1), 61),
        (date(1900, 6, 1), 126),
        (date(2026, 6, 1), 0),
        (date(2025, 6, 2), 0),
        (date(2026, 6, 2), None),
        (date(2027, 1, 1), None),
        (date(1, 1, 1), 2025),
        (None, None),
    ],
)
def test_whole_years_today(born, years):
    assert ages([born], datetime(2026, 6, 1, 9, tzinfo=UTC)) == [years]


def test_each_has_her_own():
    born = [date(2000, 1, 1), None, date(1980, 7, 1)]

    assert ages(born, datetime(2026, 6, 1, tzinfo=UTC)) == [26, None, 45]
    assert ages([], datetime(2026, 6, 1, tzinfo=UTC)) == []


@pytest.mark.parametrize(
    ("today", "years"),
    [
        (date(2027, 2, 27), 22),
        (date(2027, 2, 28), 23),
        (date(2027, 3, 1), 23),
        (date(2028, 2, 28), 23),
        (date(2028, 2, 29), 24),
    ],
)
def test_who_was_born_on_a_leap_day_is_older_on_the_28th_in_common_years(today, years):
    assert ages([date(2004, 2, 29)], datetime(today.year, today.month, today.day, 12, tzinfo=UTC)) == [years]


def test_today_is_the_shops():
    late = datetime(2026, 5, 31, 20, tzinfo=UTC)

    assert ages([date(1990, 6, 1)], late) == [35]
    assert ages([date(1990, 6, 1)], late, Calendar("Asia/Tokyo")) == [36]


def test_a_birthday_whose_midnight_the_clocks_skipped():
    # In Cairo the clocks went from 23:59 to 1:00 on 28 April 2023.
    cairo = Calendar("Africa/Cairo")

    assert ages([date(2023, 4, 28)], datetime(2026, 4, 27, 12, tzinfo=UTC), cairo) == [2]
    assert ages([date(2023, 4, 28)], datetime(2026, 4, 28, 12, tzinfo=UTC), cairo) == [3]
