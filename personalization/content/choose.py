"""Which variant a slot shows to somebody: a pure question about snapshots."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from personalization.content.languages import words_for
from personalization.content.snapshot import SlotSnapshot, VariantSnapshot
from personalization.content.targets import is_scheduled

if TYPE_CHECKING:
    from personalization.visitor.audience import Audience


def choose(slot: SlotSnapshot, audience: Audience, now: datetime) -> VariantSnapshot | None:
    """The variant of highest priority whose target holds and that has words in the audience's language; else the default.

    Of equal priority the older one wins. None where there is no default, or it says nothing in that language.
    """
    for variant in slot.variants:
        if fits(variant, audience, now):
            return variant
    return default_of(slot, audience.language)


def fits(variant: VariantSnapshot, audience: Audience, now: datetime) -> bool:
    """Whether every question of the variant's target holds, asked in order and no further than the first that does not."""
    asked = all(question.holds(variant.target, audience, now) for question in variant.questions)
    return asked and words_for(variant.content, audience.language) is not None


def default_of(slot: SlotSnapshot, language: str) -> VariantSnapshot | None:
    """What everyone may see, in this language."""
    default = slot.default
    return default if default is not None and words_for(default.content, language) is not None else None


def choose_keyed(slot: SlotSnapshot, chosen: frozenset[int], language: str, now: datetime) -> VariantSnapshot | None:
    """The same where a visitor's choice was made before and only the ids of it are known; what is out of date is not shown."""
    for variant in slot.variants:
        if variant.id in chosen and is_scheduled(variant.target, now) and words_for(variant.content, language) is not None:
            return variant
    return default_of(slot, language)
