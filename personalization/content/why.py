"""Why a slot shows somebody what it shows, in words for them."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from personalization.content.choose import choose, choose_keyed
from personalization.content.phrases import listed
from personalization.content.published import published
from personalization.content.rendering import tokens_of
from personalization.content.snapshot import VariantSnapshot
from personalization.content.tokens import TOKENS
from personalization.visitor.reasons import because

if TYPE_CHECKING:
    from personalization.visitor.audience import Audience

ASKED_SEGMENTS = ("any_segments", "all_segments", "no_segments")


def reasons_for(slug: str, audience: Audience, now: datetime, chosen: frozenset[int] = frozenset()) -> tuple[str, ...] | None:
    """Why the slot shows this audience what it does; empty where everybody sees the same. None: no active slot has the slug.

    `chosen` are the ids that the visitor's key names, by which slots of mode "variant" go.
    """
    slot = published().slots.get(slug)
    if slot is None:
        return None
    variant = choose_keyed(slot, chosen, audience.language, now) if slot.mode == "variant" else choose(slot, audience, now)
    return reasons(variant, audience) if variant is not None else ()


def reasons(variant: VariantSnapshot, audience: Audience) -> tuple[str, ...]:
    """The grounds of a variant's target as sentences, and what its tokens say of the audience."""
    grounds = {question.name for question in variant.questions}
    segments = {slug for part in ASKED_SEGMENTS for slug in getattr(variant.target, part)}
    labels = [TOKENS[name].label for name in tokens_of(variant, audience.language) if name in TOKENS]
    mentioned = [_("It mentions %(what)s.") % {"what": listed(labels)}] if labels else []
    return (*because(grounds, segments), *mentioned)
