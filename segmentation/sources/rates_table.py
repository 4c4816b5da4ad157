"""What a rate is: so many units of the base currency for one unit of another, from its day until the next one."""

from __future__ import annotations

from abc import ABC, abstractmethod
from bisect import bisect_right
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from decimal import Decimal, DecimalException
from fractions import Fraction
from typing import Any

from segmentation.rules.values import fold

Pair = tuple[str, date]
"""A currency's code and a day."""

Table = Sequence[tuple[date, Fraction]]
"""The rates of one currency, each from its day on, by day."""

MOST = Fraction(10) ** 15
"""No rate is more, and none is less than one divided by it."""


class Rates(ABC):
    """Units of the base currency for one unit of another: the latest on or before a day."""

    @abstractmethod
    def find(self, pairs: Collection[Pair]) -> Mapping[Pair, Fraction]:
        """The rates of these currencies (by their codes) on these days, without those that there are none of.

        Raises ConfigurationError or SourceError for what the shop gave as a rate and is none.
        """

    def rate(self, currency: str, day: date) -> Fraction | None:
        """One of them; None where there is none."""
        pair = (code_of(currency), day)
        return self.find([pair]).get(pair)


def code_of(currency: str) -> str:
    """The one spelling of a currency: "usd " is "USD"."""
    return fold(currency).upper()


def read_rate(value: Any) -> Fraction:
    """An exact rate. Raises ValueError for what is no number, not more than nothing, or beyond all measure."""
    try:
        if isinstance(value, bool) or not isinstance(value, Fraction | Decimal | int | float | str):
            raise ValueError
        # A float's shortest spelling is what the shop meant.
        number = value if isinstance(value, Fraction) else Decimal(repr(value) if isinstance(value, float) else value)
        if not 1 / MOST <= number <= MOST:
            raise ValueError
    except (ValueError, DecimalException):
        raise ValueError(f"{value!r} is no rate: it must be a number above zero") from None
    return Fraction(number)


def latest(table: Table, day: date) -> tuple[date, Fraction] | None:
    """The rate that holds on a day, and since when; None before the first."""
    place = bisect_right(table, day, key=lambda row: row[0])
    return table[place - 1] if place else None
