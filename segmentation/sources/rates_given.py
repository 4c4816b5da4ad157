"""Rates that the shop gives itself: in the setting, or by a function of its own."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from segmentation.errors import ConfigurationError, SourceError
from segmentation.sources.rates_table import Pair, Rates, Table, code_of, latest, read_rate

ALWAYS = date.min
"""The first day of a rate that never changes."""


class GivenRates(Rates):
    """Rates that the setting has: {"USD": "0.79"}, or {"USD": {"2026-01-01": "0.79", …}}."""

    def __init__(self, given: Mapping[Any, Any]) -> None:
        self._given = {code_of(str(currency)): rates for currency, rates in given.items()}

    def find(self, pairs: Collection[Pair]) -> Mapping[Pair, Fraction]:
        """See `Rates.find`; only the currencies asked for are read."""
        asked = {currency for currency, _ in pairs} & self._given.keys()
        try:
            tables = {currency: read_table(self._given[currency]) for currency in asked}
        except ValueError as error:
            raise ConfigurationError(f'SEGMENTATION["RATES"]: {error}') from error
        found = {(currency, day): latest(tables[currency], day) for currency, day in pairs if currency in asked}
        return {pair: row[1] for pair, row in found.items() if row}


def read_table(rates: Any) -> Table:
    """The rates of one currency as the setting has them. Raises ValueError."""
    days = rates if isinstance(rates, Mapping) else {ALWAYS: rates}
    return sorted((_day(day), read_rate(rate)) for day, rate in days.items())


def _day(given: Any) -> date:
    try:
        return given if type(given) is date else date.fromisoformat(given)
    except (TypeError, ValueError):
        raise ValueError(f"{given!r} is no day such as 2026-01-31") from None


class CalledRates(Rates):
    """Rates that a function of the shop knows: function(currency, day, base) gives one, or None."""

    def __init__(self, function: Callable[[str, date, str], Any], path: str, base: str) -> None:
        self._function = function
        self._path = path
        self._base = base

    def find(self, pairs: Collection[Pair]) -> Mapping[Pair, Fraction]:
        """See `Rates.find`; the function is called once for each pair."""
        answers = {pair: self._answer(*pair) for pair in dict.fromkeys(pairs)}
        return {pair: rate for pair, rate in answers.items() if rate is not None}

    def _answer(self, currency: str, day: date) -> Fraction | None:
        try:
            rate = self._function(currency, day, self._base)
            return None if rate is None else read_rate(rate)
        except Exception as error:
            message = f"{self._path} failed for {currency} on {day}: {type(error).__name__}: {error}"
            raise SourceError(message) from error
