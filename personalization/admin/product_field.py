"""Form fields for products, by id or by words of the title."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget

from personalization.recommend.serving.called import product_called


class ProductField(forms.CharField):
    """The id of one product, or "" where it may be empty."""

    widget = AdminTextInputWidget

    def clean(self, value: Any) -> str:
        """By id or words."""
        text = super().clean(value)
        return product_called(text) if text else ""


class ProductsField(forms.CharField):
    """Ids of several products, with commas between what was typed."""

    widget = AdminTextInputWidget

    def clean(self, value: Any) -> Any:
        """Each by id or words, in the order typed, each once."""
        named = [part for part in super().clean(value).split(",") if part.strip()]
        return tuple(dict.fromkeys(map(product_called, named)))
