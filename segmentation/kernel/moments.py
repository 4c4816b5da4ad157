"""Time: from words such as "last 3 months" to half-open spans of seconds, in the shop's calendar.

Days begin at midnight in the shop's zone. A midnight that the clocks skip is the first instant of that date that
exists; one that comes twice is the earlier. All seconds count from 1970 in UTC.
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING
from segmentation.rules.tree import Before, Between, Duration, Last, NotLast, Previous, Since, This, Window
from segmentation.rules.values import read_moment

FIRST = MISSING + 1
"""Before every time."""
END = int(np.iinfo(np.int64).max)
"""After every time."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MONTHS = {"month": 1, "year": 12}
_DAYS = {"day": 1, "week": 7}
_SECONDS = {"minute": 60, "hour": 3600}
_DAY = 86_400
_CYCLE_YEARS = 400
_CYCLE = 146_097 * _DAY
"""Seconds of 400 years, after which the calendar repeats, weekdays and all. Near the ends of its years Python's datetime
cannot change zones, so what lies there is asked one cycle away."""
_PERIOD_MONTHS = {"month": 1, "quarter": 3, "year": 12}

SecondSpan = tuple[int, int]
"""Half-open: from the first second to before the second."""


def seconds(moment: datetime) -> int:
    """Whole seconds since 1970 of an aware datetime, floored."""
    return (moment - _EPOCH) // timedelta(seconds=1)


_SURE = seconds(datetime(2, 1, 1, tzinfo=UTC)), seconds(datetime(9999, 1, 1, tzinfo=UTC))
"""From the first second to before the second, Python's datetime can change zones."""


@dataclass(frozen=True, slots=True)
class Calendar:
    """The zone in which a shop counts its days, and the day on which its weeks start (1 is Monday, 7 Sunday)."""

    zone_name: str
    week_start: int = 1

    @property
    def zone(self) -> ZoneInfo:
        """The zone itself."""
        return ZoneInfo(self.zone_name)

    def today(self, now: datetime) -> date:
        """The shop's date at a moment."""
        return self.date_of(seconds(now))

    def midnight(self, day: date) -> int:
        """The first second of a date."""
        return _midnight(self.zone_name, day)

    def next_midnight(self, day: date) -> int:
        """The first second after a date."""
        return END if day == date.max else self.midnight(day + timedelta(days=1))

    def start_of_last(self, duration: Duration, now: datetime) -> int:
        """Where the last so many units begin: at a midnight for days and longer, to the second for hours."""
        if duration.unit in _SECONDS:
            return seconds(now) - duration.n * _SECONDS[duration.unit]
        return self.midnight(shifted(self.today(now), duration, -1))

    def window(self, window: Window | None, now: datetime) -> SecondSpan | None:
        """The times that count under a window, never later than now; None for any time, which takes in rows without one."""
        if window is None:
            return None
        low, high = _WINDOWS[type(window)](self, window, now)
        return low, min(high, seconds(now) + 1)

    def held(self, since: NDArray[np.int64], duration: Duration, now: datetime) -> NDArray[np.bool_]:
        """Whether so long has passed since each time: hours elapse, days and longer end with the midnight of the last day."""
        if duration.unit in _SECONDS:
            return seconds(now) - since >= duration.n * _SECONDS[duration.unit]
        days, places = np.unique(self.local_days(since), return_inverse=True)
        today = self.today(now)
        passed = [shifted(_EPOCH.date() + timedelta(days=day), duration, 1) <= today for day in days.tolist()]
        return np.array(passed, np.bool_)[places]

    def span(self, operator: str, value: Any, now: datetime) -> SecondSpan:
        """The times for which a date operator with an interval is true; `value` has the operator's shape."""
        if operator not in _SPANS:
            raise ValueError(f"{operator} is no interval of time")
        return _SPANS[operator](self, value, now)

    def whole_days(self, low: int, high: int, now: datetime) -> SecondSpan:
        """The same span for dates, which stand for their midnights: a day that it begins in is in, one before it is not.

        A span up to now ends with today, whatever the hour; one that ends earlier ends before that day begins.
        """
        return self._floored(low), high if high > seconds(now) else self._floored(high)

    def _floored(self, second: int) -> int:
        return second if second in (FIRST, END) else self.midnight(self.date_of(second))

    def days_that_match(self, operator: str, value: object, days: NDArray[np.int64], now: datetime) -> NDArray[np.bool_]:
        """Which of the dates (days since 1970) a calendar operator takes in: month_is, weekday_is, anniversary_next."""
        dates = days.astype("datetime64[D]")
        if operator == "month_is":
            return np.isin(dates.astype("datetime64[M]").astype(np.int64) % 12 + 1, _numbers(value))
        if operator == "weekday_is":
            return np.isin((days + 3) % 7 + 1, _numbers(value))  # 1 January 1970 was a Thursday, day 4
        if operator == "anniversary_next" and isinstance(value, Duration):
            return np.isin(_month_days(dates), list(_anniversaries(self.today(now), self._last_day(value, now))))
        raise ValueError(f"{operator} does not ask the calendar")

    def previous(self, period: str, now: datetime) -> SecondSpan:
        """The whole period before the one of today."""
        start = self.period_start(period, self.today(now))
        before = self.period_start(period, start - timedelta(days=1))
        return self.midnight(before), self.midnight(start)

    def period_start(self, period: str, day: date) -> date:
        """The first day of the day, week, month, quarter or year in which a day lies."""
        if period == "day":
            return day
        if period == "week":
            return day - timedelta(days=min((day.isoweekday() - self.week_start) % 7, day.toordinal() - 1))
        months = _PERIOD_MONTHS[period]
        return date(day.year, (day.month - 1) // months * months + 1, 1)

    def local_days(self, times: NDArray[np.int64]) -> NDArray[np.int64]:
        """The shop's date of each time, as days since 1970; `times` has no MISSING."""
        if not times.size:
            return times
        years = _years_around(times)
        starts = np.concatenate([_midnights_of_year(self.zone_name, year) for year in years])
        days = np.concatenate([_days_of_year(year) for year in years])
        found: NDArray[np.int64] = days[np.maximum(np.searchsorted(starts, times, side="right") - 1, 0)]
        return found

    def date_of(self, second: int) -> date:
        """The shop's date at a second; what lies beyond Python's dates is the first or the last of them."""
        if second < _SURE[0]:
            day = self.date_of(max(second, _SURE[0] - _CYCLE) + _CYCLE)
            return day.replace(year=day.year - _CYCLE_YEARS) if day.year > _CYCLE_YEARS else date.min
        if second >= _SURE[1]:
            day = self.date_of(min(second, _SURE[1] + _CYCLE - 1) - _CYCLE)
            return day.replace(year=day.year + _CYCLE_YEARS) if day.year + _CYCLE_YEARS <= date.max.year else date.max
        return (_EPOCH + timedelta(seconds=second)).astimezone(self.zone).date()

    def bounds(self, text: str) -> SecondSpan:
        """The day, or the one second, that an ISO text names."""
        moment = read_moment(text, self.zone)
        if isinstance(moment, datetime):
            local = moment.tzinfo is self.zone and _SURE[0] <= seconds(moment) < _SURE[1]
            second = _first_second(self.zone, moment.replace(microsecond=0, tzinfo=None)) if local else seconds(moment)
            return second, second + 1
        if moment is None:
            raise ValueError(f"not a date or time: {text!r}")
        return self.midnight(moment), self.next_midnight(moment)

    def between(self, start: str, end: str) -> SecondSpan:
        """Both days included; two times are half-open."""
        last = self.bounds(end)
        return self.bounds(start)[0], last[0] if isinstance(read_moment(end, self.zone), datetime) else last[1]

    def next(self, duration: Duration, now: datetime) -> SecondSpan:
        """From today (or, for hours, from now) to the end of the day so far ahead."""
        if duration.unit in _SECONDS:
            return seconds(now), seconds(now) + duration.n * _SECONDS[duration.unit] + 1
        return self.midnight(self.today(now)), self.next_midnight(self._last_day(duration, now))

    def _last_day(self, duration: Duration, now: datetime) -> date:
        """The day on which the next so many units end."""
        if duration.unit in _SECONDS:
            return self.date_of(seconds(now) + duration.n * _SECONDS[duration.unit])
        return shifted(self.today(now), duration, 1)


_SPANS: dict[str, Callable[[Calendar, Any, datetime], SecondSpan]] = {
    "on": lambda calendar, value, now: calendar.bounds(value),
    "before": lambda calendar, value, now: (FIRST, calendar.bounds(value)[0]),
    "after": lambda calendar, value, now: (calendar.bounds(value)[1], END),
    "between": lambda calendar, value, now: calendar.between(*value),
    "last": lambda calendar, value, now: (calendar.start_of_last(value, now), seconds(now) + 1),
    "not_last": lambda calendar, value, now: (FIRST, calendar.start_of_last(value, now)),
    "next": lambda calendar, value, now: calendar.next(value, now),
    "this": lambda calendar, value, now: (calendar.midnight(calendar.period_start(value, calendar.today(now))), seconds(now) + 1),
    "previous": lambda calendar, value, now: calendar.previous(value, now),
}


_WINDOWS: dict[type, Callable[[Calendar, Any, datetime], SecondSpan]] = {
    Last: lambda calendar, window, now: calendar.span("last", window.duration, now),
    NotLast: lambda calendar, window, now: calendar.span("not_last", window.duration, now),
    Between: lambda calendar, window, now: calendar.between(window.start, window.end),
    Since: lambda calendar, window, now: (calendar.bounds(window.start)[0], END),
    Before: lambda calendar, window, now: calendar.span("before", window.end, now),
    This: lambda calendar, window, now: calendar.span("this", window.period, now),
    Previous: lambda calendar, window, now: calendar.previous(window.period, now),
}
"""Window -> its times. One that is bounded by rows has none of its own and is not here."""


def shifted(day: date, duration: Duration, sign: int) -> date:
    """The date so many days, weeks, months or years away; months are clamped to their end, time to its ends."""
    if duration.unit in _DAYS:
        ordinal = day.toordinal() + sign * duration.n * _DAYS[duration.unit]
        return date.fromordinal(min(max(ordinal, 1), date.max.toordinal()))
    index = day.year * 12 + day.month - 1 + sign * duration.n * _MONTHS[duration.unit]
    if not 12 <= index < 120_000:
        return date.min if sign < 0 else date.max
    year, month = divmod(index, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


@lru_cache(maxsize=8192)
def _midnight(zone_name: str, day: date) -> int:
    if day.year < 2:
        return _midnight(zone_name, day.replace(year=day.year + _CYCLE_YEARS)) - _CYCLE
    if day.year > 9998:
        return _midnight(zone_name, day.replace(year=day.year - _CYCLE_YEARS)) + _CYCLE
    return _first_second(ZoneInfo(zone_name), datetime.combine(day, time()))


def _first_second(zone: ZoneInfo, wall: datetime) -> int:
    """The second at which the clocks of a zone show `wall` (naive): of two the earlier, of none the first that exists after."""
    instant = wall.replace(tzinfo=zone).astimezone(UTC)  # fold=0: the earlier of two
    if instant.astimezone(zone).replace(tzinfo=None) == wall:
        return seconds(instant)
    low, high = seconds(wall.replace(tzinfo=zone, fold=1).astimezone(UTC)), seconds(instant)
    while low < high:
        middle = (low + high) // 2
        if (_EPOCH + timedelta(seconds=middle)).astimezone(zone).replace(tzinfo=None) >= wall:
            high = middle
        else:
            low = middle + 1
    return high


@lru_cache(maxsize=1024)
def _midnights_of_year(zone_name: str, year: int) -> NDArray[np.int64]:
    first = date(year, 1, 1).toordinal()
    return np.array([_midnight(zone_name, date.fromordinal(first + day)) for day in range(_length_of_year(year))], np.int64)


def _days_of_year(year: int) -> NDArray[np.int64]:
    first = date(year, 1, 1).toordinal() - _EPOCH.toordinal()
    return np.arange(first, first + _length_of_year(year))


def _length_of_year(year: int) -> int:
    return 366 if monthrange(year, 2)[1] == 29 else 365


def _years_around(times: NDArray[np.int64]) -> list[int]:
    """The years of UTC that times fall in, and their neighbours: the shop's year may be another at the turn."""
    years = (times // _DAY).astype("datetime64[D]").astype("datetime64[Y]").astype(np.int64) + 1970
    found = np.clip(years, date.min.year, date.max.year)
    present = np.flatnonzero(np.bincount(found)).tolist()
    around = {year + step for year in present for step in (-1, 0, 1)}
    return sorted(year for year in around if date.min.year <= year <= date.max.year)


def _numbers(value: object) -> list[int]:
    return [int(one) for one in (value if isinstance(value, tuple) else (value,))]


def _month_days(dates: NDArray[np.datetime64]) -> NDArray[np.int64]:
    """Month * 100 + day of each date."""
    months = dates.astype("datetime64[M]")
    day: NDArray[np.int64] = (dates - months).astype(np.int64) + 1
    return (months.astype(np.int64) % 12 + 1) * 100 + day


def _anniversaries(first: date, last: date) -> set[int]:
    """Month * 100 + day of all whose anniversary lies from first to last; 29 February falls on the 28th in common years."""
    found: set[int] = set()
    # Beyond four years and a day every date has come round, 29 February included.
    for ordinal in range(first.toordinal(), min(last.toordinal(), first.toordinal() + 1462) + 1):
        day = date.fromordinal(ordinal)
        found.add(day.month * 100 + day.day)
        if (day.month, day.day) == (2, 28) and monthrange(day.year, 2)[1] == 28:
            found.add(229)
    return found
