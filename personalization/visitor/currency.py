"""Which of the shop's currencies a visitor reckons in."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache

from personalization.visitor.countries import country_of

CHANGES = {"BG": ("EUR", date(2026, 1, 1))}
"""By country, a new currency and its first day, where Babel's data do not know it yet."""


def suggest_currency(country: str, offered: Sequence[str], day: date | None = None) -> str:
    """The currency of the country if the shop has it, else the shop's first; "" if it has none.

    `day` is that of the visit; without it, what is in use last. Where a country has two (Panama, Lesotho), the first that the
    shop has counts.
    """
    spent = currencies_of(country_of(country), day)
    return next((currency for currency in spent if currency in offered), next(iter(offered), ""))


@lru_cache(maxsize=1024)
def currencies_of(country: str, day: date | None = None) -> tuple[str, ...]:
    """Legal tender of a country on a day; nothing where it is unknown, or without Babel."""
    try:
        from babel.core import get_global  # noqa: PLC0415  comes with the extra "place"
    except ImportError:
        return ()
    changed = CHANGES.get(country)
    if changed and (day is None or day >= changed[1]):
        return (changed[0],)
    rows = get_global("territory_currencies").get(country, ())
    return tuple(code for code, first, last, is_tender in rows if is_tender and _holds(first, last, day))


def _holds(first: tuple[int, int, int] | None, last: tuple[int, int, int] | None, day: date | None) -> bool:
    if day is None:
        return last is None
    asked = (day.year, day.month, day.day)
    return (first is None or first <= asked) and (last is None or asked <= last)
