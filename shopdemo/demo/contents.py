"""The demo's part of personalization: its slots, what they show, and the coupons that this promises."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from django.conf import settings
from django.db import transaction
from django.utils.translation import gettext, override

from personalization.models import Slot, Variant, VariantSegment
from segmentation.conf import conf
from segmentation.models import Segment
from shopdemo.content import COUPONS, SLOTS, DemoSlot, DemoVariant
from shopdemo.progress import Progress
from shopdemo.shop.models import Coupon

WORDS = ("heading", "text", "link_text")
TARGETS = ("countries", "seasons", "holidays", "kinds")
ASKED = {"any_segments": VariantSegment.Ask.ANY, "no_segments": VariantSegment.Ask.NONE}


def define_missing_slots(progress: Progress, slots: Sequence[DemoSlot] = SLOTS) -> list[str]:
    """Make those slots that the shop has not (known by slug), with their variants, and return their slugs.

    A variant that asks for a segment which is not there is left out.
    """
    present = set(Slot.objects.filter(shop=conf.shop).values_list("slug", flat=True))
    missing = [slot for slot in slots if slot.slug not in present]
    segments = {segment.slug: segment for segment in Segment.objects.filter(shop=conf.shop)}
    with progress("slots", len(missing)) as advance:
        for slot in missing:
            _make(slot, segments)
            advance(1)
    return [slot.slug for slot in missing]


def ensure_coupons() -> None:
    """Make those codes that are not there; one that is there is the owner's."""
    for coupon in COUPONS:
        fields = {"percent": coupon.percent, "min_total": coupon.min_total}
        Coupon.objects.get_or_create(code=coupon.code, defaults=fields)


@transaction.atomic
def _make(slot: DemoSlot, segments: Mapping[str, Segment]) -> None:
    made = Slot.objects.create(shop=conf.shop, slug=slot.slug, name=slot.name, kind=slot.kind, mode=slot.mode, size=slot.size)
    for variant in slot.variants:
        asked = list(_asked(variant))
        if all(slug in segments for slug, _ in asked):
            kept = _variant(made, variant)
            VariantSegment.objects.bulk_create(
                VariantSegment(variant=kept, segment=segments[slug], ask=ask) for slug, ask in asked
            )


def _variant(slot: Slot, variant: DemoVariant) -> Variant:
    return Variant.objects.create(
        slot=slot,
        slug=variant.slug,
        name=variant.name,
        state=Variant.State.LIVE,
        priority=variant.priority,
        is_default=variant.is_default,
        link=variant.link,
        image=variant.image,
        strategy=variant.strategy,
        limit=variant.limit,
        translations=_translations(variant),
        **{name: getattr(variant, name) for name in WORDS},
        **{name: list(getattr(variant, name)) for name in TARGETS},
    )


def _asked(variant: DemoVariant) -> Iterator[tuple[str, VariantSegment.Ask]]:
    for name, ask in ASKED.items():
        yield from ((slug, ask) for slug in getattr(variant, name))


def _translations(variant: DemoVariant) -> dict[str, dict[str, str]]:
    """The words in every language of the shop but its own."""
    said = {}
    for language, _name in settings.LANGUAGES:
        if language != settings.LANGUAGE_CODE:
            with override(language):
                said[language] = {name: gettext(words) for name in WORDS if (words := getattr(variant, name))}
    return said
