"""Money in other currencies becomes the base currency: the exact amount times the exact rate of its day, rounded once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, DecimalException
from fractions import Fraction
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import LARGEST, MISSING
from segmentation.kernel.moments import Calendar
from segmentation.sources.rates_table import Pair, code_of
from segmentation.store.encode import exactly

BASE = 0
"""The place of the base currency among the codes."""

MOST_DIGITS = 10**15
"""A decimal of no more digits is the shortest spelling of the float that is nearest to it."""

ROOM = 2**62
"""Products below this are exact in 64 bits, and so is the double of a remainder."""

FAR = 100
"""Powers of ten beyond which a number is none that a shop could mean."""

NO_RATE = Fraction(0)

_EPOCH = date(1970, 1, 1)
_NO_DAY = -(2**31)
_DAYS = 2**32
"""More than there are dates, so that a currency and a day make one number."""

Find = Callable[[Collection[Pair]], Mapping[Pair, Fraction]]
"""(currency, day) -> units of the base currency that one unit was worth; without those that have no rate."""


class Codes(dict[Any, int]):
    """Currency as the shop writes it -> place of its code in `names`; a blank one is the base currency."""

    def __init__(self, base: str) -> None:
        super().__init__({None: BASE})
        self._places = {code_of(base): BASE, "": BASE}
        self.names = [code_of(base)]

    def __missing__(self, currency: Any) -> int:
        code = code_of(str(currency))
        place = self._places.setdefault(code, len(self.names))
        if place == len(self.names):
            self.names.append(code)
        self[currency] = place
        return place


@dataclass(frozen=True, slots=True)
class Amounts:
    """Amounts as the shop gives them, none of them missing, in the currencies at these places of `names`.

    `decimals` is how many an amount has as a rule. The converted amount is shifted by `shift` decimals to make an integer.
    """

    values: Sequence[Any]
    currencies: NDArray[np.int64]
    names: Sequence[str]
    times: NDArray[np.int64]
    decimals: int
    shift: int


@dataclass(frozen=True, slots=True)
class Converted:
    """Scaled integers in the base currency, MISSING where there is no rate (counted by currency) or no number."""

    values: NDArray[np.int64]
    unrated: Counter[str]
    faults: int


def converted(amounts: Amounts, calendar: Calendar, find: Find) -> Converted:
    """In the base currency at the rate of each row's own day in the shop; a row without a time has no day, so no rate."""
    pairs, pair_of = _pairs(amounts, calendar)
    rates = find([pair for pair in pairs if pair is not None])
    factors = [NO_RATE if pair is None else rates.get(pair, NO_RATE) * Fraction(10) ** amounts.shift for pair in pairs]
    rated = np.array([factor != NO_RATE for factor in factors], np.bool_)[pair_of]
    values, done = _quickly(amounts, factors, pair_of)
    faults = 0
    for index in np.flatnonzero(rated & ~done).tolist():
        scaled = _slowly(amounts.values[index], factors[pair_of[index]])
        values[index] = MISSING if scaled is None else scaled
        faults += scaled is None
    values[~rated] = MISSING
    unrated = Counter(amounts.names[place] for place in amounts.currencies[~rated].tolist())
    return Converted(values, unrated, faults)


def _pairs(amounts: Amounts, calendar: Calendar) -> tuple[list[Pair | None], NDArray[np.intp]]:
    """The distinct (currency, day), None for those without a day, and which of them each row has."""
    known = amounts.times != MISSING
    days = np.full(len(known), _NO_DAY, np.int64)
    days[known] = calendar.local_days(amounts.times[known])
    distinct, pair_of = np.unique(amounts.currencies * _DAYS + days - _NO_DAY, return_inverse=True)
    split = [divmod(one, _DAYS) for one in distinct.tolist()]
    pairs = [(amounts.names[place], _EPOCH + timedelta(day + _NO_DAY)) if day else None for place, day in split]
    return pairs, pair_of


def _quickly(
    amounts: Amounts, factors: Sequence[Fraction], pair_of: NDArray[np.intp]
) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The results that come out exactly in 64-bit arithmetic, and which they are."""
    whole, exact = _integers(amounts)
    scaled = [factor / 10**amounts.decimals for factor in factors]
    fits = [max(2 * factor.denominator, factor.numerator) < ROOM for factor in scaled]
    small = [factor if fit else NO_RATE for factor, fit in zip(scaled, fits, strict=True)]
    above = np.array([factor.numerator for factor in small], np.int64)[pair_of]
    below = np.array([factor.denominator for factor in small], np.int64)[pair_of]
    done = exact & np.array(fits, np.bool_)[pair_of] & (np.abs(whole).astype(np.float64) * above < ROOM)
    result = _rounded(np.where(done, whole, 0) * np.where(done, above, 0), below)
    return result, done & (np.abs(result) <= LARGEST)


def _integers(amounts: Amounts) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """The amounts as integers of their last decimal, and which of them are so exactly."""
    floats = np.full(len(amounts.values), np.nan)
    if set(map(type, amounts.values)) <= {int, float}:  # a Decimal may have more digits than its float shows
        with suppress(OverflowError):
            floats = np.array(amounts.values, np.float64)
    with np.errstate(over="ignore", invalid="ignore"):
        whole = np.rint(floats * 10.0**amounts.decimals)
        exact = (whole / 10.0**amounts.decimals == floats) & (np.abs(whole) < MOST_DIGITS)
    return np.where(exact, whole, 0).astype(np.int64), exact


def _rounded(products: NDArray[np.int64], divisors: NDArray[np.int64]) -> NDArray[np.int64]:
    """Half-even."""
    floors = products // divisors
    twice = 2 * (products - floors * divisors)
    rounded: NDArray[np.int64] = floors + ((twice > divisors) | ((twice == divisors) & (floors % 2 == 1)))
    return rounded


def _slowly(value: Any, factor: Fraction) -> int | None:
    """The same for any number; None for what is none, or none that can be kept."""
    try:
        exact = exactly(value)
        if not exact.is_finite() or exact.adjusted() > FAR:
            return None
        scaled = round(Fraction(exact if exact.adjusted() > -FAR else Decimal(0)) * factor)
    except (DecimalException, TypeError, ValueError):
        return None
    return scaled if abs(scaled) <= LARGEST else None
