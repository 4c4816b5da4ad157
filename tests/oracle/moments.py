"""Moments, days and calendar arithmetic.

Moments are aware datetimes in UTC with whole seconds: two datetimes that share a zone with summer time are compared by
their wall clocks in Python, which is wrong twice a year, so nothing here is ever compared in the shop's zone.
Days are dates of the shop's zone. At the two ends of Python's calendar results are clamped, never an error.
"""

from __future__ import annotations

import calendar
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

FIRST_DAY = date(1, 1, 3)
LAST_DAY = date(9999, 12, 29)
FIRST_MOMENT = datetime(1, 1, 3, tzinfo=UTC)
LAST_MOMENT = datetime(9999, 12, 29, tzinfo=UTC)
SECOND = timedelta(seconds=1)
ONE_DAY = timedelta(days=1)
MONDAY = 1

ELAPSING_UNITS = {"minute": timedelta(minutes=1), "hour": timedelta(hours=1)}
DAYS_OF_UNIT = {"day": 1, "week": 7}
MONTHS_OF_UNIT = {"month": 1, "year": 12}
# In a sequence a day is 24 hours; months and years have no such length.
LENGTHS_OF_UNIT = {**ELAPSING_UNITS, "day": timedelta(days=1), "week": timedelta(days=7)}


def entered(moment: datetime) -> datetime:
    """A time as every engine takes it in: in UTC, floored to the second. Raises ValueError for a naive one."""
    if moment.tzinfo is None:
        raise ValueError(f"a time without a zone: {moment!r}")
    return moment.astimezone(UTC).replace(microsecond=0)


def wall_clock(moment: datetime, zone: ZoneInfo) -> datetime:
    """What a clock on the wall of the shop shows (naive)."""
    return moment.astimezone(zone).replace(tzinfo=None, fold=0)


def day_of(moment: datetime, zone: ZoneInfo) -> date:
    return wall_clock(moment, zone).date()


@lru_cache(maxsize=10_000)
def first_instant(wall: datetime, zone: ZoneInfo) -> datetime:
    """The moment at which the clock of the zone shows `wall` (naive, whole seconds).

    Shown twice: the earlier. Never shown: the first moment after it that exists.
    """
    earlier = wall.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if wall_clock(earlier, zone) == wall:
        return earlier
    # In a gap, fold=1 reckons with the offset after it and so lands before it. Walk from there.
    moment = wall.replace(tzinfo=zone, fold=1).astimezone(UTC)
    while wall_clock(moment, zone) < wall:
        moment += SECOND
    return moment


def midnight(day: date, zone: ZoneInfo) -> datetime:
    """The first instant of the day there: a missing midnight is the first that exists, a doubled one the earlier."""
    return first_instant(datetime.combine(clamped(day), time.min), zone)


def clamped(day: date) -> date:
    return min(max(day, FIRST_DAY), LAST_DAY)


def days_later(day: date, days: int) -> date:
    try:
        return clamped(day + timedelta(days=days))
    except OverflowError:
        return LAST_DAY if days > 0 else FIRST_DAY


def months_later(day: date, months: int) -> date:
    """The same day of the month so many months later (or earlier), or that month's last day if it has no such day."""
    index = day.year * 12 + (day.month - 1) + months
    year, month = index // 12, index % 12 + 1
    if year < FIRST_DAY.year:
        return FIRST_DAY
    if year > LAST_DAY.year:
        return LAST_DAY
    last_of_month = calendar.monthrange(year, month)[1]
    return clamped(date(year, month, min(day.day, last_of_month)))


def calendar_later(day: date, n: int, unit: str) -> date:
    """n days, weeks, months or years later; negative n: earlier. Raises KeyError for another unit."""
    if unit in DAYS_OF_UNIT:
        return days_later(day, n * DAYS_OF_UNIT[unit])
    return months_later(day, n * MONTHS_OF_UNIT[unit])


def elapsed_later(moment: datetime, n: int, unit: str) -> datetime:
    """n minutes or hours later as a stopwatch measures them; negative n: earlier. Raises KeyError for another unit."""
    try:
        return min(max(moment + n * ELAPSING_UNITS[unit], FIRST_MOMENT), LAST_MOMENT)
    except OverflowError:
        return LAST_MOMENT if n > 0 else FIRST_MOMENT


def period_start(day: date, word: str, first_weekday: int = MONDAY) -> date:
    """The first day of the day, week, month, quarter or year in which `day` lies."""
    starts = {
        "day": day,
        "week": days_later(day, -((day.isoweekday() - first_weekday) % 7)),
        "month": day.replace(day=1),
        "quarter": day.replace(month=(day.month - 1) // 3 * 3 + 1, day=1),
        "year": day.replace(month=1, day=1),
    }
    return starts[word]


def previous_period_start(day: date, word: str, first_weekday: int = MONDAY) -> date:
    """The first day of the period before the one in which `day` lies."""
    last_day_before = days_later(period_start(day, word, first_weekday), -1)
    return period_start(last_day_before, word, first_weekday)


def read(text: str, zone: ZoneInfo) -> date | datetime:
    """A date or time of a rule: "2026-01-31" is a date, anything with a clock in it a moment.

    A time without an offset is the shop's: doubled, the earlier; missing, the first that exists after it.
    """
    if ":" not in text:
        return date.fromisoformat(text)
    moment = datetime.fromisoformat(text).replace(microsecond=0)
    if moment.tzinfo is None:
        return first_instant(moment, zone)
    return entered(moment)


@dataclass(frozen=True)
class Clock:
    """The moment of evaluation, the shop's zone, and the weekday on which its weeks start (1 is Monday)."""

    now: datetime
    zone: ZoneInfo
    first_weekday: int = MONDAY

    @classmethod
    def at(cls, now: datetime, zone: str, first_weekday: int = MONDAY) -> Clock:
        return cls(entered(now), ZoneInfo(zone), first_weekday)

    @property
    def at_midnight(self) -> Clock:
        """The clock as it stood at the first instant of today."""
        return replace(self, now=self.midnight(self.today))

    @property
    def today(self) -> date:
        return self.day_of(self.now)

    def day_of(self, moment: datetime) -> date:
        return day_of(moment, self.zone)

    def midnight(self, day: date) -> datetime:
        return midnight(day, self.zone)

    def midnight_after(self, day: date) -> datetime:
        return midnight(days_later(day, 1), self.zone)

    def read(self, text: str) -> date | datetime:
        return read(text, self.zone)

    def period_start(self, word: str) -> date:
        """The first day of the period in which today lies."""
        return period_start(self.today, word, self.first_weekday)

    def previous_period_start(self, word: str) -> date:
        return previous_period_start(self.today, word, self.first_weekday)


@dataclass(frozen=True)
class Duration:
    """`{"n": 7, "unit": "day"}`, seen from the moment of evaluation."""

    n: int
    unit: str

    @classmethod
    def of(cls, stored: Any) -> Duration:
        return cls(int(stored["n"]), stored["unit"])

    @property
    def elapses(self) -> bool:
        """Minutes and hours elapse; days and longer are counted in the calendar."""
        return self.unit in ELAPSING_UNITS

    def first_moment_back(self, clock: Clock) -> datetime:
        """Where "the last n units" begin: n hours ago, or midnight of the day n days (months, …) ago."""
        if self.elapses:
            return elapsed_later(clock.now, -self.n, self.unit)
        return clock.midnight(self.first_day_back(clock))

    def first_day_back(self, clock: Clock) -> date:
        """The day on which "the last n units" begin."""
        if self.elapses:
            return clock.day_of(elapsed_later(clock.now, -self.n, self.unit))
        return calendar_later(clock.today, -self.n, self.unit)

    def last_day_ahead(self, clock: Clock) -> date:
        """The last day of "the next n units": the one n days (months, …) from today, or the day n hours from now."""
        if self.elapses:
            return clock.day_of(elapsed_later(clock.now, self.n, self.unit))
        return calendar_later(clock.today, self.n, self.unit)

    @property
    def length(self) -> timedelta:
        """As a stopwatch measures it, for sequences. Raises KeyError for months and years."""
        return self.n * LENGTHS_OF_UNIT[self.unit]

    def is_over(self, since: datetime, clock: Clock) -> bool:
        """Whether it has passed since then: minutes and hours elapse, days and longer end with the midnight of the last."""
        if self.elapses:
            return clock.now >= elapsed_later(since, self.n, self.unit)
        return clock.today >= calendar_later(clock.day_of(since), self.n, self.unit)
