"""A slot for fronts that draw it themselves: what its tag shows the same visitor, by name instead of as HTML."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from personalization.content.at_hand import AtHand
from personalization.content.choose import choose, default_of
from personalization.content.published import published
from personalization.content.rendering import contents
from personalization.content.snapshot import SlotSnapshot, VariantSnapshot

if TYPE_CHECKING:
    from personalization.visitor.audience import Audience

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Structured:
    """A slot with the variant that is shown, None where there is nothing to show; `shown` are `rendering.FIELDS`."""

    slot: SlotSnapshot
    variant: VariantSnapshot | None = None
    shown: Mapping[str, Any] = field(default_factory=dict)


def structured(slug: str, audience: Audience, at: AtHand) -> Structured | None:
    """What the slot shows to whoever asks, whatever its mode; None where no active slot has that slug. Raises nothing.

    Of a "page" slot the variant alone counts. Modes are about pages that caches keep, and this is no page.
    """
    slot = published().slots.get(slug)
    if slot is None:
        return None
    if slot.kind == "page":
        return Structured(slot, choose(slot, audience, at.now))
    try:
        variant = choose(slot, audience, at.now)
        shown = contents(slot, variant, audience, audience.language, at) if variant is not None else None
        if shown is not None:
            return Structured(slot, variant, shown)
        return _default(slot, audience.language, at.public)
    except Exception:
        log.exception("slot %s cannot be shown; its default is", slug)
        return _default(slot, audience.language, AtHand(now=at.now))


def _default(slot: SlotSnapshot, language: str, at: AtHand) -> Structured:
    variant = default_of(slot, language)
    try:
        shown = contents(slot, variant, None, language, at) if variant is not None else None
    except Exception:
        log.exception("the default of slot %s cannot be shown", slot.slug)
        shown = None
    return Structured(slot, variant, shown) if shown is not None else Structured(slot)
