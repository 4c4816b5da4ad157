"""The form of a variant: whatever is wrong stands beside its field, with the line where there is one."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace
from typing import Any

from django import forms
from django.contrib.admin.widgets import AdminTextareaWidget, AdminTextInputWidget, FilteredSelectMultiple
from django.utils.translation import gettext_lazy as _

from personalization.admin.codes import PRODUCT_ID, CheckboxList, WordList, countries, languages, named, strategies
from personalization.conf import conf
from personalization.content.keys import MOST_KEYS, keyed_slots
from personalization.content.loading import SETS, WORDS, load, variant_snapshot
from personalization.content.names import DEVICES, KINDS, SEASONS, WEEKDAYS
from personalization.content.phrases import HOLIDAYS
from personalization.content.proofing import proofread
from personalization.content.recommended import needs_of
from personalization.content.snapshot import Published, Words
from personalization.links import is_safe
from personalization.models import Slot, Variant, VariantSegment
from personalization.recommend.shelf import unknown_products
from personalization.recommend.strategies.registry import strategy_of
from segmentation.models import Segment

ASKS = {
    "any_segments": (VariantSegment.Ask.ANY, _("In any of these segments")),
    "all_segments": (VariantSegment.Ask.ALL, _("In all of these segments")),
    "no_segments": (VariantSegment.Ask.NONE, _("In none of these segments")),
}
"""Field -> what it asks, and its label."""

MOST_PRODUCTS = 24


def _segments(label: Any) -> forms.ModelMultipleChoiceField[Segment]:
    return forms.ModelMultipleChoiceField(
        Segment.objects.none(), label=label, required=False, widget=FilteredSelectMultiple(_("segments"), is_stacked=False)
    )


class VariantForm(forms.ModelForm):  # type: ignore[type-arg]
    """Words in other languages are fields of their own, `heading_fr` and so on; `with_languages` adds them."""

    any_segments = _segments(ASKS["any_segments"][1])
    all_segments = _segments(ASKS["all_segments"][1])
    no_segments = _segments(ASKS["no_segments"][1])
    countries = forms.TypedMultipleChoiceField(
        label=_("Countries"), choices=countries, required=False, widget=FilteredSelectMultiple(_("countries"), is_stacked=False)
    )
    regions = WordList(
        r"[A-Z]{2}-[A-Z0-9]{1,3}",
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
            for ask, segment in self.instance.asked.values_list("ask", "segment"):
                chosen.setdefault(ask, []).append(segment)
        choices = Segment.objects.filter(shop=conf.shop).exclude(state=Segment.State.ARCHIVED)
        for name, (ask, _label) in ASKS.items():
            if name in self.fields:
                self.fields[name].queryset = choices  # type: ignore[attr-defined]
                self.initial[name] = chosen.get(ask, [])
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
        for check in (self._times, self._parts, self._recommendations, self._words, self._keys):
            for field, problem in check(cleaned):
                self.add_error(field, problem)
        return cleaned

    def _times(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        starts, ends = cleaned.get("starts_at"), cleaned.get("ends_at")
        if starts and ends and ends <= starts:
            yield "ends_at", _("It ends before it begins.")
        since, until = cleaned.get("hours_from"), cleaned.get("hours_to")
        if since is not None and since == until:
            yield "hours_to", _("These hours are no time at all; leave both empty for the whole day.")

    def _parts(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        times = ("starts_at", "ends_at", "hours_from", "hours_to")
        aimed = any(cleaned.get(name) for name in (*ASKS, *SETS)) or any(cleaned.get(name) is not None for name in times)
        if cleaned.get("is_default") and aimed:
            yield "is_default", _("A default is for everyone: take away its targets.")
        if cleaned.get("is_default") and self._slots_default(cleaned.get("slot")):
            yield "is_default", _("The slot has a default already.")
        image = cleaned.get("image")
        if image and not is_safe(image):
            yield "image", _("An image is a file of the shop (/media/…) or has an http(s) address.")
        products = cleaned.get("products") or []
        unknown = unknown_products(products[:MOST_PRODUCTS])
        if len(products) > MOST_PRODUCTS:
            yield "products", _("These are more than %(most)d.") % {"most": MOST_PRODUCTS}
        if unknown:
            yield "products", _("The shop has no products %(ids)s.") % {"ids": ", ".join(unknown)}

    def _recommendations(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        slot, strategy = cleaned.get("slot"), cleaned.get("strategy") or ""
        if slot is not None and slot.mode == Slot.Mode.VARIANT and needs_of(strategy):
            said = _("In mode “variant” visitors share a page, so it cannot show “%(name)s”, which goes by them.")
            yield "strategy", said % {"name": strategy_of(strategy).name}

    def _slots_default(self, slot: Slot | None) -> bool:
        defaults = Variant.objects.filter(slot=slot, is_default=True).exclude(pk=self.instance.pk)
        return slot is not None and defaults.exists()

    def _words(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        slot = cleaned.get("slot")
        is_liquid = cleaned.get("body") == Variant.Body.LIQUID
        is_shared = slot is not None and slot.mode == Slot.Mode.VARIANT
        said = {"": Words(**{name: cleaned.get(name) or "" for name in WORDS}), **self.translated(cleaned)}
        for language, words in said.items():
            suffix = f"_{_suffix(language)}" if language else ""
            judged = words if words.link or not language else replace(words, link=said[""].link)
            for name, problem in proofread(judged, is_liquid=is_liquid, is_shared=is_shared):
                yield f"{name}{suffix}", problem
        is_empty = not any(words.liquid if is_liquid else words for words in said.values())
        if is_empty and not self._is_shown_otherwise(cleaned, slot, is_liquid):
            yield "liquid" if is_liquid else "heading", _("It says nothing and shows nothing.")

    def _is_shown_otherwise(self, cleaned: dict[str, Any], slot: Slot | None, is_liquid: bool) -> bool:
        shows = not is_liquid and (cleaned.get("image") or cleaned.get("products") or cleaned.get("strategy"))
        return bool(shows) or (slot is not None and slot.kind == Slot.Kind.PAGE) or cleaned.get("state") != Variant.State.LIVE

    def _keys(self, cleaned: dict[str, Any]) -> Iterator[tuple[str, Any]]:
        """A live variant more may be one too many for the versions that a cache keeps."""
        slot = cleaned.get("slot")
        if (
            slot is None
            or slot.mode != Slot.Mode.VARIANT
            or cleaned.get("state") != Variant.State.LIVE
            or cleaned.get("is_default")
        ):
            return
        live = load(conf.shop)
        stored = live.slots.get(slot.slug)
        if stored is None:
            return
        others = tuple(each for each in stored.variants if each.id != self.instance.pk)
        grown = replace(stored, variants=(*others, variant_snapshot(Variant(slot=slot), [])))
        if grown.id not in {each.id for each in keyed_slots(Published({**live.slots, slot.slug: grown}))}:
            yield (
                "state",
                _("Slots of mode “variant” may come to %(most)d combinations together; this is more.") % {"most": MOST_KEYS},
            )

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
        wanted = {(ask, segment.pk) for name, (ask, _l) in ASKS.items() for segment in self.cleaned_data.get(name, ())}
        stored = {(row.ask, row.segment_id): row for row in self.instance.asked.all()}
        for key in stored.keys() - wanted:
            stored[key].delete()
        for ask, segment in sorted(wanted - stored.keys()):
            VariantSegment.objects.create(variant=self.instance, ask=ask, segment_id=segment)


def other_languages() -> list[str]:
    """Those that a variant may be translated into."""
    return [code for code in conf.spoken if code != conf.base_language]


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
