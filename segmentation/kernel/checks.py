"""Operators applied to columns: for each value, whether the check is true. What is true is known."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from fractions import Fraction
from math import ceil, floor

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import Column, Numbers, Places, Sets, Texts
from segmentation.kernel.moments import Calendar
from segmentation.kernel.plan import Check, Holds, InSpans, IsSet, Moments, Size, Span, Within, Words

Mask = NDArray[np.bool_]

_CALENDAR_OPERATORS = frozenset({"month_is", "weekday_is", "anniversary_next"})

_MATCHERS: dict[str, Callable[[str, Collection[str]], bool]] = {
    "in": lambda text, values: text in values,
    "contains": lambda text, values: any(value in text for value in values),
    "starts_with": lambda text, values: any(text.startswith(value) for value in values),
    "ends_with": lambda text, values: any(text.endswith(value) for value in values),
}
_WORDS: dict[str, tuple[str, bool]] = {
    "=": ("in", True),
    "!=": ("in", False),
    "in": ("in", True),
    "not_in": ("in", False),
    "contains": ("contains", True),
    "not_contains": ("contains", False),
    "starts_with": ("starts_with", True),
    "ends_with": ("ends_with", True),
}
"""Operator -> how a text matches its values, and what a match means."""


def check_column(check: Check, column: Column, calendar: Calendar, now: datetime) -> tuple[Mask, Mask]:
    """(true, known) for each value of a column. An absent value is unknown, except to is_set and is_not_set."""
    known = column.known
    match check, column:
        case IsSet(expected), _:
            return known == expected, np.ones(len(known), np.bool_)
        case InSpans(spans), Numbers(values):
            return known & in_integer_spans(spans, values), known
        case Moments(), Numbers(values):
            return known & _in_moments(check, values, known, calendar, now), known
        case Words(), Texts():
            return _matches(check, column), known
        case Holds(), Sets():
            return known & _holds(check, column), known
        case Size(spans), Sets():
            return known & in_integer_spans(spans, np.diff(column.starts)), known
        case Within(), Places():
            return known & (_distances(check, column) <= check.km), known
    raise TypeError(f"{check} cannot be asked of {type(column).__name__}")


def in_integer_spans(spans: Sequence[Span], values: NDArray[np.int64]) -> Mask:
    """Which whole numbers lie in a span; limits may be fractions, and any size."""
    inside = np.zeros(len(values), np.bool_)
    for span in spans:
        fits = np.ones(len(values), np.bool_)
        if span.low is not None:
            fits &= values >= (floor(span.low) + 1 if span.low_open else ceil(span.low))
        if span.high is not None:
            fits &= values <= (ceil(span.high) - 1 if span.high_open else floor(span.high))
        inside |= fits
    return inside


def in_fraction_spans(spans: Sequence[Span], numerators: NDArray[np.int64], divisors: NDArray[np.int64]) -> Mask:
    """Which fractions lie in a span, compared by cross-multiplication; divisors are positive."""
    inside = np.zeros(len(numerators), np.bool_)
    for span in spans:
        fits = np.ones(len(numerators), np.bool_)
        if span.low is not None:
            left, right = _crossed(numerators, divisors, span.low)
            fits &= (left > right) if span.low_open else (left >= right)
        if span.high is not None:
            left, right = _crossed(numerators, divisors, span.high)
            fits &= (left < right) if span.high_open else (left <= right)
        inside |= fits.astype(np.bool_)
    return inside


def _in_moments(check: Moments, values: NDArray[np.int64], known: Mask, calendar: Calendar, now: datetime) -> Mask:
    if check.operator not in _CALENDAR_OPERATORS:
        low, high = calendar.span(check.operator, check.value, now)
        if check.days:
            low, high = calendar.whole_days(low, high, now)
        return (values >= low) & (values < high)
    inside = np.zeros(len(values), np.bool_)
    days = calendar.local_days(values[known])
    inside[known] = calendar.days_that_match(check.operator, check.value, days, now)
    return inside


def _matches(check: Words, column: Texts) -> Mask:
    """Each distinct text is tried once; rows look their answer up by code (NO_CODE finds the last, which is no)."""
    how, meaning = _WORDS[check.operator]
    matcher = _MATCHERS[how]
    values = frozenset(check.values) if how == "in" else check.values
    answers = [matcher(text, values) is meaning for text in column.folded]
    return np.array([*answers, False], np.bool_)[column.codes]


_HOLDS: dict[str, Callable[[NDArray[np.int64], int], Mask]] = {
    "has_any": lambda found, wanted: found > 0,
    "has_all": lambda found, wanted: found == wanted,
    "has_none": lambda found, wanted: found == 0,
}


def _holds(check: Holds, column: Sets) -> Mask:
    """How many of the wanted texts each set has: its own are distinct, so running sums tell."""
    wanted = set(check.values)
    is_wanted = np.array([text in wanted for text in column.folded] or [False], np.bool_)
    running = np.concatenate([[0], np.cumsum(is_wanted[column.codes])]).astype(np.int64)
    found = running[column.starts[1:]] - running[column.starts[:-1]]
    return _HOLDS[check.operator](found, len(wanted))


EARTH_RADIUS = 6371.0088
"""Kilometres; the mean radius of the International Union of Geodesy and Geophysics."""


def _distances(check: Within, column: Places) -> NDArray[np.float64]:
    """Great-circle distance of each place, in kilometres (the haversine formula)."""
    lat, lon, there_lat, there_lon = (np.radians(degrees) for degrees in (column.lat, column.lon, check.lat, check.lon))
    half = np.sin((lat - there_lat) / 2) ** 2 + np.cos(lat) * np.cos(there_lat) * np.sin((lon - there_lon) / 2) ** 2
    distances: NDArray[np.float64] = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return distances


def _crossed(
    numerators: NDArray[np.int64], divisors: NDArray[np.int64], limit: Fraction
) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """Both sides of n / d ? limit without a division, as Python's integers where int64 might overflow."""
    top, bottom = limit.numerator, limit.denominator
    room = np.iinfo(np.int64).max // max(abs(top), bottom, 1)
    largest = max(int(np.abs(numerators).max(initial=0)), int(divisors.max(initial=0)))
    if largest >= room:
        return numerators.astype(object) * bottom, divisors.astype(object) * top
    return numerators * bottom, divisors * top
