"""What kind of fact a model field holds, and how a path or an expression leads to a field."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.core.exceptions import FieldDoesNotExist, FieldError
from django.db.models import (
    BooleanField,
    CharField,
    DateField,
    DateTimeField,
    DecimalField,
    F,
    Field,
    FileField,
    FloatField,
    ForeignKey,
    GeneratedField,
    IntegerField,
    Model,
    QuerySet,
    TextField,
    UUIDField,
)

from segmentation.rules.values import Kind
from segmentation.sources.columns import ColumnValue

FREE_SCALE = 6
"""Decimals kept of numbers whose field does not say how many they have."""


@dataclass(frozen=True)
class FieldKind:
    """What a field tells: `integer` numbers may be minor units, `choices` are codes and no quantities.

    `many` is a path to many rows, which are read as one list.
    """

    kind: Kind
    scale: int = 0
    integer: bool = False
    choices: bool = False
    many: bool = False


# DateTimeField is a DateField; the walk along the MRO meets the nearer one first.
FIELD_KINDS: dict[type[Field[Any, Any]], FieldKind] = {
    CharField: FieldKind(Kind.TEXT),
    TextField: FieldKind(Kind.TEXT),
    UUIDField: FieldKind(Kind.TEXT),
    FileField: FieldKind(Kind.TEXT),
    IntegerField: FieldKind(Kind.NUMBER, integer=True),
    DecimalField: FieldKind(Kind.NUMBER, scale=FREE_SCALE),
    FloatField: FieldKind(Kind.NUMBER, scale=FREE_SCALE),
    BooleanField: FieldKind(Kind.BOOLEAN),
    DateField: FieldKind(Kind.DATE),
    DateTimeField: FieldKind(Kind.TIME),
}


class PathError(Exception):
    """A path or expression that leads to no field; the message says where it went wrong."""


class UntoldError(Exception):
    """An expression that does not say what it gives; the message is Django's."""


def kind_of(field: Any) -> FieldKind | None:
    """What the field holds; None where its class says nothing (JSON, durations, a shop's own kinds)."""
    if isinstance(field, GeneratedField):
        return kind_of(field.output_field)
    if isinstance(field, ForeignKey):
        return kind_of(field.target_field)
    known = next((FIELD_KINDS[cls] for cls in type(field).__mro__ if cls in FIELD_KINDS), None)
    if known is None:
        return None
    if getattr(field, "decimal_places", None) is not None:
        known = replace(known, scale=field.decimal_places)
    return replace(known, choices=bool(field.choices))


def field_of(queryset: QuerySet[Any, Any], value: ColumnValue) -> Any:
    """The field that `value` gives over `queryset`, for a path to many rows that of each; runs no query.

    Raises PathError for a path or expression that cannot be resolved, UntoldError for an expression without a
    field of its own.
    """
    expression: Any = F(value) if isinstance(value, str) else value
    try:
        annotated = queryset.annotate(regulars_probe=expression)
    except Exception as error:  # an expression is the shop's own code
        raise PathError(str(error)) from error
    try:
        return annotated.query.annotations["regulars_probe"].output_field
    except (FieldError, AttributeError, NotImplementedError) as error:
        raise UntoldError(str(error)) from error


def to_many(queryset: QuerySet[Any, Any], path: str) -> Any:
    """The first field on a path that leads to many rows, and so would repeat this one; None where there is none."""
    model: type[Model] | None = queryset.model
    parts = path.split("__")
    if parts[0] in queryset.query.annotations:
        return None
    for part in parts:
        if model is None or part == "pk":
            return None
        try:
            field = model._meta.get_field(part)
        except FieldDoesNotExist:
            return None  # a transform, a FilteredRelation or a mistake: Django tells which
        if field.many_to_many or field.one_to_many:
            return field
        model = field.related_model if isinstance(field.related_model, type) else None
    return None
