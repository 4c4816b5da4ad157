"""What a column can be looked up by, and the rows that are found so."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Any

from segmentation.errors import SourceError
from segmentation.sources import Relation
from segmentation.sources.fields import PathError, UntoldError, field_of
from segmentation.sources.holding import held
from segmentation.sources.reading import Row


def holdable(relation: Relation, column: str, values: Collection[Any]) -> list[Any]:
    """The values that the column's field can hold; all of them where that cannot be told."""
    return [value for value, _ in held(_preparing(relation, column), values)]


def find(relation: Relation, names: Sequence[str], by: str, values: Collection[Any]) -> list[Row]:
    """Rows whose column `by` is one of these values, as `Relation.read` gives them, for whoever asks often.

    One query, or one per 500 values; it is put into words once, unless the shop makes its queryset anew for each. Values that
    the field cannot hold stand in no row. SourceError as by `Relation.read`.
    """
    question = relation.asking(names, by)
    if question is not None:
        return question.rows(values)
    return [row for chunk in relation.read(names, where={by: holdable(relation, by, values)}) for row in chunk]


def _preparing(relation: Relation, column: str) -> Callable[[Any], Any]:
    """What turns a value into one of the column's field, or raises."""
    try:
        field = field_of(relation.queryset(), relation.columns[column].value)
    except (SourceError, PathError, UntoldError):
        return lambda value: value
    prepare: Callable[[Any], Any] = getattr(field, "target_field", field).get_prep_value
    return prepare
