"""The date operators on a pure date, such as a birthday.

A date has no clock. It is compared as a day of the shop, with the days that the other side touches:

on, before, after   the same day, an earlier day, a later day; a time in the rule stands for its day in the shop's zone
between             both days included (times stand for their days)
last N days …       today - N <= d <= today; N hours: from the day on which that stretch began to today
not_last            before the first day of `last`, so a future date is neither in `last` nor in `not_last`
next N days …       today <= d <= today + N; N hours: from today to the day on which that stretch ends
anniversary_next    month and day alone: some day of `next` is the anniversary; 29 February is kept on 28 February in
                    common years, and on the 29th in leap years
this                from the first day of the period of today to today (not its future days)
previous            the whole period before that
month_is, weekday_is   month 1 to 12, weekday 1 (Monday) to 7; one or any of a list
"""

from __future__ import annotations

import calendar
from collections.abc import Callable
from datetime import date, datetime, timedelta
from typing import Any

from .moments import Clock, Duration

ANY_ANNIVERSARY_WITHIN = timedelta(days=366)


def day(value: Any, clock: Clock) -> date:
    """The day a date or time of a rule stands for."""
    known = clock.read(value)
    if isinstance(known, datetime):
        return clock.day_of(known)
    return known


def on(known: date, value: Any, clock: Clock) -> bool:
    return known == day(value, clock)


def before(known: date, value: Any, clock: Clock) -> bool:
    return known < day(value, clock)


def after(known: date, value: Any, clock: Clock) -> bool:
    return known > day(value, clock)


def between(known: date, value: Any, clock: Clock) -> bool:
    first, last = value
    return day(first, clock) <= known <= day(last, clock)


def last(known: date, value: Any, clock: Clock) -> bool:
    return Duration.of(value).first_day_back(clock) <= known <= clock.today


def not_last(known: date, value: Any, clock: Clock) -> bool:
    return known < Duration.of(value).first_day_back(clock)


def next_(known: date, value: Any, clock: Clock) -> bool:
    return clock.today <= known <= Duration.of(value).last_day_ahead(clock)


def anniversary(known: date, year: int) -> date:
    """The day of that year on which the date is kept."""
    if (known.month, known.day) == (2, 29) and not calendar.isleap(year):
        return date(year, 2, 28)
    return known.replace(year=year)


def anniversary_next(known: date, value: Any, clock: Clock) -> bool:
    last_day = Duration.of(value).last_day_ahead(clock)
    candidate = clock.today
    while candidate <= min(last_day, clock.today + ANY_ANNIVERSARY_WITHIN):
        if anniversary(known, candidate.year) == candidate:
            return True
        candidate += timedelta(days=1)
    return False


def this(known: date, value: Any, clock: Clock) -> bool:
    return clock.period_start(value) <= known <= clock.today


def previous(known: date, value: Any, clock: Clock) -> bool:
    return clock.previous_period_start(value) <= known < clock.period_start(value)


def one_or_many(value: Any) -> list[int]:
    values = value if isinstance(value, list) else [value]
    return [int(each) for each in values]


def month_is(known: date, value: Any, clock: Clock) -> bool:
    return known.month in one_or_many(value)


def weekday_is(known: date, value: Any, clock: Clock) -> bool:
    return known.isoweekday() in one_or_many(value)


DATE_OPERATORS: dict[str, Callable[[date, Any, Clock], bool]] = {
    "on": on,
    "before": before,
    "after": after,
    "between": between,
    "last": last,
    "not_last": not_last,
    "next": next_,
    "anniversary_next": anniversary_next,
    "this": this,
    "previous": previous,
    "month_is": month_is,
    "weekday_is": weekday_is,
}
