"""The form of a merchandising rule: whatever is wrong stands beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personalization.admin.product_field import ProductField
from personalization.admin.recommendation_form import strategies
from personalization.conf import conf
from personalization.models import MerchandisingRule
from personalization.recommend.serving.called import read_all_groups
from personalization.recommend.serving.rule_drafts import rule_flaws, what_is_named


class Suggesting(AdminTextInputWidget):
    """A text with suggestions, which any other text may be given instead of."""

    template_name = "admin/regulars_personalization/merchandisingrule/suggesting.html"

    def __init__(self, attrs: dict[str, Any] | None = None, suggestions: Sequence[str] = ()) -> None:
        super().__init__(attrs)
        self.suggestions = suggestions

    def get_context(self, name: str, value: Any, attrs: Any) -> dict[str, Any]:
        """With the list and its id."""
        context = super().get_context(name, value, attrs)
        list_id = f"{context['widget']['attrs'].get('id', name)}_suggestions"
        context["widget"]["attrs"]["list"] = list_id
        return context | {"list_id": list_id, "suggestions": self.suggestions}


class MerchandisingForm(forms.ModelForm):  # type: ignore[type-arg]
    """A rule about what the shop has: products by id or words of the title, categories and brands by name."""

    strategy = forms.ChoiceField(label=_("Strategy"), required=False, choices=lambda: [("", _("all")), *strategies()])
    on_product = ProductField(
        label=_("On the page of"), required=False, help_text=_("A product by id or words of the title; empty for every page.")
    )

    class Meta:
        model = MerchandisingRule
        fields = (
            *("action", "kind", "value", "strategy", "on_product", "position", "factor"),
            *("starts_at", "ends_at", "is_active"),
        )
        help_texts = {"value": _("A product by id or words of the title, or the name of a category or brand.")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk is None:
            self.instance.shop = conf.shop
        if "value" not in self.fields:  # whoever may only look is shown columns
            return
        for name in ("starts_at", "ends_at"):
            # Django labels the two together; each is said by itself to those who hear the page.
            day, hour = self.fields[name].widget.widgets
            label = self.fields[name].label
            day.attrs["aria-label"], hour.attrs["aria-label"] = f"{label}: {gettext('Date')}", f"{label}: {gettext('Time')}"
        self.groups = read_all_groups()
        names = [name for names in self.groups.names.values() for name in names]
        self.fields["value"].widget = Suggesting(suggestions=list(dict.fromkeys(names)))

    def clean(self) -> dict[str, Any]:
        """What does not go together."""
        cleaned = super().clean() or self.cleaned_data
        try:
            if named := what_is_named(cleaned, lambda: self.groups):
                cleaned["value"] = named
        except forms.ValidationError as error:
            self.add_error("value", error)
        for name, said in rule_flaws(cleaned):
            self.add_error(name, said)
        return cleaned
