"""The form of a variant: whatever is wrong stands beside its field, with the line where there is one."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, FilteredSelectMultiple
from django.utils.translation import gettext_lazy as _

from personalization.admin.codes import CheckboxList, WordList, countries, languages, named, strategies
from personalization.conf import conf
from personalization.content.drafts import MOST_PRODUCTS, PRODUCT_ID, REGION, Draft, ask, flaws, other_languages
from personalization.content.loading import ASKED, WORDS
from personalization.content.names import DEVICES, KINDS, SEASONS, WEEKDAYS
from personalization.content.phrases import HOLIDAYS
from personalization.content.snapshot import Words
from personalization.models import Variant
from segmentation.models import Segment

ASKS = {
    "any_segments": _("In any of these segments"),
    "all_segments": _("In all of these segments"),
    "no_segments": _("In none of these segments"),
}
"""Field -> its label."""


def _segments(label: Any) -> forms.ModelMultipleChoiceField[Segment]:
    return forms.ModelMultipleChoiceField(
        Segment.objects.none(), label=label, required=False, widget=FilteredSelectMultiple(_("segments"), is_stacked=False)
    )


class VariantForm(forms.ModelForm):  # type: ignore[type-arg]
    """Words in other languages are fields of their own, `heading_fr` and so on; `with_languages` adds them."""

    any_segments = _segments(ASKS["any_segments"])
    all_segments = _segments(ASKS["all_segments"])
    no_segments = _segments(ASKS["no_segments"])
    countries = forms.TypedMultipleChoiceField(
        label=_("Countries"), choices=countries, required=False, widget=FilteredSelectMultiple(_("countries"), is_stacked=False)
    )
    regions = WordList(
        REGION,
        _("These are no codes of regions: %(words)s"),
        is_upper=True,
        label=_("Regions"),
        help_text=_("ISO 3166-2 codes with commas between them: FR-IDF, AU-NSW."),
    )
    seasons = CheckboxList(_("Seasons"), named(SEASONS))
    holidays = CheckboxList(_("Holidays"), named(HOLIDAYS))
    devices = CheckboxList(_("Devices"), named(DEVICES))
    kinds = CheckboxList(_("Visitors"), named(KINDS))
    languages = CheckboxList(_("Languages"), languages)
    weekdays = CheckboxList(_("Weekdays"), named(WEEKDAYS), int)
    products = WordList(
        PRODUCT_ID,
        _("These are no ids: %(words)s"),
        label=_("Products"),
        help_text=_("Their ids, with commas between them."),
    )

    strategy = forms.ChoiceField(
        label=_("Recommendations"),
        choices=strategies,
        required=False,
        help_text=_("Products by this strategy, after those named above. Its own heading stands above them where there is none."),
    )
    limit = forms.IntegerField(
        label=_("How many"), required=False, min_value=1, max_value=MOST_PRODUCTS, initial=4, help_text=_("4, if empty.")
    )

    class Meta:
        model = Variant
        fields = (
            *("slot", "name", "slug", "state", "priority", "is_default"),
            *("countries", "regions", "seasons", "holidays", "devices", "kinds", "languages"),
            *("starts_at", "ends_at", "weekdays", "hours_from", "hours_to"),
            *("body", "heading", "text", "link", "link_text", "image", "image_alt", "products", "strategy", "limit", "liquid"),
        )
        widgets = {
            "text": AdminTextareaWidget(attrs={"rows": 4}),
            "liquid": AdminTextareaWidget(attrs={"rows": 12, "spellcheck": "false", "class": "vLargeTextField rule-text"}),
        }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        chosen: dict[str, list[int]] = {}
        if self.instance.pk:
            for how, segment in self.instance.asked.values_list("ask", "segment"):
                chosen.setdefault(how, []).append(segment)
        choices = Segment.objects.filter(shop=conf.shop).exclude(state=Segment.State.ARCHIVED)
        for name in ASKS:
            if name in self.fields:
                self.fields[name].queryset = choices  # type: ignore[attr-defined]
                self.initial[name] = chosen.get(ASKED[name], [])
        # Public holidays are too many to choose from; whichever a variant has already stay.
        others = [slug for slug in self.instance.holidays if slug not in HOLIDAYS]
        if others and "holidays" in self.fields:
            self.fields["holidays"].choices = [*HOLIDAYS.items(), *zip(others, others, strict=True)]  # type: ignore[attr-defined]
        for language, words in self.instance.translations.items():
            self.initial.update({f"{name}_{_suffix(language)}": text for name, text in words.items()})

    def clean_limit(self) -> int:
        """As many as are meant where nothing is said."""
        limit: int | None = self.cleaned_data["limit"]
        return limit or Variant._meta.get_field("limit").default

    def clean(self) -> dict[str, Any]:
        """Dates, hours, words, products, and the limit of versions."""
        cleaned = super().clean() or self.cleaned_data
        words = {"": Words(**{name: cleaned.get(name) or "" for name in WORDS}), **self.translated(cleaned)}
        for flaw in flaws(Draft(slot=cleaned.get("slot"), said=cleaned, words=words, stored=self.instance.pk)):
            self.add_error(f"{flaw.field}_{_suffix(flaw.language)}" if flaw.language else flaw.field, flaw.said)
        return cleaned

    def translated(self, cleaned: dict[str, Any]) -> dict[str, Words]:
        """The words that were written in other languages."""
        found = {
            language: Words(**{name: cleaned.get(f"{name}_{_suffix(language)}") or "" for name in WORDS})
            for language in other_languages()
        }
        return {language: words for language, words in found.items() if any(getattr(words, name) for name in WORDS)}

    def _post_clean(self) -> None:
        super()._post_clean()  # type: ignore[misc]
        spoken = self.translated(self.cleaned_data).items()
        self.instance.translations = {
            language: {name: text for name in WORDS if (text := getattr(words, name))} for language, words in spoken
        }

    def _save_m2m(self) -> None:
        super()._save_m2m()  # type: ignore[misc]
        ask(self.instance, {name: self.cleaned_data[name] for name in ASKS if name in self.cleaned_data})


def word_fields(language: str) -> list[str]:
    """Names of the form's fields for the words in another language."""
    return [f"{name}_{_suffix(language)}" for name in WORDS]


def with_languages(form: type[VariantForm]) -> type[VariantForm]:
    """The form with a field for each word in each other language."""
    fields = {name: field for language in other_languages() for name, field in _fields(language)}
    return type(form.__name__, (form,), fields)


def _fields(language: str) -> Iterable[tuple[str, forms.Field]]:
    for name in WORDS:
        field = Variant._meta.get_field(name)
        is_long = name in ("text", "liquid")
        widget = AdminTextareaWidget(attrs={"rows": 4}) if is_long else AdminTextInputWidget()
        length = getattr(field, "max_length", None)
        label = str(getattr(field, "verbose_name", name)).capitalize()
        yield f"{name}_{_suffix(language)}", forms.CharField(label=label, required=False, max_length=length, widget=widget)


def _suffix(language: str) -> str:
    return language.replace("-", "_")
