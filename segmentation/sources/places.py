"""Columns that are a place on earth, however a shop keeps it: two columns, a list, a text, a point."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import TextField, Value
from django.db.models.functions import Cast, Concat

COMMA = ","


def place_of(paths: tuple[str, str]) -> Concat:
    """Latitude and longitude of two columns as one text."""
    latitude, longitude = (Cast(path, TextField()) for path in paths)
    return Concat(latitude, Value(COMMA, output_field=TextField()), longitude, output_field=TextField())


def as_place(value: Any) -> Any:
    """(latitude, longitude) in degrees, None where one of them is missing.

    What is no place comes back as it is, to be counted as a fault of its row.
    """
    pair = _pair(value)
    if pair is None or None in pair or "" in pair:
        return None
    try:
        latitude, longitude = map(float, pair)
    except (TypeError, ValueError):
        return value
    return latitude, longitude


def _pair(value: Any) -> Sequence[Any] | None:
    """What may be two numbers; None where there is nothing at all."""
    if isinstance(value, str):
        return [part.strip() for part in value.split(COMMA)]
    if hasattr(value, "x") and hasattr(value, "y"):  # a point of GeoDjango, whose longitude comes first
        return value.y, value.x
    return value if value is None or isinstance(value, Sequence) else [value]
