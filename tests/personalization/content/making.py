"""Slots, variants and people for tests of content."""

from __future__ import annotations

from datetime import UTC, date, datetime
from types import SimpleNamespace
from typing import Any

from personalization.content.published import publisher
from personalization.content.snapshot import Content, SlotSnapshot, VariantSnapshot, Words
from personalization.content.targets import Target
from personalization.models import Slot, Variant, VariantSegment
from personalization.visitor.audience import PlainAudience, VisitorKind
from segmentation.models import Segment

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
"""A Monday."""


def somebody(**facts: Any) -> PlainAudience:
    """An adult in Lyon with a phone, on a Monday at two in the afternoon, of whom nothing else is known."""
    place = {"country": "FR", "region": "ARA", "city": "Lyon"}
    known: dict[str, Any] = {
        "location": SimpleNamespace(**place | facts.pop("place", {})),
        "season": "summer",
        "local_time": datetime(2026, 6, 1, 14, tzinfo=UTC),
        "device": SimpleNamespace(kind=facts.pop("device", "phone")),
        "kind": VisitorKind.NEW,
        "holidays": (SimpleNamespace(slug="fathers-day", name="Father's Day", date=date(2026, 6, 21)),),
    }
    return PlainAudience(**known | facts)


class Asked:
    """An audience that says which of its facts were asked for."""

    def __init__(self, audience: PlainAudience) -> None:
        self.audience = audience
        self.asked: list[str] = []

    def __getattr__(self, name: str) -> Any:
        self.asked.append(name)
        return getattr(self.audience, name)


def words(heading: str = "Hello", language: str = "en", **said: str) -> Content:
    """A content with a heading in one language."""
    return Content(words={language: Words(heading=heading, **said)})


def variant(number: int, priority: int = 0, content: Content | None = None, **target: Any) -> VariantSnapshot:
    """A live variant that is no default, called "v" and its number, with a heading that says so."""
    return VariantSnapshot(
        id=number,
        slug=f"v{number}",
        name=f"V{number}",
        priority=priority,
        target=Target(**{name: frozenset(each) if isinstance(each, list) else each for name, each in target.items()}),
        content=content or words(f"Variant {number}"),
    )


def default(content: Content | None = None) -> VariantSnapshot:
    """A default."""
    return VariantSnapshot(id=99, slug="default", name="Default", is_default=True, content=content or words("For all"))


def slot_of(*variants: VariantSnapshot, slug: str = "hero", **fields: Any) -> SlotSnapshot:
    """A slot with these variants, the last of which may be its default."""
    ordered = sorted((each for each in variants if not each.is_default), key=lambda each: (-each.priority, each.id))
    made: dict[str, Any] = {"id": 1, "name": "Hero", "kind": "banner", "mode": "fragment"}
    return SlotSnapshot(
        **made | fields,
        slug=slug,
        variants=tuple(ordered),
        default=next((each for each in variants if each.is_default), None),
    )


def make_slot(slug: str = "hero", **fields: Any) -> Slot:
    """A stored slot with a live default that says "For all"."""
    slot = Slot.objects.create(slug=slug, **{"name": slug.title(), "kind": Slot.Kind.BANNER, "size": Slot.Size.LARGE} | fields)
    make_variant(slot, "default", is_default=True, heading="For all")
    return slot


def make_variant(slot: Slot, slug: str, *, segments: dict[str, list[Segment]] | None = None, **fields: Any) -> Variant:
    """A stored variant, live unless told otherwise; `segments` maps what is asked to the segments."""
    made = Variant.objects.create(
        slot=slot, slug=slug, **{"name": slug.title(), "state": Variant.State.LIVE, "heading": slug.title()} | fields
    )
    for ask, asked in (segments or {}).items():
        for segment in asked:
            VariantSegment.objects.create(variant=made, segment=segment, ask=ask)
    publisher.stale()
    return made
