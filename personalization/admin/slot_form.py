"""The form of a slot."""

from __future__ import annotations

from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget
from django.utils.translation import gettext_lazy as _

from personalization.conf import conf
from personalization.content.loading import content_of
from personalization.content.proofing import proofread
from personalization.content.recommended import needs_of
from personalization.models import Slot, Variant


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
        if Slot.objects.filter(shop=conf.shop, slug=slug).exclude(pk=self.instance.pk).exists():
            raise forms.ValidationError(_("Another slot has this slug."), code="unique")
        return slug

    def clean(self) -> dict[str, Any]:
        """What the mode cannot do."""
        cleaned = super().clean() or self.cleaned_data
        mode, kind = cleaned.get("mode"), cleaned.get("kind")
        if kind == Slot.Kind.PAGE and mode == Slot.Mode.FRAGMENT:
            self.add_error("mode", _("A whole page cannot be fetched into a page: choose variant or inline."))
        if mode == Slot.Mode.VARIANT and self.instance.pk and (personal := self._personal()):
            said = _("Visitors share a page in this mode, and these variants say something personal: %(names)s")
            self.add_error("mode", said % {"names": ", ".join(personal)})
        return cleaned

    def _personal(self) -> list[str]:
        """Names of the variants whose words have tokens, or whose recommendations go by who looks."""
        return [
            variant.name
            for variant in Variant.objects.filter(slot=self.instance)
            if needs_of(variant.strategy)
            or any(
                any(proofread(words, is_liquid=content.is_liquid, is_shared=True))
                and not any(proofread(words, is_liquid=content.is_liquid))
                for content in [content_of(variant)]
                for words in content.words.values()
            )
        ]
