"""What is sent is taken at its word: what there is no field for, what cannot be written, and a "3" for a 3 are refused.

Times and amounts are written in one way, whatever a shop's REST_FRAMEWORK says: times with the offset of the shop's zone, amounts
as texts.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

from segmentation.conf import conf

ISO_8601 = "iso-8601"
"""DRF's name for it."""

TYPES: tuple[tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], ...], tuple[type, ...]], ...] = (
    ((serializers.BooleanField,), (bool,)),
    ((serializers.IntegerField,), (int,)),
    ((serializers.CharField, serializers.DateField, serializers.DateTimeField, serializers.TimeField), (str,)),
)
"""Classes of fields -> the JSON that they take, and null where they allow it; DRF would read much else as that."""


HOUSE: Mapping[type[serializers.Field[Any, Any, Any, Any]], Mapping[str, Any]] = {
    serializers.DateTimeField: {"format": ISO_8601, "input_formats": [ISO_8601]},
    serializers.DateField: {"format": ISO_8601, "input_formats": [ISO_8601]},
    serializers.TimeField: {"format": ISO_8601, "input_formats": [ISO_8601]},
    serializers.DurationField: {"format": ISO_8601},
    serializers.DecimalField: {"coerce_to_string": True},
    serializers.BigIntegerField: {"coerce_to_string": False},
}
"""Of a field that does not say otherwise itself."""


class Strict(serializers.Serializer[Any]):
    """Refuses, with a pointer to each, what DRF drops or guesses: unknown fields, read-only ones, texts for numbers."""

    def get_fields(self) -> dict[str, Any]:
        """As declared, in the manner of the house."""
        fields = super().get_fields()
        for field in fields.values():
            _in_our_manner(field)
        return fields

    def to_internal_value(self, data: Any) -> Any:
        """As DRF does, and all that is wrong together."""
        wrong: dict[str, list[ErrorDetail]] = dict(self._odd(data)) if isinstance(data, Mapping) else {}
        kept = {name: value for name, value in data.items() if name not in wrong} if wrong else data
        try:
            taken = super().to_internal_value(kept)
        except ValidationError as error:
            if not wrong or not isinstance(error.detail, dict):
                raise
            said = {name: detail for name, detail in error.detail.items() if name not in wrong}
            raise ValidationError({**said, **wrong}) from error
        if wrong:
            raise ValidationError(wrong)
        return taken

    def _odd(self, data: Mapping[Any, Any]) -> Iterator[tuple[str, list[ErrorDetail]]]:
        for name, value in data.items():
            field = self.fields.get(name)
            if field is None:
                yield str(name), [ErrorDetail(_("There is no such field."), "unknown")]
            elif field.read_only:
                yield name, [ErrorDetail(_("This cannot be written."), "read-only")]
            elif not _fits(field, value):
                yield name, [ErrorDetail(_("This is of another type."), "type")]


class StrictModel(Strict, serializers.ModelSerializer[Any]):
    """The same of a model."""


def _in_our_manner(field: Any) -> None:
    for kind in type(field).__mro__:
        for name, value in HOUSE.get(kind, {}).items():
            if not hasattr(field, name):
                setattr(field, name, value)
    if isinstance(field, serializers.DateTimeField) and not hasattr(field, "timezone"):
        field.timezone = conf.time_zone
    child = getattr(field, "child", None)
    if isinstance(child, serializers.Field) and not isinstance(child, serializers.BaseSerializer):
        _in_our_manner(child)


def _fits(field: Any, value: Any) -> bool:
    if value is None:  # the field says whether it may be
        return True
    if isinstance(field, serializers.ListField):
        return not isinstance(value, list) or all(_fits(field.child, one) for one in value)
    if isinstance(value, float) and value.is_integer() and isinstance(field, serializers.IntegerField):
        return True  # JSON knows one kind of numbers: 3.0 is 3
    for classes, types in TYPES:
        if isinstance(field, classes):
            return isinstance(value, types) and (bool in types or not isinstance(value, bool))
    return True
