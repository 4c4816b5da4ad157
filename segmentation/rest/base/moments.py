"""Moments in addresses: `?since=2026-05-01T10:00:00+02:00`, read as commands read theirs."""

from __future__ import annotations

from datetime import datetime
from typing import Any

import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy

from segmentation.membership.moments import moment_called

NO_MOMENT = gettext_lazy("This is no date or time in ISO 8601.")


class MomentField(forms.CharField):
    """A date or time in ISO 8601, in the shop's zone where it has no offset; no year that a database or a zone stumbles over."""

    def to_python(self, value: Any) -> Any:
        """The aware moment; None where nothing was given. Raises ValidationError."""
        text = super().to_python(value)
        return self.moment(text) if text else None

    def moment(self, text: str) -> datetime:
        """The aware moment that the text spells. Raises ValidationError."""
        found = moment_called(text)
        if found is None:
            raise ValidationError(NO_MOMENT)
        return found


class MomentFilter(django_filters.IsoDateTimeFilter):  # type: ignore[misc]
    """Compares a time."""

    field_class = MomentField
