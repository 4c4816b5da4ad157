"""Numbers and money as exact fractions."""

from __future__ import annotations

from decimal import Decimal
from fractions import Fraction
from typing import Any

EXPONENTS = {"JPY": 0, "KWD": 3}
USUAL_EXPONENT = 2


def number(value: Any) -> Fraction:
    """A rule's or a row's number: a decimal string, an int or a Decimal. Raises TypeError for floats and booleans."""
    if isinstance(value, bool) or not isinstance(value, int | str | Decimal):
        raise TypeError(f"not an exact number: {value!r}")
    return Fraction(Decimal(value))


def rounded(value: Fraction, decimals: int) -> Fraction:
    """Half to even, as round() does it for fractions, exactly."""
    return round(value, decimals)


def exponent(currency: str) -> int:
    """How many decimals amounts in that currency keep."""
    return EXPONENTS.get(currency.strip().upper(), USUAL_EXPONENT)
