"""From values as Django gives them to the kernel's columns: scaled integers, seconds, dictionary codes."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from decimal import MAX_EMAX, MIN_EMIN, ROUND_HALF_EVEN, Context, Decimal, DecimalException
from typing import Any

import numpy as np

from segmentation.kernel.columns import LARGEST, MISSING, NO_CODE, Column, Numbers, Places, Sets, Texts
from segmentation.kernel.moments import Calendar, seconds
from segmentation.rules.values import Kind, fold

SURE = 10**12
"""Below this a double's steps are finer than the distance that makes rounding doubtful."""

_EXACT = Context(prec=1000, Emax=MAX_EMAX, Emin=MIN_EMIN)
"""Rounds no value of a shop before it is rounded to its scale."""


@dataclass(frozen=True, slots=True)
class Encoding:
    """How one column is written: its kind, and by how many decimals its values are shifted to make scaled integers.

    The shift of values in whole units is the column's scale; integers that are minor units already need less.
    """

    kind: Kind
    shift: int
    calendar: Calendar
    faults: Callable[[object], None] = field(default=lambda value: None)
    """Called with each value that is none of the kind; it counts as missing."""


def encode(values: Sequence[Any], encoding: Encoding) -> Column:
    """The column of these values; None is no value, nor is what does not fit the kind."""
    return _ENCODERS[encoding.kind](values, encoding)


def numbers(values: Sequence[Any], encoding: Encoding) -> Numbers:
    """Scaled integers, rounded half-even."""
    try:
        floats = np.array(values, np.float64)  # None becomes NaN
    except (TypeError, ValueError, ArithmeticError):
        return Numbers(np.array([_scaled(value, encoding) for value in values], np.int64))
    with np.errstate(over="ignore", invalid="ignore"):
        scaled = floats * 10.0**encoding.shift
        # A float rounds as the exact number does unless it lies near a tie or is so large that its own steps are coarse.
        sure = (np.abs(np.abs(scaled - np.floor(scaled)) - 0.5) > 1e-3) & (np.abs(scaled) < SURE)
    encoded = np.full(len(floats), MISSING, np.int64)
    encoded[sure] = np.rint(scaled[sure]).astype(np.int64)
    for index in np.flatnonzero(~sure).tolist():
        encoded[index] = _scaled(values[index], encoding)
    return Numbers(encoded)


def exactly(value: Any) -> Decimal:
    """The number that the shop meant. Raises what Decimal does if it is none."""
    # A float's shortest spelling is what the shop meant; its binary digits are not.
    return Decimal(repr(value)) if isinstance(value, float) else Decimal(value)


def _scaled(value: Any, encoding: Encoding) -> int:
    if value is None:
        return MISSING
    try:
        exact = exactly(value)
        scaled = exact.scaleb(encoding.shift, _EXACT).to_integral_value(ROUND_HALF_EVEN, _EXACT)
        if abs(scaled) <= LARGEST:
            return int(scaled)
    except (DecimalException, TypeError, ValueError):
        pass
    encoding.faults(value)
    return MISSING


def booleans(values: Sequence[Any], encoding: Encoding) -> Numbers:
    """0 and 1."""
    return Numbers(np.array([_boolean(value, encoding) for value in values], np.int64))


def _boolean(value: Any, encoding: Encoding) -> int:
    if isinstance(value, int) and value in (0, 1):
        return int(value)
    if value is not None:
        encoding.faults(value)
    return MISSING


def times(values: Sequence[Any], encoding: Encoding) -> Numbers:
    """Whole seconds since 1970, floored."""
    return Numbers(np.array([_time(value, encoding) for value in values], np.int64))


def _time(value: Any, encoding: Encoding) -> int:
    if isinstance(value, datetime) and value.tzinfo is not None:
        return seconds(value)
    if value is not None:
        encoding.faults(value)
    return MISSING


def dates(values: Sequence[Any], encoding: Encoding) -> Numbers:
    """The midnight of each date in the shop: a pure date is compared as a day of the shop."""
    return Numbers(np.array([_date(value, encoding) for value in values], np.int64))


def _date(value: Any, encoding: Encoding) -> int:
    if isinstance(value, date) and not isinstance(value, datetime):
        return encoding.calendar.midnight(value)
    if value is not None:
        encoding.faults(value)
    return MISSING


class _Dictionary(dict[Any, int]):
    """Value -> code; each distinct value is folded once."""

    def __init__(self, encoding: Encoding) -> None:
        super().__init__({None: NO_CODE})
        self._faults = encoding.faults
        self.codes: dict[str, int] = {}
        self.shown: list[str] = []

    def __missing__(self, value: Any) -> int:
        text = str(value)
        folded = fold(text)
        # Text that is empty after trimming is no value.
        code = self.codes.setdefault(folded, len(self.codes)) if folded else NO_CODE
        if code == len(self.shown):
            self.shown.append(text.strip())
        self[value] = code
        return code

    def code(self, value: Any) -> int:
        """NO_CODE for lists, dictionaries and the like, which are no text."""
        try:
            return self[value]
        except TypeError:
            self._faults(value)
            return NO_CODE


def texts(values: Sequence[Any], encoding: Encoding) -> Texts:
    """Dictionary codes; texts that fold to the same are the same."""
    dictionary = _Dictionary(encoding)
    codes = np.array(list(map(dictionary.code, values)), np.int32)
    return Texts(codes, tuple(dictionary.codes), tuple(dictionary.shown))


def sets(values: Sequence[Any], encoding: Encoding) -> Sets:
    """The distinct texts of each list; empty ones are dropped. Whatever else stands in a list is a fault of its row."""
    dictionary = _Dictionary(encoding)
    known = np.zeros(len(values), np.bool_)
    sizes = np.zeros(len(values), np.int64)
    codes: list[int] = []
    for index, value in enumerate(values):
        if isinstance(value, list | tuple | set | frozenset) and all(isinstance(one, str) for one in value):
            found = dict.fromkeys(map(dictionary.code, value))
            found.pop(NO_CODE, None)
            codes += found
            known[index], sizes[index] = True, len(found)
        elif value is not None:
            encoding.faults(value)
    starts = np.concatenate([[0], np.cumsum(sizes)])
    return Sets(starts, np.array(codes, np.int32), tuple(dictionary.codes), tuple(dictionary.shown), known)


def places(values: Sequence[Any], encoding: Encoding) -> Places:
    """Latitude and longitude in degrees, of pairs or of texts such as "48.85,2.35"."""
    points = np.array([_point(value, encoding) for value in values], np.float64).reshape(-1, 2)
    return Places(points[:, 0].copy(), points[:, 1].copy())


_NOWHERE = (np.nan, np.nan)


def _point(value: Any, encoding: Encoding) -> tuple[float, float]:
    if value is None:
        return _NOWHERE
    # Nothing else is taken: a Point of GeoDjango, say, has its longitude first.
    given = value.strip().split(",") if isinstance(value, str) else list(value) if isinstance(value, list | tuple) else []
    if None in given or "" in given:
        return _NOWHERE
    try:
        lat, lon = map(float, given)
        if -90 <= lat <= 90 and -180 <= lon <= 180:
            return lat, lon
    except (TypeError, ValueError, ArithmeticError):
        pass
    encoding.faults(value)
    return _NOWHERE


_ENCODERS: dict[Kind, Callable[[Sequence[Any], Encoding], Column]] = {
    Kind.TEXT: texts,
    Kind.NUMBER: numbers,
    Kind.MONEY: numbers,
    Kind.BOOLEAN: booleans,
    Kind.DATE: dates,
    Kind.TIME: times,
    Kind.SET: sets,
    Kind.GEO: places,
}
