"""What other currencies were worth: by the table of our own, by the setting, or by a function of the shop."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import date
from fractions import Fraction
from typing import Any

from django.utils.module_loading import import_string

from segmentation.conf import conf
from segmentation.errors import ConfigurationError
from segmentation.sources.rates_given import CalledRates, GivenRates, read_table
from segmentation.sources.rates_stored import StoredRates
from segmentation.sources.rates_table import Rates, code_of


def active_rates(base: str) -> Rates:
    """The rates that the settings name. Raises ConfigurationError for a setting that names none."""
    given = conf.rates
    if given is None:
        return StoredRates(code_of(base))
    if isinstance(given, Mapping):
        return GivenRates(given)
    return CalledRates(_function(given), given, code_of(base))


def shown_rate(currency: str, day: date) -> Fraction | None:
    """Units of this currency for one of the base currency: the latest on or before the day, to show a price; None where unknown.

    Two queries where rates are in our own table. Raises ConfigurationError or SourceError for what the shop gave as a rate and
    is none.
    """
    base = code_of(conf.base_currency)
    if code_of(currency) == base:
        return Fraction(1)
    worth = active_rates(base).rate(currency, day)
    return 1 / worth if worth else None


def _function(path: Any) -> Callable[[str, date, str], Any]:
    """Raises ConfigurationError."""
    if not isinstance(path, str):
        kind = type(path).__name__
        raise ConfigurationError(f'SEGMENTATION["RATES"] is a {kind}; it must be a dictionary or the dotted path of a function')
    try:
        function = import_string(path)
    except Exception as error:  # importing runs the shop's own module
        message = f'SEGMENTATION["RATES"] = "{path}" cannot be imported: {type(error).__name__}: {error}'
        raise ConfigurationError(message) from error
    if not callable(function):
        raise ConfigurationError(f'SEGMENTATION["RATES"] = "{path}" is no function')
    found: Callable[[str, date, str], Any] = function
    return found


def problems() -> list[str]:
    """A sentence for everything wrong with the setting; calls no function of the shop's."""
    given = conf.rates
    if isinstance(given, Mapping):
        return list(_problems(given))
    try:
        active_rates(str(conf.base_currency))
    except ConfigurationError as error:
        return [str(error)]
    return []


def _problems(given: Mapping[Any, Any]) -> Iterator[str]:
    seen: set[str] = set()
    for currency, rates in given.items():
        code = code_of(str(currency))
        if not isinstance(currency, str) or not code:
            yield f'SEGMENTATION["RATES"]: {currency!r} is no currency'
        elif code in seen:
            yield f'SEGMENTATION["RATES"] has {code} more than once'
        seen.add(code)
        try:
            table = read_table(rates)
        except ValueError as error:
            yield f'SEGMENTATION["RATES"]: {code}: {error}'
            continue
        if code == code_of(str(conf.base_currency)) and any(rate != 1 for _, rate in table):
            yield f'SEGMENTATION["RATES"]: {code} is the base currency, which is worth 1 of itself'
