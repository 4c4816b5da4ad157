"""How a raw value enters: folded, rounded, floored; None where it is no value."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from fractions import Fraction
from typing import Any

from .geo import Place, place
from .moments import entered
from .numbers import exponent, number, rounded
from .shop import OracleShop
from .text import fold


def same_currency(one: str, other: str) -> bool:
    return one.strip().casefold() == other.strip().casefold()


def named_currency(*candidates: str | None) -> str | None:
    """The first that is neither missing nor blank."""
    for candidate in candidates:
        if candidate is not None and candidate.strip():
            return candidate
    return None


@dataclass(frozen=True)
class Origin:
    """Where a value stands: in which column of which shop, and for money in which currency and on which day."""

    field: str
    shop: OracleShop
    currency: str | None = None
    day: date | None = None


def enter_text(raw: str, origin: Origin) -> str | None:
    """Text that is empty after trimming is no value."""
    return fold(raw) or None


def enter_number(raw: Any, origin: Origin) -> Fraction:
    return rounded(number(raw), origin.shop.scales.get(origin.field, 0))


def enter_money(raw: Any, origin: Origin) -> Fraction | None:
    """In the base currency, rounded once; missing without a rate. No currency means the base."""
    rate = rate_of(origin)
    return None if rate is None else rounded(number(raw) * rate, exponent(origin.shop.base_currency))


def rate_of(origin: Origin) -> Fraction | None:
    """Units of the base currency for one of the row's: the latest rate on or before its day."""
    currency, day = origin.currency, origin.day
    if currency is None or same_currency(currency, origin.shop.base_currency):
        return Fraction(1)
    rates = [rate for name, table in origin.shop.rates.items() if same_currency(name, currency) for rate in table]
    known = [(since, rate) for since, rate in rates if day is not None and since <= day]
    return number(max(known)[1]) if known else None


def enter_boolean(raw: Any, origin: Origin) -> bool:
    if not isinstance(raw, bool):
        raise TypeError(f"{origin.field} is no boolean: {raw!r}")
    return raw


def enter_date(raw: Any, origin: Origin) -> date:
    if isinstance(raw, datetime) or not isinstance(raw, date):
        raise TypeError(f"{origin.field} is no date: {raw!r}")
    return raw


def enter_time(raw: datetime, origin: Origin) -> datetime:
    return entered(raw)


def enter_set(raw: list[str], origin: Origin) -> frozenset[str]:
    """Distinct texts; blank ones are dropped. An empty set is a value."""
    return frozenset(filter(None, map(fold, raw)))


def enter_geo(raw: Any, origin: Origin) -> Place | None:
    return place(raw)


ENTRIES: dict[str, Callable[[Any, Origin], Any]] = {
    "text": enter_text,
    "number": enter_number,
    "money": enter_money,
    "boolean": enter_boolean,
    "date": enter_date,
    "time": enter_time,
    "set": enter_set,
    "geo": enter_geo,
}


def enter(raw: Any, field: str, shop: OracleShop, currency: str | None = None, day: date | None = None) -> Any:
    """The value of `field` ("orders.total") as it is compared; None if missing. Raises KeyError for an unknown field.

    `currency` and `day` are those of the row, for money.
    """
    entry = ENTRIES[shop.kinds[field]]
    return None if raw is None else entry(raw, Origin(field, shop, currency, day))
