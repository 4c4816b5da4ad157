"""The form of a slot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget

from personalization.conf import conf
from personalization.content.slot_drafts import SLUG_TAKEN, is_taken, slot_flaws
from personalization.models import Slot


class SlotForm(forms.ModelForm):  # type: ignore[type-arg]
    """A slot of the shop, in a mode that its kind and its variants allow."""

    class Meta:
        model = Slot
        fields = (
            *("name", "slug", "description", "kind", "mode", "size", "is_active"),
            *("popup_delay", "popup_scroll", "popup_times", "popup_days"),
        )
        widgets = {"description": AdminTextareaWidget(attrs={"rows": 2})}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.shop = conf.shop

    def clean_slug(self) -> str:
        """One slot of a shop has a slug."""
        slug: str = self.cleaned_data["slug"]
        if is_taken(slug, self.instance if self.instance.pk else None):
            raise forms.ValidationError(SLUG_TAKEN, code="unique")
        return slug

    def clean(self) -> dict[str, Any]:
        """What the mode cannot do."""
        cleaned = super().clean() or self.cleaned_data
        stored = self.instance if self.instance.pk else None
        for flaw in slot_flaws(cleaned.get("kind"), cleaned.get("mode"), stored):
            self.add_error(flaw.field, flaw.said)
        return cleaned
