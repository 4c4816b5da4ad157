"""What is sent is taken at its word: what there is no field for, what cannot be written, and a "3" for a 3 are refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers
from rest_framework.exceptions import ErrorDetail, ValidationError

TYPES: tuple[tuple[tuple[type[serializers.Field[Any, Any, Any, Any]], ...], tuple[type, ...]], ...] = (
    ((serializers.BooleanField,), (bool,)),
    ((serializers.IntegerField,), (int,)),
    ((serializers.CharField, serializers.DateField, serializers.DateTimeField, serializers.TimeField), (str,)),
)
"""Classes of fields -> the JSON that they take, and null where they allow it; DRF would read much else as that."""


class Strict(serializers.Serializer[Any]):
    """Refuses, with a pointer to each, what DRF drops or guesses: unknown fields, read-only ones, texts for numbers."""

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


def _fits(field: Any, value: Any) -> bool:
    if value is None:  # the field says whether it may be
        return True
    if isinstance(field, serializers.ListField):
        return not isinstance(value, list) or all(_fits(field.child, one) for one in value)
    for classes, types in TYPES:
        if isinstance(field, classes):
            return isinstance(value, types) and (bool in types or not isinstance(value, bool))
    return True
