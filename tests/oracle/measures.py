"""What is measured over the rows that match. One function a measure; None is an unknown measure."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from fractions import Fraction
from typing import Any

# The values of `of` in the matching rows, one a row, None where it is missing. For count they are all None.
Values = Sequence[Any]


def count(values: Values) -> Fraction:
    return Fraction(len(values))


def total(values: Values) -> Fraction | None:
    if None in values:
        return None
    return sum(values, Fraction(0))


def average(values: Values) -> Fraction | None:
    if not values or None in values:
        return None
    return sum(values, Fraction(0)) / len(values)


def least(values: Values) -> Any:
    if not values or None in values:
        return None
    return min(values)


def greatest(values: Values) -> Any:
    if not values or None in values:
        return None
    return max(values)


MEASURES: dict[str, Callable[[Values], Any]] = {
    "count": count,
    "sum": total,
    "avg": average,
    "min": least,
    "max": greatest,
}


def measured_kind(measure: str, kind_of_column: str | None) -> str:
    """The kind whose operators compare the measure: count is a number, the others are of the kind of their column."""
    if measure == "count":
        return "number"
    if kind_of_column is None:
        raise ValueError(f"{measure} needs a column")
    return kind_of_column
