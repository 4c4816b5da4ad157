"""What is measured over the rows that match. One function a measure; None is an unknown measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from fractions import Fraction
from typing import Any

# Values of `of`, one a row, None where it is missing.
Values = Sequence[Any]


@dataclass(frozen=True)
class Material:
    """What a measure is made of."""

    values: Values
    """Of the rows that match `where` and the window; without `of`, None for each."""
    days: Sequence[date] = ()
    """The days of those of them that have a time."""
    everything: Values = ()
    """Of all rows in the window, whether they match `where` or not."""
    weighed: bool = False
    """Whether there is an `of`."""


def count(material: Material) -> Fraction:
    return Fraction(len(material.values))


def count_distinct(material: Material) -> Fraction:
    return Fraction(len({value for value in material.values if value is not None}))


def total(material: Material) -> Fraction | None:
    if None in material.values:
        return None
    return sum(material.values, Fraction(0))


def average(material: Material) -> Fraction | None:
    if not material.values or None in material.values:
        return None
    return sum(material.values, Fraction(0)) / len(material.values)


def least(material: Material) -> Any:
    if not material.values or None in material.values:
        return None
    return min(material.values)


def greatest(material: Material) -> Any:
    if not material.values or None in material.values:
        return None
    return max(material.values)


def share(material: Material) -> Fraction | None:
    """Those that match ÷ all in the window, of rows or of their sums. Unknown comes before the 0 of no match."""
    if not material.weighed:
        return Fraction(len(material.values), len(material.everything)) if material.everything else None
    if not material.everything or None in material.everything:
        return None
    divisor = sum(material.everything, Fraction(0))
    return sum(material.values, Fraction(0)) / divisor if divisor > 0 else None


def days_between(material: Material) -> Fraction | None:
    """The average number of days from one row to the next."""
    if len(material.days) < 2:
        return None
    return Fraction((max(material.days) - min(material.days)).days, len(material.days) - 1)


MEASURES: dict[str, Callable[[Material], Any]] = {
    "count": count,
    "count_distinct": count_distinct,
    "sum": total,
    "avg": average,
    "min": least,
    "max": greatest,
    "share": share,
    "days_between": days_between,
}
PLAIN_NUMBERS = ("count", "count_distinct", "share", "days_between")


def measured_kind(measure: str, kind_of_column: str | None) -> str:
    """The kind whose operators compare the measure: its column's, but counts, shares and days are numbers."""
    if measure in PLAIN_NUMBERS:
        return "number"
    if kind_of_column is None:
        raise ValueError(f"{measure} needs a column")
    return kind_of_column


def lacks_rows(measure: str, material: Material) -> bool:
    """Whether there are too few rows to have a place in a rank."""
    if measure == "share":
        return not material.everything
    if measure == "days_between":
        return len(material.days) < 2
    return not material.values
