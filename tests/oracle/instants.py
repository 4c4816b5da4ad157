"""Moments drawn for Hypothesis at which engines go wrong: nights without or with two midnights, leap days, year
ends, and the second before and after each."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from functools import cache, lru_cache
from typing import TypeVar
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from .moments import ELAPSING_UNITS, calendar_later, day_of, elapsed_later, midnight

ZONES = (
    "Europe/London",
    "Europe/Paris",
    "Africa/Cairo",
    "America/Havana",
    "America/Santiago",
    "Asia/Tokyo",
    "America/New_York",
    "Pacific/Auckland",
)
FIRST_YEAR, LAST_YEAR = 2023, 2025
LEAP_DAYS = (date(2023, 2, 28), date(2024, 2, 28), date(2024, 2, 29), date(2024, 3, 1), date(2025, 2, 28), date(2025, 3, 1))
DAYS_TO_WATCH = (
    *LEAP_DAYS,
    *LEAP_DAYS,
    date(2023, 12, 31),
    date(2024, 1, 1),
    date(2024, 3, 31),
    date(2024, 5, 31),
    date(2024, 6, 12),
    date(2024, 7, 1),
    date(2024, 12, 30),
    date(2024, 12, 31),
    date(2025, 1, 1),
)
# The same few lengths stand in the rules and between the rows, so that rows meet the edges of windows.
LENGTHS = {
    "minute": (1, 30, 90),
    "hour": (1, 2, 23, 24, 25, 48),
    "day": (1, 2, 7, 30, 90),
    "week": (1, 2, 4),
    "month": (1, 2, 6, 12),
    "year": (1, 2),
}
DURATIONS = tuple((n, unit) for unit, lengths in LENGTHS.items() for n in lengths)
JITTERS = (
    timedelta(0),
    timedelta(0),
    timedelta(0),
    timedelta(seconds=1),
    timedelta(seconds=-1),
    timedelta(microseconds=1),
    timedelta(microseconds=500_000),
    timedelta(microseconds=999_999),
    timedelta(microseconds=-1),
)


@lru_cache
def offset_changes(name: str) -> tuple[datetime, ...]:
    """The instants, to the half hour, at which the clocks of the zone change in the watched years."""
    zone, step = ZoneInfo(name), timedelta(minutes=30)
    changes = []
    day = datetime(FIRST_YEAR, 1, 1, tzinfo=UTC)
    while day.year <= LAST_YEAR:
        tomorrow = day + timedelta(days=1)
        if day.astimezone(zone).utcoffset() != tomorrow.astimezone(zone).utcoffset():
            moment = day
            while moment.astimezone(zone).utcoffset() == day.astimezone(zone).utcoffset():
                moment += step
            changes.append(moment)
        day = tomorrow
    return tuple(changes)


@lru_cache
def watched_days(name: str) -> tuple[date, ...]:
    """The days of the calendar worth a test, and those on which the zone's clocks change (most often) or about then."""
    zone = ZoneInfo(name)
    around = [day_of(change, zone) + timedelta(days=k) for change in offset_changes(name) for k in (0, 0, 0, -1, 1)]
    return (*DAYS_TO_WATCH, *around)


# From here on functions take Hypothesis' `draw`: building strategies within strategies costs more than drawing.

Option = TypeVar("Option")


@cache
def numbers_below(n: int) -> st.SearchStrategy[int]:
    return st.integers(0, n - 1)


def picked(draw: st.DrawFn, options: Sequence[Option]) -> Option:
    """One of them, as `sampled_from` draws it from what is only known while drawing."""
    return options[draw(numbers_below(len(options)))]


DURATION = st.sampled_from(DURATIONS)
JITTER = st.sampled_from(JITTERS)
EARLIER = st.sampled_from((-1, -1, -1, 1))
LATER = st.sampled_from((1, 1, 1, 1, 1, -1))
NEIGHBOUR = st.sampled_from((0, 0, 0, 1, -1))
FORM = st.sampled_from(("utc", "shop", "other"))
NASTY = st.sampled_from(("midnight", "hour", "change"))
HOUR = st.integers(0, 23)
ABOUT = st.sampled_from([timedelta(minutes=minutes) for minutes in (0, 0, -60, -30, 30, 60)])


def moment_near(draw: st.DrawFn, anchor: datetime, name: str, direction: st.SearchStrategy[int]) -> datetime:
    """A moment at the length of some window from `anchor`, to the second or to midnight, or nearly so."""
    zone = ZoneInfo(name)
    n, unit = draw(DURATION)
    n *= draw(direction)
    if unit in ELAPSING_UNITS:
        moment = elapsed_later(anchor, n, unit)
    else:
        day = calendar_later(day_of(anchor, zone), n, unit)
        moment = midnight(day + timedelta(days=draw(NEIGHBOUR)), zone)
    return moment + draw(JITTER)


def nasty_moment(draw: st.DrawFn, name: str) -> datetime:
    """Near a change of the zone's clocks, at the first instant of a day worth a test, or within it."""
    zone = ZoneInfo(name)
    day = picked(draw, watched_days(name))
    kind = draw(NASTY)
    if kind == "hour":
        instant = datetime.combine(day, time(draw(HOUR)), UTC)
    elif kind == "change" and offset_changes(name):
        instant = picked(draw, offset_changes(name)) + draw(ABOUT)
    else:
        instant = midnight(day, zone)
    return instant + draw(JITTER)


def worn(draw: st.DrawFn, moment: datetime, name: str) -> datetime:
    """The same instant as databases and views may give it: in UTC, in the shop's zone, or in some other."""
    form = draw(FORM)
    return moment.astimezone({"utc": UTC, "shop": ZoneInfo(name), "other": ZoneInfo("America/St_Johns")}[form])
