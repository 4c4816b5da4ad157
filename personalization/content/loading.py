"""Snapshots from the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby
from typing import Any

from django.db.models import FilteredRelation, Q

from personalization.conf import conf
from personalization.content.snapshot import Content, PopupManners, Published, SlotSnapshot, VariantSnapshot, Words
from personalization.content.targets import Target
from personalization.models import Slot, Variant, VariantSegment

WORDS = ("heading", "text", "link", "link_text", "image_alt", "liquid")
"""Fields of a variant that its translations may have too."""

SETS = ("countries", "regions", "seasons", "holidays", "devices", "kinds", "languages", "weekdays")
"""Targets that are stored as lists."""

ASKED = {"any_segments": VariantSegment.Ask.ANY, "all_segments": VariantSegment.Ask.ALL, "no_segments": VariantSegment.Ask.NONE}

SLOT_COLUMNS = tuple(field.attname for field in Slot._meta.concrete_fields)
VARIANT_COLUMNS = tuple(f"live__{field.attname}" for field in Variant._meta.concrete_fields)
ASKED_COLUMNS = ("live__asked__ask", "live__asked__segment__slug")

Row = Mapping[str, Any]

Asked = list[tuple[str | None, str | None]]
"""(what is asked, slug) for each segment of a variant."""


def load(shop: str) -> Published:
    """Every active slot of the shop with its live variants; one query, which a page may have to wait for."""
    live = FilteredRelation("variants", condition=Q(variants__state=Variant.State.LIVE))
    slots = Slot.objects.filter(shop=shop, is_active=True).annotate(live=live)
    # One row for each segment that a variant asks for; a slot without variants and a variant without segments have one too.
    rows = slots.order_by("pk", "live__pk").values(*SLOT_COLUMNS, *VARIANT_COLUMNS, *ASKED_COLUMNS)
    return Published({slot.slug: slot for slot in map(_read_slot, _grouped(rows, "id"))})


def _read_slot(rows: list[Row]) -> SlotSnapshot:
    variants = [_read_variant(one) for one in _grouped(rows, "live__id") if one[0]["live__id"] is not None]
    return slot_snapshot(Slot(**{name: rows[0][name] for name in SLOT_COLUMNS}), variants)


def _read_variant(rows: list[Row]) -> VariantSnapshot:
    variant = Variant(**{name.removeprefix("live__"): rows[0][name] for name in VARIANT_COLUMNS})
    return variant_snapshot(variant, [(row[ASKED_COLUMNS[0]], row[ASKED_COLUMNS[1]]) for row in rows])


def _grouped(rows: Iterable[Row], by: str) -> Iterator[list[Row]]:
    return (list(group) for _, group in groupby(rows, key=lambda row: row[by]))


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
        strategy=variant.strategy,
        limit=variant.limit,
        words={language: words for language, words in spoken.items() if words},
    )


def _translated(base: Words, words: Mapping[str, str]) -> Words:
    """Words are never taken from another language; the address of a link may be."""
    said = {name: words.get(name, "") for name in WORDS}
    return Words(**said | {"link": said["link"] or base.link})
