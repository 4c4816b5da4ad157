"""Form fields for products, by id or by words of the title."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext as _

from personalization.recommend.product import find_products
from personalization.recommend.shelf import unknown_products
from segmentation.errors import RegularsError

SEVERAL = 6
"""So many are named where words fit more than one."""


def product_called(text: str) -> str:
    """The id of the product with that id, or whose title alone holds these words. Raises ValidationError otherwise."""
    text = text.strip()
    if not unknown_products([text]):
        return text
    try:
        found = find_products(text, SEVERAL + 1)
    except RegularsError as error:
        raise forms.ValidationError(_("The shop cannot be asked: %(problem)s") % {"problem": error}) from error
    exact = [number for number, title in found if title.casefold() == text.casefold()]
    if len(found) == 1 or len(exact) == 1:
        return (exact or [found[0][0]])[0]
    if not found:
        raise forms.ValidationError(_("The shop has no product “%(words)s”.") % {"words": text})
    names = "; ".join(f"{number}: {title}" for number, title in found[:SEVERAL])
    more = " …" if len(found) > SEVERAL else ""
    said = _("Several products are called like “%(words)s”. Give the id of one: %(names)s")
    raise forms.ValidationError(said % {"words": text, "names": names + more})


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
