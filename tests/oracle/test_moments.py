from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from .moments import (
    FIRST_DAY,
    LAST_DAY,
    Clock,
    Duration,
    calendar_later,
    elapsed_later,
    entered,
    midnight,
    months_later,
    period_start,
    previous_period_start,
    read,
)
from .worlds import at

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("zone", "day", "utc"),
    [
        ("Europe/London", "2024-06-12", "2024-06-11T23:00"),
        ("Europe/London", "2024-03-31", "2024-03-31T00:00"),
        ("Europe/London", "2024-04-01", "2024-03-31T23:00"),
        ("Asia/Tokyo", "2024-01-01", "2023-12-31T15:00"),
        # Missing: the clock goes from 23:59:59 to 01:00:00.
        ("Africa/Cairo", "2024-04-26", "2024-04-25T22:00"),
        ("America/Havana", "2024-03-10", "2024-03-10T05:00"),
        ("America/Santiago", "2024-09-08", "2024-09-08T04:00"),
        # Missing, and the day begins at half past midnight.
        ("America/Toronto", "1919-03-31", "1919-03-31T04:30"),
        # A day that was left out altogether begins with the next.
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00"),
        ("Pacific/Apia", "2011-12-31", "2011-12-30T10:00"),
        # Doubled: the clock goes from 00:59:59 to 00:00:00.
        ("America/Havana", "2024-11-03", "2024-11-03T04:00"),
        # Doubled by a minute: from 00:00:59 to 23:01:00 of the day before.
        ("America/St_Johns", "2006-10-29", "2006-10-29T02:30"),
        # 23:00 to 24:00 comes twice, midnight once.
        ("America/Santiago", "2024-04-07", "2024-04-07T04:00"),
        ("Africa/Cairo", "2024-11-01", "2024-10-31T22:00"),
    ],
)
def test_midnight_is_the_first_instant_of_the_day(zone: str, day: str, utc: str) -> None:
    assert midnight(date.fromisoformat(day), ZoneInfo(zone)) == at(utc)


def test_times_enter_in_utc_floored_to_the_second() -> None:
    plus_two = timezone(timedelta(hours=2))
    assert entered(datetime(2024, 1, 1, 1, 0, 59, 999_999, tzinfo=plus_two)) == at("2023-12-31T23:00:59")
    before_1970 = datetime(1969, 12, 31, 23, 59, 59, 500_000, tzinfo=UTC)
    assert entered(before_1970) == at("1969-12-31T23:59:59")


def test_a_naive_time_is_refused() -> None:
    with pytest.raises(ValueError, match="without a zone"):
        entered(datetime(2024, 1, 1))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("day", "months", "expected"),
    [
        ("2024-03-31", -1, "2024-02-29"),
        ("2023-03-31", -1, "2023-02-28"),
        ("2024-05-31", 1, "2024-06-30"),
        ("2024-02-29", -12, "2023-02-28"),
        ("2024-02-29", 48, "2028-02-29"),
        ("2024-01-15", -1, "2023-12-15"),
        ("2024-12-31", 2, "2025-02-28"),
        ("2024-06-12", 0, "2024-06-12"),
    ],
)
def test_months_are_clamped_to_the_months_end(day: str, months: int, expected: str) -> None:
    assert months_later(date.fromisoformat(day), months) == date.fromisoformat(expected)


@pytest.mark.parametrize(
    ("n", "unit", "expected"),
    [(-1, "day", "2024-02-28"), (-1, "week", "2024-02-22"), (1, "month", "2024-03-29"), (-1, "year", "2023-02-28")],
)
def test_units_of_the_calendar(n: int, unit: str, expected: str) -> None:
    assert calendar_later(date(2024, 2, 29), n, unit) == date.fromisoformat(expected)


def test_the_ends_of_the_calendar_are_clamped() -> None:
    assert calendar_later(date(2024, 1, 1), -5000, "year") == FIRST_DAY
    assert calendar_later(date(2024, 1, 1), 10**12, "day") == LAST_DAY
    assert elapsed_later(at("2024-01-01T00:00"), -(10**12), "hour") == datetime(1, 1, 3, tzinfo=UTC)


@pytest.mark.parametrize(
    ("word", "start", "previous"),
    [
        ("day", "2024-02-29", "2024-02-28"),
        ("week", "2024-02-26", "2024-02-19"),
        ("month", "2024-02-01", "2024-01-01"),
        ("quarter", "2024-01-01", "2023-10-01"),
        ("year", "2024-01-01", "2023-01-01"),
    ],
)
def test_periods_of_the_29th_of_february(word: str, start: str, previous: str) -> None:
    assert period_start(date(2024, 2, 29), word) == date.fromisoformat(start)
    assert previous_period_start(date(2024, 2, 29), word) == date.fromisoformat(previous)


def test_a_week_begins_on_monday_whatever_the_day() -> None:
    assert period_start(date(2024, 12, 30), "week") == date(2024, 12, 30)
    assert period_start(date(2025, 1, 5), "week") == date(2024, 12, 30)


@pytest.mark.parametrize(
    ("first_weekday", "start", "previous"),
    [
        (1, "2024-06-10", "2024-06-03"),
        (3, "2024-06-12", "2024-06-05"),
        (6, "2024-06-08", "2024-06-01"),
        (7, "2024-06-09", "2024-06-02"),
    ],
)
def test_or_on_the_weekday_that_the_shop_says(first_weekday: int, start: str, previous: str) -> None:
    wednesday = date(2024, 6, 12)
    assert period_start(wednesday, "week", first_weekday) == date.fromisoformat(start)
    assert previous_period_start(wednesday, "week", first_weekday) == date.fromisoformat(previous)
    clock = Clock.at(at("2024-06-12T08:00"), "Europe/Paris", first_weekday)
    assert clock.period_start("week") == date.fromisoformat(start)
    assert clock.previous_period_start("week") == date.fromisoformat(previous)


@pytest.mark.parametrize(
    ("text", "utc"),
    [
        ("2024-06-12T10:00:00+02:00", "2024-06-12T08:00"),
        ("2024-06-12T10:00:00Z", "2024-06-12T10:00"),
        ("2024-06-12T10:00:00.900", "2024-06-12T08:00"),
        ("2024-06-12 10:00", "2024-06-12T08:00"),
        # Shown by no clock in Paris: the first moment after.
        ("2024-03-31T02:30:00", "2024-03-31T01:00"),
        # Shown twice: the earlier.
        ("2024-10-27T02:30:00", "2024-10-27T00:30"),
    ],
)
def test_times_of_a_rule(text: str, utc: str) -> None:
    assert read(text, PARIS) == at(utc)


def test_a_date_of_a_rule_stays_a_date() -> None:
    assert read("2024-03-31", PARIS) == date(2024, 3, 31)


def test_today_is_a_day_of_the_shop() -> None:
    assert Clock.at(at("2024-12-31T23:30"), "Europe/Paris").today == date(2025, 1, 1)
    assert Clock.at(at("2024-12-31T23:30"), "America/New_York").today == date(2024, 12, 31)


def test_durations_elapse_in_hours_and_count_in_days() -> None:
    # Paris, 11:00 on the day on which the night had 25 hours.
    clock = Clock.at(at("2024-10-27T10:00"), "Europe/Paris")
    assert Duration(24, "hour").first_moment_back(clock) == at("2024-10-26T10:00")
    assert Duration(1, "day").first_moment_back(clock) == at("2024-10-25T22:00")
    assert Duration(24, "hour").first_day_back(clock) == date(2024, 10, 26)
    assert Duration(14, "hour").last_day_ahead(clock) == date(2024, 10, 28)
    assert Duration(1, "month").last_day_ahead(clock) == date(2024, 11, 27)


@pytest.mark.parametrize(
    ("zone", "now", "midnight"),
    [
        ("Europe/Paris", "2024-06-12T08:00", "2024-06-11T22:00"),
        ("Europe/Paris", "2024-06-11T22:00", "2024-06-11T22:00"),
        # Havana, 3 November 2024: midnight comes twice, and belongs to that day both times.
        ("America/Havana", "2024-11-03T05:30", "2024-11-03T04:00"),
        # Santiago, 8 September 2024: the day begins at 1 o'clock.
        ("America/Santiago", "2024-09-08T04:30", "2024-09-08T04:00"),
    ],
)
def test_the_clock_at_midnight_is_still_of_today(zone: str, now: str, midnight: str) -> None:
    clock = Clock.at(at(now), zone, 7)
    assert clock.at_midnight == Clock.at(at(midnight), zone, 7)
    assert clock.at_midnight.today == clock.today


@pytest.mark.parametrize(
    ("n", "unit", "since", "over"),
    [
        (1, "day", "2024-06-11T21:59:59", True),
        (1, "day", "2024-06-11T22:00", False),
        (0, "day", "2024-06-12T08:00", True),
        (1, "month", "2024-05-12T21:59:59", True),
        (1, "month", "2024-05-12T22:00", False),
        (24, "hour", "2024-06-11T08:00", True),
        (24, "hour", "2024-06-11T08:00:01", False),
        (1, "minute", "2024-06-12T07:59", True),
    ],
)
def test_what_is_over(n: int, unit: str, since: str, over: bool) -> None:
    """Days end with a midnight of Paris, where it is 10:00; hours elapse."""
    assert Duration(n, unit).is_over(at(since), Clock.at(at("2024-06-12T08:00"), "Europe/Paris")) is over


def test_a_month_from_its_end_is_over_at_the_end_of_the_next() -> None:
    assert Duration(1, "month").is_over(at("2024-01-31T12:00"), Clock.at(at("2024-02-28T12:00"), "Europe/Paris")) is False
    assert Duration(1, "month").is_over(at("2024-01-31T12:00"), Clock.at(at("2024-02-29T12:00"), "Europe/Paris")) is True


def test_lengths_are_of_minutes_to_weeks() -> None:
    assert [Duration(2, unit).length for unit in ("minute", "hour", "day", "week")] == [
        timedelta(minutes=2),
        timedelta(hours=2),
        timedelta(hours=48),
        timedelta(hours=336),
    ]
    with pytest.raises(KeyError):
        Duration(1, "month").length  # noqa: B018
