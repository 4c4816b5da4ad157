from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from segmentation.kernel.moments import END, FIRST, Calendar, seconds, shifted
from segmentation.rules.tree import Before, Between, Duration, Last, NotLast, Previous, Since, SinceLast, This
from segmentation.rules.values import LONGEST_DURATION, PERIODS, UNITS
from tests.kernel.hand import at, iso

PARIS = Calendar("Europe/Paris")
LONDON = Calendar("Europe/London")
CAIRO = Calendar("Africa/Cairo")
HAVANA = Calendar("America/Havana")
SANTIAGO = Calendar("America/Santiago")
APIA = Calendar("Pacific/Apia")
KIRITIMATI = Calendar("Pacific/Kiritimati")
NOW = at("2026-03-15T12:34:56.789")
ZONES = [PARIS, CAIRO, HAVANA, SANTIAGO, APIA, KIRITIMATI, Calendar("UTC")]


def named(second):
    """A second as text, or the name of an end."""
    return {FIRST: "FIRST", END: "END"}.get(second) or iso(second)


def day(text):
    return dt.date.fromisoformat(text)


def local_dates(calendar, *moments):
    """The shop's dates of these moments."""
    found = calendar.local_days(np.array([seconds(at(moment)) for moment in moments], np.int64))
    return [(dt.date(1970, 1, 1) + dt.timedelta(days=int(one))).isoformat() for one in found]


# Seconds and midnights


@pytest.mark.parametrize(
    ("text", "second"),
    [
        ("1970-01-01T00:00:00", 0),
        ("1970-01-01T00:00:01.999999", 1),
        ("1969-12-31T23:59:59.000001", -1),
        ("2026-03-15T13:34:56+01:00", 1_773_578_096),
    ],
)
def test_seconds_are_floored(text, second):
    assert seconds(at(text)) == second


@pytest.mark.parametrize(
    ("calendar", "date", "midnight"),
    [
        (LONDON, "2026-03-29", "2026-03-29T00:00:00"),
        (LONDON, "2026-03-30", "2026-03-29T23:00:00"),
        (LONDON, "2026-10-25", "2026-10-24T23:00:00"),
        (LONDON, "2026-10-26", "2026-10-26T00:00:00"),
        # Cairo skips midnight on the last Friday of April, and shows the hour before it twice at the end of October.
        (CAIRO, "2024-04-26", "2024-04-25T22:00:00"),
        (CAIRO, "2024-04-27", "2024-04-26T21:00:00"),
        (CAIRO, "2024-11-01", "2024-10-31T22:00:00"),
        # Havana skips midnight in March, and has two of them in November.
        (HAVANA, "2024-03-10", "2024-03-10T05:00:00"),
        (HAVANA, "2024-11-03", "2024-11-03T04:00:00"),
        (HAVANA, "2024-11-04", "2024-11-04T05:00:00"),
        # Santiago skips midnight in September, and shows the hour before it twice in April.
        (SANTIAGO, "2024-09-08", "2024-09-08T04:00:00"),
        (SANTIAGO, "2024-04-07", "2024-04-07T04:00:00"),
        # Apia had no 30 December 2011: it begins when the next day does.
        (APIA, "2011-12-29", "2011-12-29T10:00:00"),
        (APIA, "2011-12-30", "2011-12-30T10:00:00"),
        (APIA, "2011-12-31", "2011-12-30T10:00:00"),
        (APIA, "2012-01-01", "2011-12-31T10:00:00"),
        (KIRITIMATI, "2026-01-01", "2025-12-31T10:00:00"),
    ],
    ids=str,
)
def test_midnight_is_the_first_instant_of_a_day(calendar, date, midnight):
    assert iso(calendar.midnight(day(date))) == midnight


@pytest.mark.parametrize(
    ("calendar", "date", "hours"),
    [
        (LONDON, "2026-03-29", 23),
        (LONDON, "2026-10-25", 25),
        (LONDON, "2026-06-01", 24),
        (CAIRO, "2024-04-26", 23),
        (CAIRO, "2024-10-31", 25),
        (HAVANA, "2024-11-03", 25),
        (SANTIAGO, "2024-04-06", 25),
        (APIA, "2011-12-30", 0),
    ],
    ids=str,
)
def test_days_are_as_long_as_they_are(calendar, date, hours):
    assert calendar.next_midnight(day(date)) - calendar.midnight(day(date)) == hours * 3600


def test_nothing_comes_after_the_last_date():
    assert PARIS.next_midnight(dt.date.max) == END


@pytest.mark.parametrize(
    ("moment", "date"),
    [("2026-03-15T22:59:59", "2026-03-15"), ("2026-03-15T23:00:00", "2026-03-16"), ("2026-07-15T22:00:00", "2026-07-16")],
)
def test_today_is_the_date_in_the_shop(moment, date):
    assert PARIS.today(at(moment)).isoformat() == date


@pytest.mark.parametrize("calendar", ZONES, ids=str)
@pytest.mark.parametrize("date", [dt.date.min, dt.date(1, 12, 31), dt.date(2026, 3, 29), dt.date(9998, 12, 31), dt.date.max])
def test_the_date_of_a_midnight_is_its_day(calendar, date):
    assert calendar.date_of(calendar.midnight(date)) == date
    assert calendar.date_of(calendar.midnight(date) + 3600) == date


@pytest.mark.parametrize(
    ("second", "date"), [(FIRST, dt.date.min), (-(10**12), dt.date.min), (10**12, dt.date.max), (END, dt.date.max)]
)
def test_beyond_all_dates_is_the_first_or_the_last(second, date):
    assert PARIS.date_of(second) == date


# Dates of many moments


def test_local_days_change_at_midnight():
    assert local_dates(PARIS, "2026-03-28T22:59:59", "2026-03-28T23:00:00", "2026-03-29T21:59:59", "2026-03-29T22:00:00") == [
        "2026-03-28",
        "2026-03-29",
        "2026-03-29",
        "2026-03-30",
    ]


def test_local_days_where_midnight_is_missing_or_doubled():
    assert local_dates(CAIRO, "2024-04-25T21:59:59", "2024-04-25T22:00:00") == ["2024-04-25", "2024-04-26"]
    assert local_dates(HAVANA, "2024-11-03T03:59:59", "2024-11-03T04:30:00", "2024-11-03T05:30:00") == [
        "2024-11-02",
        "2024-11-03",
        "2024-11-03",
    ]
    assert local_dates(APIA, "2011-12-30T09:59:59", "2011-12-30T10:00:00") == ["2011-12-29", "2011-12-31"]


def test_local_days_at_the_turn_of_the_year():
    assert local_dates(KIRITIMATI, "2025-12-31T09:59:59", "2025-12-31T10:00:00") == ["2025-12-31", "2026-01-01"]
    assert local_dates(SANTIAGO, "2026-01-01T02:59:59", "2026-01-01T03:00:00") == ["2025-12-31", "2026-01-01"]


def test_local_days_of_nothing():
    assert PARIS.local_days(np.array([], np.int64)).tolist() == []


@pytest.mark.parametrize("calendar", ZONES, ids=str)
@pytest.mark.parametrize(
    "date", ["0001-01-01", "0001-12-31", "0002-01-01", "1752-09-14", "1900-02-28", "9998-12-31", "9999-07-01", "9999-12-31"]
)
def test_dates_of_every_year_are_counted(calendar, date):
    midnight = calendar.midnight(day(date))
    days = calendar.local_days(np.array([midnight, midnight + 3600], np.int64))

    assert days.tolist() == [day(date).toordinal() - dt.date(1970, 1, 1).toordinal()] * 2


def test_years_far_apart_need_no_years_between():
    times = np.array([PARIS.midnight(dt.date.min), 0, PARIS.midnight(dt.date.max)], np.int64)

    assert PARIS.local_days(times).tolist() == [-719_162, 0, 2_932_896]


# Windows

WINDOWS = [
    (Last(Duration(1, "day")), "2026-03-13T23:00:00", "2026-03-15T12:34:57"),
    (Last(Duration(30, "day")), "2026-02-12T23:00:00", "2026-03-15T12:34:57"),
    (Last(Duration(2, "hour")), "2026-03-15T10:34:56", "2026-03-15T12:34:57"),
    (Last(Duration(5, "minute")), "2026-03-15T12:29:56", "2026-03-15T12:34:57"),
    (Between("2026-01-01", "2026-01-31"), "2025-12-31T23:00:00", "2026-01-31T23:00:00"),
    (Between("2026-03-01", "2026-03-31"), "2026-02-28T23:00:00", "2026-03-15T12:34:57"),
    (Between("2026-03-01T08:00", "2026-03-01T09:00"), "2026-03-01T07:00:00", "2026-03-01T08:00:00"),
    (Between("2026-03-01T08:00Z", "2026-03-01T09:00Z"), "2026-03-01T08:00:00", "2026-03-01T09:00:00"),
    (Since("2026-03-01"), "2026-02-28T23:00:00", "2026-03-15T12:34:57"),
    (Since("2026-03-01T08:00"), "2026-03-01T07:00:00", "2026-03-15T12:34:57"),
    (This("week"), "2026-03-08T23:00:00", "2026-03-15T12:34:57"),
    (This("quarter"), "2025-12-31T23:00:00", "2026-03-15T12:34:57"),
    (Previous("month"), "2026-01-31T23:00:00", "2026-02-28T23:00:00"),
    (Previous("day"), "2026-03-13T23:00:00", "2026-03-14T23:00:00"),
]


@pytest.mark.parametrize(
    ("window", "first", "end"), WINDOWS, ids=lambda value: str(value) if isinstance(value, str) else repr(value)
)
def test_windows_end_with_now(window, first, end):
    assert tuple(map(iso, PARIS.window(window, NOW))) == (first, end)


@pytest.mark.parametrize(
    ("window", "end"),
    [
        (NotLast(Duration(30, "day")), "2026-02-12T23:00:00"),
        (NotLast(Duration(2, "hour")), "2026-03-15T10:34:56"),
        (Before("2026-03-01"), "2026-02-28T23:00:00"),
        (Before("2026-03-01T08:00"), "2026-03-01T07:00:00"),
        (Before("2027-01-01"), "2026-03-15T12:34:57"),
    ],
    ids=repr,
)
def test_windows_that_lie_before_something_have_no_beginning(window, end):
    first, found = PARIS.window(window, NOW)

    assert (first, iso(found)) == (FIRST, end)


@pytest.mark.parametrize(
    ("week_start", "first"),
    [(1, "2026-03-09"), (2, "2026-03-10"), (6, "2026-03-14"), (7, "2026-03-15")],
)
def test_weeks_start_on_the_shops_day(week_start, first):
    """15 March 2026 is a Sunday."""
    utc = Calendar("UTC", week_start)

    assert iso(utc.window(This("week"), NOW)[0]) == f"{first}T00:00:00"
    assert iso(utc.window(Previous("week"), NOW)[1]) == f"{first}T00:00:00"


@pytest.mark.parametrize("week_start", range(1, 8))
def test_the_first_week_of_all(week_start):
    assert Calendar("UTC", week_start).period_start("week", dt.date.min) == dt.date.min


@pytest.mark.parametrize(
    ("since", "duration", "held"),
    [
        ("2026-03-14T12:34:56", Duration(24, "hour"), True),
        ("2026-03-14T12:34:57", Duration(24, "hour"), False),
        ("2026-03-14T22:59:59", Duration(1, "day"), True),
        ("2026-03-14T23:00:00", Duration(1, "day"), False),
        ("2026-03-14T23:00:00", Duration(0, "day"), True),
        ("2026-02-15T22:00:00", Duration(1, "month"), True),
        ("2026-02-15T23:00:00", Duration(1, "month"), False),
        ("2026-03-08T12:00:00", Duration(1, "week"), True),
        ("2026-03-09T12:00:00", Duration(1, "week"), False),
    ],
)
def test_days_and_longer_are_held_from_the_midnight_of_their_last_day(since, duration, held):
    moments = np.array([seconds(at(since))], np.int64)

    assert PARIS.held(moments, duration, NOW).tolist() == [held]


def test_a_month_from_the_31st_is_held_on_the_last_day_of_a_short_one():
    moments = np.array([seconds(at("2026-01-31T12:00:00"))], np.int64)

    assert not PARIS.held(moments, Duration(1, "month"), at("2026-02-27T12:00:00"))[0]
    assert PARIS.held(moments, Duration(1, "month"), at("2026-02-28T12:00:00"))[0]


def test_any_time_is_no_span():
    assert PARIS.window(None, NOW) is None


def test_a_window_that_rows_bound_has_no_times_of_its_own():
    with pytest.raises(KeyError):
        PARIS.window(SinceLast("orders"), NOW)


def test_a_window_in_the_future_is_empty():
    first, end = PARIS.window(Between("2026-04-01", "2026-04-30"), NOW)
    assert end <= first

    first, end = PARIS.window(Since("2027-01-01"), NOW)
    assert end <= first


def test_a_day_of_a_window_is_the_shops_and_not_utcs():
    late = at("2026-03-15T23:30:00")

    assert iso(PARIS.start_of_last(Duration(0, "day"), late)) == "2026-03-15T23:00:00"
    assert iso(SANTIAGO.start_of_last(Duration(0, "day"), late)) == "2026-03-15T03:00:00"


def test_hours_elapse_and_days_do_not():
    morning = at("2026-03-29T10:00:00")

    assert iso(LONDON.start_of_last(Duration(24, "hour"), morning)) == "2026-03-28T10:00:00"
    assert iso(LONDON.start_of_last(Duration(1, "day"), morning)) == "2026-03-28T00:00:00"
    assert iso(LONDON.start_of_last(Duration(0, "day"), morning)) == "2026-03-29T00:00:00"


# Calendar arithmetic


@pytest.mark.parametrize(
    ("date", "duration", "sign", "shifted_date"),
    [
        ("2026-03-31", Duration(1, "month"), -1, "2026-02-28"),
        ("2024-03-31", Duration(1, "month"), -1, "2024-02-29"),
        ("2026-03-30", Duration(13, "month"), -1, "2025-02-28"),
        ("2026-01-15", Duration(1, "month"), -1, "2025-12-15"),
        ("2026-12-31", Duration(2, "month"), 1, "2027-02-28"),
        ("2024-02-29", Duration(1, "year"), -1, "2023-02-28"),
        ("2024-02-29", Duration(4, "year"), 1, "2028-02-29"),
        ("2024-02-29", Duration(12, "month"), 1, "2025-02-28"),
        ("2026-03-15", Duration(2, "week"), -1, "2026-03-01"),
        ("2026-03-15", Duration(0, "month"), -1, "2026-03-15"),
        ("2026-03-15", Duration(2025, "year"), -1, "0001-03-15"),
        ("2026-03-15", Duration(2026, "year"), -1, "0001-01-01"),
        ("2026-03-15", Duration(7974, "year"), 1, "9999-12-31"),
        ("2026-03-15", Duration(LONGEST_DURATION, "year"), -1, "0001-01-01"),
        ("2026-03-15", Duration(LONGEST_DURATION, "week"), -1, "0109-09-01"),
        ("2026-03-15", Duration(LONGEST_DURATION, "month"), 1, "9999-12-31"),
        ("0001-01-01", Duration(1, "day"), -1, "0001-01-01"),
        ("9999-12-31", Duration(1, "day"), 1, "9999-12-31"),
    ],
)
def test_months_are_clamped_to_their_end_and_time_to_its_ends(date, duration, sign, shifted_date):
    assert shifted(day(date), duration, sign).isoformat() == shifted_date


# Date operators with an interval

SPANS = [
    ("on", "2026-03-10", "2026-03-09T23:00:00", "2026-03-10T23:00:00"),
    ("on", "2026-03-29", "2026-03-28T23:00:00", "2026-03-29T22:00:00"),
    ("on", "2026-03-10T08:30", "2026-03-10T07:30:00", "2026-03-10T07:30:01"),
    ("on", "2026-03-10T08:30:15Z", "2026-03-10T08:30:15", "2026-03-10T08:30:16"),
    ("before", "2026-03-10", "FIRST", "2026-03-09T23:00:00"),
    ("before", "2026-03-10T08:30", "FIRST", "2026-03-10T07:30:00"),
    ("after", "2026-03-10", "2026-03-10T23:00:00", "END"),
    ("after", "2026-03-10T08:30", "2026-03-10T07:30:01", "END"),
    ("between", ("2026-03-01", "2026-03-31"), "2026-02-28T23:00:00", "2026-03-31T22:00:00"),
    ("between", ("2026-03-10", "2026-03-10"), "2026-03-09T23:00:00", "2026-03-10T23:00:00"),
    ("between", ("2026-03-01T08:00", "2026-03-01T20:00"), "2026-03-01T07:00:00", "2026-03-01T19:00:00"),
    ("last", Duration(0, "day"), "2026-03-14T23:00:00", "2026-03-15T12:34:57"),
    ("last", Duration(1, "day"), "2026-03-13T23:00:00", "2026-03-15T12:34:57"),
    ("last", Duration(2, "week"), "2026-02-28T23:00:00", "2026-03-15T12:34:57"),
    ("last", Duration(1, "month"), "2026-02-14T23:00:00", "2026-03-15T12:34:57"),
    ("last", Duration(1, "year"), "2025-03-14T23:00:00", "2026-03-15T12:34:57"),
    ("last", Duration(36, "hour"), "2026-03-14T00:34:56", "2026-03-15T12:34:57"),
    ("last", Duration(90, "minute"), "2026-03-15T11:04:56", "2026-03-15T12:34:57"),
    ("last", Duration(0, "minute"), "2026-03-15T12:34:56", "2026-03-15T12:34:57"),
    ("not_last", Duration(1, "day"), "FIRST", "2026-03-13T23:00:00"),
    ("not_last", Duration(36, "hour"), "FIRST", "2026-03-14T00:34:56"),
    ("next", Duration(0, "day"), "2026-03-14T23:00:00", "2026-03-15T23:00:00"),
    ("next", Duration(1, "day"), "2026-03-14T23:00:00", "2026-03-16T23:00:00"),
    ("next", Duration(2, "week"), "2026-03-14T23:00:00", "2026-03-29T22:00:00"),
    ("next", Duration(1, "month"), "2026-03-14T23:00:00", "2026-04-15T22:00:00"),
    ("next", Duration(1, "year"), "2026-03-14T23:00:00", "2027-03-15T23:00:00"),
    ("next", Duration(36, "hour"), "2026-03-15T12:34:56", "2026-03-17T00:34:57"),
    ("this", "day", "2026-03-14T23:00:00", "2026-03-15T12:34:57"),
    ("this", "week", "2026-03-08T23:00:00", "2026-03-15T12:34:57"),
    ("this", "month", "2026-02-28T23:00:00", "2026-03-15T12:34:57"),
    ("this", "quarter", "2025-12-31T23:00:00", "2026-03-15T12:34:57"),
    ("this", "year", "2025-12-31T23:00:00", "2026-03-15T12:34:57"),
    ("previous", "day", "2026-03-13T23:00:00", "2026-03-14T23:00:00"),
    ("previous", "week", "2026-03-01T23:00:00", "2026-03-08T23:00:00"),
    ("previous", "month", "2026-01-31T23:00:00", "2026-02-28T23:00:00"),
    ("previous", "quarter", "2025-09-30T22:00:00", "2025-12-31T23:00:00"),
    ("previous", "year", "2024-12-31T23:00:00", "2025-12-31T23:00:00"),
]


@pytest.mark.parametrize(("operator", "value", "first", "end"), SPANS)
def test_the_span_of_every_date_operator(operator, value, first, end):
    assert tuple(map(named, PARIS.span(operator, value, NOW))) == (first, end)


@pytest.mark.parametrize(
    ("now", "period", "this", "previous"),
    [
        ("2026-01-01T00:00:00", "week", "2025-12-29", "2025-12-22"),
        ("2026-03-16T00:00:00", "week", "2026-03-16", "2026-03-09"),
        ("2026-03-22T23:59:59", "week", "2026-03-16", "2026-03-09"),
        ("2026-01-01T00:00:00", "month", "2026-01-01", "2025-12-01"),
        ("2026-12-31T12:00:00", "month", "2026-12-01", "2026-11-01"),
        ("2026-01-01T00:00:00", "quarter", "2026-01-01", "2025-10-01"),
        ("2026-03-31T12:00:00", "quarter", "2026-01-01", "2025-10-01"),
        ("2026-04-01T00:00:00", "quarter", "2026-04-01", "2026-01-01"),
        ("2026-12-31T12:00:00", "quarter", "2026-10-01", "2026-07-01"),
        ("2026-12-31T23:59:59", "year", "2026-01-01", "2025-01-01"),
        ("2026-01-01T00:00:00", "year", "2026-01-01", "2025-01-01"),
        ("2024-02-29T12:00:00", "day", "2024-02-29", "2024-02-28"),
        ("2024-03-01T12:00:00", "day", "2024-03-01", "2024-02-29"),
    ],
)
def test_periods_begin(now, period, this, previous):
    utc = Calendar("UTC")
    moment = at(now)

    assert utc.span("this", period, moment) == (utc.midnight(day(this)), seconds(moment) + 1)
    assert utc.span("previous", period, moment) == (utc.midnight(day(previous)), utc.midnight(day(this)))


@pytest.mark.parametrize(
    ("calendar", "text", "instant"),
    [
        # A clock that the shop skips is the first that exists after it; one that it shows twice is the earlier.
        (LONDON, "2026-03-29T01:30", "2026-03-29T01:00:00"),
        (LONDON, "2026-03-29T01:00", "2026-03-29T01:00:00"),
        (LONDON, "2026-03-29T02:00", "2026-03-29T01:00:00"),
        (LONDON, "2026-10-25T01:30", "2026-10-25T00:30:00"),
        (CAIRO, "2024-04-26T00:30", "2024-04-25T22:00:00"),
        (APIA, "2011-12-30T12:00", "2011-12-30T10:00:00"),
        (LONDON, "2026-10-25T01:30+00:00", "2026-10-25T01:30:00"),
        (LONDON, "2026-06-01T12:00:00.999999", "2026-06-01T11:00:00"),
    ],
    ids=str,
)
def test_times_of_a_rule(calendar, text, instant):
    first, end = calendar.bounds(text)

    assert (iso(first), end) == (instant, first + 1)


def test_what_is_no_moment_is_refused():
    with pytest.raises(ValueError, match="not a date or time: 'tomorrow'"):
        PARIS.bounds("tomorrow")


@pytest.mark.parametrize("operator", ["month_is", "is_set", "=", "nonsense"])
def test_only_intervals_have_spans(operator):
    with pytest.raises(ValueError, match="is no interval of time"):
        PARIS.span(operator, "3", NOW)


# Spans for dates, which stand for their midnights


@pytest.mark.parametrize(
    ("operator", "value", "first", "last"),
    [
        ("last", Duration(1, "day"), "2026-03-14", "2026-03-15"),
        ("last", Duration(1, "hour"), "2026-03-15", "2026-03-15"),
        ("last", Duration(13, "hour"), "2026-03-15", "2026-03-15"),
        ("last", Duration(14, "hour"), "2026-03-14", "2026-03-15"),
        ("not_last", Duration(1, "hour"), None, "2026-03-14"),
        ("not_last", Duration(14, "hour"), None, "2026-03-13"),
        ("next", Duration(1, "hour"), "2026-03-15", "2026-03-15"),
        ("next", Duration(11, "hour"), "2026-03-15", "2026-03-16"),
        ("next", Duration(1, "day"), "2026-03-15", "2026-03-16"),
        ("this", "month", "2026-03-01", "2026-03-15"),
        ("previous", "month", "2026-02-01", "2026-02-28"),
        ("on", "2026-03-10", "2026-03-10", "2026-03-10"),
        ("before", "2026-03-10", None, "2026-03-09"),
        ("after", "2026-03-10", "2026-03-11", None),
        ("between", ("2026-03-10", "2026-03-20"), "2026-03-10", "2026-03-20"),
    ],
)
def test_dates_are_taken_by_whole_days(operator, value, first, last):
    low, high = PARIS.whole_days(*PARIS.span(operator, value, NOW), NOW)
    around = [dt.date(2026, 1, 1) + dt.timedelta(days=index) for index in range(120)]
    taken = [one.isoformat() for one in around if low <= PARIS.midnight(one) < high]

    assert taken[0] == (first or "2026-01-01")
    assert taken[-1] == (last or around[-1].isoformat())
    assert len(taken) == (day(taken[-1]) - day(taken[0])).days + 1


# Operators that ask the calendar


def matching(operator, value, *texts, now=NOW, calendar=PARIS):
    """Which dates the operator takes in."""
    days = np.array([day(text).toordinal() - dt.date(1970, 1, 1).toordinal() for text in texts], np.int64)
    answers = calendar.days_that_match(operator, value, days, now)
    return [text for text, answer in zip(texts, answers, strict=True) if answer]


@pytest.mark.parametrize("month", range(1, 13))
def test_month_is(month):
    months = [f"{year}-{number:02}-15" for year in (1, 1600, 1969, 1970, 2026, 9999) for number in range(1, 13)]
    months = [text.zfill(10) for text in months]

    assert matching("month_is", str(month), *months) == [text for text in months if day(text).month == month]


def test_month_is_one_of_several():
    assert matching("month_is", ("12", "1"), "2026-01-31", "2026-02-01", "2026-11-30", "2026-12-01") == [
        "2026-01-31",
        "2026-12-01",
    ]


@pytest.mark.parametrize("weekday", range(1, 8))
def test_weekday_is_one_for_monday(weekday):
    dates = [*(f"2026-03-{number}" for number in range(10, 31)), "0001-01-01", "1969-12-28", "1970-01-01", "9999-12-31"]

    assert matching("weekday_is", str(weekday), *dates) == [text for text in dates if day(text).isoweekday() == weekday]


def test_weekday_is_one_of_several():
    assert matching("weekday_is", ("6", "7"), "2026-03-13", "2026-03-14", "2026-03-15", "2026-03-16") == [
        "2026-03-14",
        "2026-03-15",
    ]


@pytest.mark.parametrize(
    ("now", "duration", "born"),
    [
        ("2026-03-15", Duration(0, "day"), ["1990-03-15"]),
        ("2026-03-15", Duration(1, "day"), ["1990-03-15", "1990-03-16"]),
        ("2026-03-13", Duration(2, "day"), ["1990-03-14", "1990-03-15"]),
        ("2026-12-30", Duration(3, "day"), ["1990-12-31", "1991-01-01", "1991-01-02"]),
        ("2025-12-31", Duration(1, "day"), ["1990-12-31", "1991-01-01"]),
        # 29 February is kept on the 28th in common years, and on its day in leap years.
        ("2026-02-27", Duration(0, "day"), []),
        ("2026-02-28", Duration(0, "day"), ["1990-02-28", "1992-02-29"]),
        ("2026-03-01", Duration(0, "day"), ["1990-03-01"]),
        ("2026-02-27", Duration(1, "day"), ["1990-02-28", "1992-02-29"]),
        ("2028-02-28", Duration(0, "day"), ["1990-02-28"]),
        ("2028-02-29", Duration(0, "day"), ["1992-02-29"]),
        ("2028-02-28", Duration(2, "day"), ["1990-02-28", "1992-02-29", "1990-03-01"]),
        ("2026-03-14", Duration(35, "hour"), ["1990-03-14", "1990-03-15"]),
        ("2026-03-14", Duration(36, "hour"), ["1990-03-14", "1990-03-15", "1990-03-16"]),
        ("2026-02-14", Duration(1, "month"), ["1990-02-28", "1992-02-29", "1990-03-01", "1990-03-14"]),
    ],
)
def test_anniversaries_look_at_month_and_day_alone(now, duration, born):
    births = [
        "1990-02-28",
        "1992-02-29",
        "1990-03-01",
        "1990-03-14",
        "1990-03-15",
        "1990-03-16",
        "1990-12-31",
        "1991-01-01",
        "1991-01-02",
    ]

    assert matching("anniversary_next", duration, *births, now=at(f"{now}T12:00:00"), calendar=Calendar("UTC")) == born


@pytest.mark.parametrize("duration", [Duration(1, "year"), Duration(366, "day"), Duration(LONGEST_DURATION, "year")], ids=repr)
def test_within_a_year_every_birthday_comes_round(duration):
    births = [(dt.date(1992, 1, 1) + dt.timedelta(days=index)).isoformat() for index in range(366)]

    assert matching("anniversary_next", duration, *births) == births


def test_other_operators_do_not_ask_the_calendar():
    with pytest.raises(ValueError, match="last does not ask the calendar"):
        PARIS.days_that_match("last", Duration(1, "day"), np.array([0]), NOW)


# The ends of time


@pytest.mark.parametrize("calendar", ZONES, ids=str)
@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize("operator", ["last", "not_last", "next"])
def test_the_longest_durations_do_not_crash(calendar, unit, operator):
    first, end = calendar.span(operator, Duration(LONGEST_DURATION, unit), NOW)

    assert first < end
    assert first <= seconds(NOW)
    assert calendar.whole_days(first, end, NOW)[0] <= first


@pytest.mark.parametrize("calendar", ZONES, ids=str)
@pytest.mark.parametrize(
    "text",
    [
        "0001-01-01",
        "0001-01-01T00:00",
        "0001-01-01T00:00+14:00",
        "9999-12-31",
        "9999-12-31T23:59:59",
        "9999-12-31T23:59:59-12:00",
    ],
)
def test_the_first_and_the_last_dates_do_not_crash(calendar, text):
    first, end = calendar.bounds(text)
    now = seconds(NOW)

    assert first < end
    assert (first < now) == text.startswith("0001")
    assert calendar.span("before", text, NOW) == (FIRST, first)
    assert calendar.span("after", text, NOW) == (end, END)
    assert calendar.window(Since(text), NOW) == (first, now + 1)
    assert calendar.window(Between("0001-01-01", text), NOW)[1] == min(end if len(text) == 10 else first, now + 1)


@pytest.mark.parametrize("period", PERIODS)
def test_periods_at_the_last_day_do_not_crash(period):
    utc = Calendar("UTC")
    late = dt.datetime(9999, 12, 31, 12, tzinfo=dt.UTC)

    first, end = utc.span("this", period, late)
    assert first < end == seconds(late) + 1
    assert utc.span("next", Duration(1, "day"), late) == (utc.midnight(dt.date.max), END)
