"""The date operators on a time: an attribute, a column of a row, or the least or greatest time of some rows.

on d                midnight(d) <= t < midnight(d + 1); on a time: that very second
before, after d     t < midnight(d); t >= midnight(d + 1); before, after a time: t < it, t > it
between [a, b]      days: midnight(a) <= t < midnight(b + 1); times: a <= t < b, half-open as in the window
last N              days or longer: midnight(today - N) <= t <= now; hours, minutes: now - N <= t <= now
not_last N          before the start of `last`; a future time is neither
next N              days or longer: midnight(today) <= t < midnight(today + N + 1); hours, minutes: now <= t <= now + N
this, previous      midnight(first day of the period) <= t <= now; the whole period before
anniversary_next, month_is, weekday_is   of the day on which t falls in the shop's zone
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Any

from . import date_operators
from .moments import Clock, Duration, elapsed_later


def starts(value: date | datetime, clock: Clock) -> datetime:
    """The first moment of what the rule names: of the day, or the moment itself."""
    return value if isinstance(value, datetime) else clock.midnight(value)


def on(known: datetime, value: Any, clock: Clock) -> bool:
    named = clock.read(value)
    if isinstance(named, datetime):
        return known == named
    return clock.midnight(named) <= known < clock.midnight_after(named)


def before(known: datetime, value: Any, clock: Clock) -> bool:
    return known < starts(clock.read(value), clock)


def after(known: datetime, value: Any, clock: Clock) -> bool:
    named = clock.read(value)
    if isinstance(named, datetime):
        return known > named
    return known >= clock.midnight_after(named)


def between(known: datetime, value: Any, clock: Clock) -> bool:
    """Raises ValueError when one end is a date and the other a time."""
    first, last = clock.read(value[0]), clock.read(value[1])
    if isinstance(first, datetime) and isinstance(last, datetime):
        return first <= known < last
    if isinstance(first, datetime) or isinstance(last, datetime):
        raise ValueError(f"between ends of two kinds: {value}")
    return clock.midnight(first) <= known < clock.midnight_after(last)


def last(known: datetime, value: Any, clock: Clock) -> bool:
    return Duration.of(value).first_moment_back(clock) <= known <= clock.now


def not_last(known: datetime, value: Any, clock: Clock) -> bool:
    return known < Duration.of(value).first_moment_back(clock)


def next_(known: datetime, value: Any, clock: Clock) -> bool:
    duration = Duration.of(value)
    if duration.elapses:
        return clock.now <= known <= elapsed_later(clock.now, duration.n, duration.unit)
    return clock.midnight(clock.today) <= known < clock.midnight_after(duration.last_day_ahead(clock))


def this(known: datetime, value: Any, clock: Clock) -> bool:
    return clock.midnight(clock.period_start(value)) <= known <= clock.now


def previous(known: datetime, value: Any, clock: Clock) -> bool:
    start, end = clock.previous_period_start(value), clock.period_start(value)
    return clock.midnight(start) <= known < clock.midnight(end)


def of_its_day(test: Callable[[date, Any, Clock], bool]) -> Callable[[datetime, Any, Clock], bool]:
    """The same test asked of the day on which the time falls in the shop's zone."""

    def asked(known: datetime, value: Any, clock: Clock) -> bool:
        return test(clock.day_of(known), value, clock)

    return asked


TIME_OPERATORS: dict[str, Callable[[datetime, Any, Clock], bool]] = {
    "on": on,
    "before": before,
    "after": after,
    "between": between,
    "last": last,
    "not_last": not_last,
    "next": next_,
    "anniversary_next": of_its_day(date_operators.anniversary_next),
    "this": this,
    "previous": previous,
    "month_is": of_its_day(date_operators.month_is),
    "weekday_is": of_its_day(date_operators.weekday_is),
}
