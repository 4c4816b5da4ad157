"""A variant as JSON."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.utils.translation import gettext as _
from rest_framework import serializers

from personalization.content.drafts import DATES, HOURS, MOST_PRODUCTS, Draft, ask, flaws, other_languages
from personalization.content.loading import ASKED, SETS, WORDS
from personalization.content.names import DEVICES, KINDS, SEASONS, WEEKDAYS
from personalization.content.phrases import HOLIDAYS
from personalization.content.snapshot import Words
from personalization.models import Slot, Variant
from personalization.recommend.strategies.registry import STRATEGIES
from personalization.rest.staff.asked_segments import AskedSegments, resolved
from personalization.rest.staff.faults import refuse, taken
from personalization.rest.staff.fields import Moment, OneOf, Several, country, language, products, region
from segmentation.models import Segment
from segmentation.rest.base.strict import Strict, StrictModel

TARGETS = (*ASKED, "countries", "regions", "seasons", "holidays", "devices", "kinds", "languages", *DATES, "weekdays", *HOURS)
CONTENT = ("body", "heading", "text", "link", "link_text", "image", "image_alt", "products", "strategy", "limit", "liquid")
COLUMNS = ("state", "is_default", "body", "image", "products", "strategy", *DATES, *HOURS, *SETS)
"""Fields of a variant that are judged together."""


HIGHEST = 32_767
"""Priority: whatever the database, what every database holds."""


def _known_holidays() -> Any:
    return HOLIDAYS


def _words(name: str) -> serializers.CharField:
    length = getattr(Variant._meta.get_field(name), "max_length", None)
    return serializers.CharField(max_length=length, required=False, allow_blank=True)


class VariantWordsSerializer(Strict):
    """Words in another language; what is empty is not said in it."""

    heading = _words("heading")
    text = _words("text")
    link = _words("link")
    link_text = _words("link_text")
    image_alt = _words("image_alt")
    liquid = _words("liquid")


class ContentVariantSerializer(StrictModel):
    """What a slot shows, and to whom. An empty part of the target asks nothing; all that are set must hold."""

    slot = serializers.SlugRelatedField(slug_field="slug", read_only=True)  # type: ignore[var-annotated]
    priority = serializers.IntegerField(
        required=False, min_value=-HIGHEST, max_value=HIGHEST, help_text="The highest that fits is shown."
    )
    any_segments = AskedSegments(help_text="Slugs; in any of these.")
    all_segments = AskedSegments(help_text="Slugs; in all of these.")
    no_segments = AskedSegments(help_text="Slugs; in none of these.")
    countries = Several(child=country(), help_text="ISO 3166-1 alpha-2.")
    regions = Several(child=region(), help_text="ISO 3166-2.")
    seasons = Several(child=serializers.ChoiceField(choices=list(SEASONS)))
    holidays = Several(child=OneOf(_known_holidays), help_text="Retail days, and public holidays that the variant has already.")
    devices = Several(child=serializers.ChoiceField(choices=list(DEVICES)))
    kinds = Several(child=serializers.ChoiceField(choices=list(KINDS)), help_text="How well visitors are known here.")
    languages = Several(child=language(), help_text="Of the page.")
    starts_at = Moment(required=False, allow_null=True)
    ends_at = Moment(required=False, allow_null=True, help_text="The end itself is too late.")
    weekdays = Several(child=serializers.IntegerField(min_value=1, max_value=len(WEEKDAYS)), help_text="1 is Monday.")
    products = products(max_length=MOST_PRODUCTS, help_text="Ids of products of the shop.")
    strategy = serializers.ChoiceField(choices=list(STRATEGIES), required=False, allow_blank=True)
    translations = serializers.DictField(
        child=VariantWordsSerializer(), required=False, help_text="Language -> words. What is sent takes the place of all of it."
    )

    class Meta:
        model = Variant
        fields = [
            *("slug", "slot", "name", "state", "priority", "is_default", *TARGETS, *CONTENT, "translations"),
            *("created_at", "updated_at"),
        ]
        read_only_fields = ["created_at", "updated_at"]

    def get_fields(self) -> dict[str, Any]:
        """A variant keeps the holidays that it has."""
        fields = super().get_fields()
        stored = self.instance.holidays if isinstance(self.instance, Variant) else ()
        fields["holidays"].child.known = lambda: {*HOLIDAYS, *stored}
        return fields

    def validate_translations(self, sent: Mapping[str, Mapping[str, str]]) -> dict[str, dict[str, str]]:
        """In the site's other languages; what says nothing is left out."""
        known = other_languages()
        wrong = {code: [_("The site has no such other language.")] for code in sent if code not in known}
        if wrong:
            raise serializers.ValidationError(wrong, code="unknown")
        said = {code: {name: words[name] for name in WORDS if words.get(name)} for code, words in sent.items()}
        return {code: words for code, words in said.items() if words}

    def validate(self, attrs: dict[str, Any]) -> dict[str, Any]:
        """What the admin's form finds wrong, and segments in place of slugs."""
        if self.instance is not None and attrs.keys() == {"state"} and attrs["state"] != Variant.State.LIVE:
            return attrs  # whatever is wrong with it, it can be taken away
        attrs |= resolved(attrs)
        refuse(flaws(self._draft(attrs)))
        self._demand_free(attrs)
        return attrs

    def create(self, validated: dict[str, Any]) -> Variant:
        """With the segments that it asks for."""
        asked = _asked(validated)
        variant = Variant.objects.create(slot=self.slot_of_it, **validated)
        ask(variant, asked)
        return variant

    def update(self, variant: Variant, validated: dict[str, Any]) -> Variant:
        """The same; segments that were not sent stay."""
        asked = _asked(validated)
        for name, value in validated.items():
            setattr(variant, name, value)
        variant.save()
        ask(variant, asked)
        return variant

    @property
    def slot_of_it(self) -> Slot:
        """The slot whose address was asked."""
        slot: Slot = self.context["slot"]
        return slot

    def _demand_free(self, attrs: Mapping[str, Any]) -> None:
        stored = self.instance.pk if self.instance else 0
        others = Variant.objects.filter(slot=self.slot_of_it, slug=attrs.get("slug")).exclude(pk=stored)
        if "slug" in attrs and others.exists():
            raise taken(_("Another variant of the slot has this slug."))

    def _draft(self, attrs: Mapping[str, Any]) -> Draft:
        stored = self.instance or Variant()
        said = {name: attrs[name] if name in attrs else getattr(stored, name) for name in (*COLUMNS, *WORDS, "translations")}
        asked = {name: attrs[name] if name in attrs else _stored(self.instance, name) for name in ASKED}
        words = {"": Words(**{name: said[name] for name in WORDS})}
        words |= {code: Words(**spoken) for code, spoken in said["translations"].items()}
        return Draft(slot=self.slot_of_it, said=said | asked, words=words, stored=stored.pk)


def _asked(validated: dict[str, Any]) -> dict[str, list[Segment]]:
    """What is asked of segments, taken out of the rest."""
    return {name: validated.pop(name) for name in ASKED if name in validated}


def _stored(variant: Variant | None, name: str) -> list[Segment]:
    return [row.segment for row in variant.asked.all() if row.ask == ASKED[name]] if variant is not None else []
