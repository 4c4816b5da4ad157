"""Snapshots from the database."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import groupby
from typing import Any

from django.db.models import F

from personalization.conf import conf
from personalization.content.snapshot import Content, PopupManners, Published, SlotSnapshot, VariantSnapshot, Words
from personalization.content.targets import Target
from personalization.models import Slot, Variant, VariantSegment

WORDS = ("heading", "text", "link", "link_text", "image_alt", "liquid")
"""Fields of a variant that its translations may have too."""

SETS = ("countries", "regions", "seasons", "holidays", "devices", "kinds", "languages", "weekdays")
"""Targets that are stored as lists."""

ASKED = {"any_segments": VariantSegment.Ask.ANY, "all_segments": VariantSegment.Ask.ALL, "no_segments": VariantSegment.Ask.NONE}

Asked = list[tuple[str | None, str | None]]
"""(what is asked, slug) for each segment of a variant."""


def load(shop: str) -> Published:
    """Every active slot of the shop with its live variants; two queries."""
    slots = Slot.objects.filter(shop=shop, is_active=True)
    # One row for each segment that is asked for, so that no third query is.
    live = Variant.objects.filter(slot__shop=shop, slot__is_active=True, state=Variant.State.LIVE)
    rows: Any = live.annotate(ask=F("asked__ask"), segment_slug=F("asked__segment__slug")).order_by("pk")
    by_slot: dict[int, list[VariantSnapshot]] = {}
    for _, group in groupby(rows, key=lambda row: row.pk):
        parts = list(group)
        snapshot = variant_snapshot(parts[0], [(part.ask, part.segment_slug) for part in parts])
        by_slot.setdefault(parts[0].slot_id, []).append(snapshot)
    return Published({slot.slug: slot_snapshot(slot, by_slot.get(slot.pk, ())) for slot in slots})


def slot_snapshot(slot: Slot, variants: Iterable[VariantSnapshot]) -> SlotSnapshot:
    """A slot with these variants."""
    ordered = sorted(variants, key=lambda variant: (-variant.priority, variant.id))
    return SlotSnapshot(
        id=slot.pk,
        slug=slot.slug,
        name=slot.name,
        kind=slot.kind,
        mode=slot.mode,
        size=slot.size,
        manners=PopupManners(delay=slot.popup_delay, scroll=slot.popup_scroll, times=slot.popup_times, days=slot.popup_days),
        variants=tuple(variant for variant in ordered if not variant.is_default),
        default=next((variant for variant in ordered if variant.is_default), None),
    )


def variant_snapshot(variant: Variant, asked: Asked) -> VariantSnapshot:
    """A variant as it stands in memory, saved or not."""
    sets: dict[str, frozenset[Any]] = {name: frozenset(getattr(variant, name)) for name in SETS}
    segments = {name: frozenset(slug for ask, slug in asked if ask == how and slug) for name, how in ASKED.items()}
    target = Target(
        **sets,
        **segments,  # type: ignore[arg-type]  # none of them is the weekdays
        starts_at=variant.starts_at,
        ends_at=variant.ends_at,
        hours_from=variant.hours_from,
        hours_to=variant.hours_to,
    )
    return VariantSnapshot(
        id=variant.pk or 0,
        slug=variant.slug,
        name=variant.name,
        priority=variant.priority,
        is_default=variant.is_default,
        target=target,
        content=content_of(variant),
    )


def content_of(variant: Variant) -> Content:
    """What a variant shows."""
    base = Words(**{name: getattr(variant, name) for name in WORDS})
    spoken = {conf.base_language: base} if base else {}
    spoken |= {language: _translated(base, words) for language, words in variant.translations.items()}
    return Content(
        is_liquid=variant.body == Variant.Body.LIQUID,
        image=variant.image,
        products=tuple(map(str, variant.products)),
        words={language: words for language, words in spoken.items() if words},
    )


def _translated(base: Words, words: Mapping[str, str]) -> Words:
    """Words are never taken from another language; the address of a link may be."""
    said = {name: words.get(name, "") for name in WORDS}
    return Words(**said | {"link": said["link"] or base.link})
