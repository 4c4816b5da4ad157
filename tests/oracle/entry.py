"""How a raw value enters: folded, rounded, floored; None where it is no value."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from fractions import Fraction
from typing import Any

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


def enter_text(raw: str, field: str, shop: OracleShop, currency: str | None) -> str | None:
    """Text that is empty after trimming is no value."""
    return fold(raw) or None


def enter_number(raw: Any, field: str, shop: OracleShop, currency: str | None) -> Fraction:
    return rounded(number(raw), shop.scales.get(field, 0))


def enter_money(raw: Any, field: str, shop: OracleShop, currency: str | None) -> Fraction | None:
    """No rates yet: an amount in another currency than the base is missing. No currency means the base."""
    if currency is not None and not same_currency(currency, shop.base_currency):
        return None
    return rounded(number(raw), exponent(shop.base_currency))


def enter_boolean(raw: Any, field: str, shop: OracleShop, currency: str | None) -> bool:
    if not isinstance(raw, bool):
        raise TypeError(f"{field} is no boolean: {raw!r}")
    return raw


def enter_date(raw: Any, field: str, shop: OracleShop, currency: str | None) -> date:
    if isinstance(raw, datetime) or not isinstance(raw, date):
        raise TypeError(f"{field} is no date: {raw!r}")
    return raw


def enter_time(raw: datetime, field: str, shop: OracleShop, currency: str | None) -> datetime:
    return entered(raw)


ENTRIES: dict[str, Callable[[Any, str, OracleShop, str | None], Any]] = {
    "text": enter_text,
    "number": enter_number,
    "money": enter_money,
    "boolean": enter_boolean,
    "date": enter_date,
    "time": enter_time,
}


def enter(raw: Any, field: str, shop: OracleShop, currency: str | None = None) -> Any:
    """The value of `field` ("orders.total") as it is compared; None if missing. Raises KeyError for an unknown field."""
    entry = ENTRIES[shop.kinds[field]]
    return None if raw is None else entry(raw, field, shop, currency)
