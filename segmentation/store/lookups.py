"""What a column can be looked up by: a value that its field cannot hold, such as "C-1" of a number, stands in no row."""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import Any

from django.core.exceptions import ValidationError

from segmentation.errors import SourceError
from segmentation.sources import Relation
from segmentation.sources.fields import PathError, UntoldError, field_of

LARGEST_INTEGER = 2**63 - 1
"""Databases take no larger ones, not even to say that there are none."""


def holdable(relation: Relation, column: str, values: Collection[Any]) -> list[Any]:
    """The values that the column's field can hold; all of them where that cannot be told."""
    prepare = _preparing(relation, column)
    return [value for value in values if _is_held(prepare, value)]


def _preparing(relation: Relation, column: str) -> Callable[[Any], Any]:
    """What turns a value into one of the column's field, or raises."""
    try:
        field = field_of(relation.queryset(), relation.columns[column].value)
    except (SourceError, PathError, UntoldError):
        return lambda value: value
    prepare: Callable[[Any], Any] = getattr(field, "target_field", field).get_prep_value
    return prepare


def _is_held(prepare: Callable[[Any], Any], value: Any) -> bool:
    try:
        prepared = prepare(value)
    except (TypeError, ValueError, ArithmeticError, ValidationError):
        return False
    return not isinstance(prepared, int) or abs(prepared) <= LARGEST_INTEGER
