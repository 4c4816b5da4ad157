"""A customer named by text."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext_lazy as _

from segmentation.errors import RegularsError
from segmentation.membership.read import person_called
from segmentation.models import Profile


class PersonField(forms.CharField):
    """Becomes the profile that the text names, None where there is none."""

    def __init__(self, **kwargs: Any) -> None:
        said: dict[str, Any] = {
            "label": _("Customer"),
            "required": False,
            "help_text": _("An e-mail, a customer id or a profile's key."),
            "widget": AdminTextInputWidget,
        }
        super().__init__(**said | kwargs)

    def clean(self, value: Any) -> Profile | None:
        """The profile that was named."""
        text = super().clean(value)
        if not text:
            return None
        try:
            return person_called(text)
        except RegularsError as error:
            raise forms.ValidationError(_("No customer is known by that.")) from error
