"""The form of a merchandising rule: whatever is wrong stands beside its field."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextInputWidget
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from personalization.admin.product_field import ProductField, product_called
from personalization.admin.recommendation_form import strategies
from personalization.conf import conf
from personalization.models import MerchandisingRule
from personalization.recommend.product import read_groups
from segmentation.errors import RegularsError

Action, Kind = MerchandisingRule.Action, MerchandisingRule.Kind

COLUMNS = {Kind.CATEGORY.value: "category", Kind.BRAND.value: "brand"}
"""Kind of what is named -> the column of the shop's products."""

ABSENT = {
    Kind.CATEGORY.value: _("The shop has no category “%(name)s”."),
    Kind.BRAND.value: _("The shop has no brand “%(name)s”."),
}


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
        self.groups, self.failure = _groups()
        names = [name for names in self.groups.values() for name in names]
        self.fields["value"].widget = Suggesting(suggestions=list(dict.fromkeys(names)))

    def clean(self) -> dict[str, Any]:
        """What does not go together."""
        cleaned = super().clean() or self.cleaned_data
        self._clean_value(cleaned)
        action = cleaned.get("action")
        if action == Action.PIN and cleaned.get("kind") not in (Kind.PRODUCT, None):
            self.add_error("kind", _("Only a product can be put at a place."))
        if action == Action.BOOST and cleaned.get("factor") == 1:
            self.add_error("factor", _("A factor of 1 changes nothing."))
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            self.add_error("ends_at", _("It ends before it begins."))
        if action == Action.EXCLUDE and "value" in cleaned and cleaned["value"] == cleaned.get("on_product"):
            self.add_error("on_product", _("A product is never shown on its own page."))
        return cleaned

    def _clean_value(self, cleaned: dict[str, Any]) -> None:
        kind, value = cleaned.get("kind"), cleaned.get("value")
        if not kind or not value:
            return
        try:
            cleaned["value"] = product_called(value) if kind == Kind.PRODUCT else self._group(kind, value)
        except forms.ValidationError as error:
            self.add_error("value", error)

    def _group(self, kind: str, value: str) -> str:
        """The name as the shop writes it."""
        if self.failure:
            raise forms.ValidationError(_("The shop cannot be asked: %(problem)s") % {"problem": self.failure})
        found = next((name for name in self.groups[kind] if name.casefold() == value.strip().casefold()), None)
        if found is None:
            raise forms.ValidationError(ABSENT[kind] % {"name": value})
        return found


def _groups() -> tuple[dict[str, list[str]], str]:
    """The shop's categories and brands, and why they cannot be had."""
    try:
        return {kind: read_groups(column) for kind, column in COLUMNS.items()}, ""
    except RegularsError as error:
        return {kind: [] for kind in COLUMNS}, str(error)
