"""What a field can hold: a value that it cannot, such as "C-1" of a number, stands in no row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Any

from django.core.exceptions import ValidationError

LARGEST_INTEGER = 2**63 - 1
"""Databases take no larger ones, not even to say that there are none."""


def held(prepare: Callable[[Any], Any], values: Iterable[Any]) -> Iterator[tuple[Any, Any]]:
    """(value, what `prepare` makes of it) for those of which it makes something that a database takes."""
    for value in values:
        try:
            prepared = prepare(value)
        except (TypeError, ValueError, ArithmeticError, ValidationError):
            continue
        if not isinstance(prepared, int) or abs(prepared) <= LARGEST_INTEGER:
            yield value, prepared
