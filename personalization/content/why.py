"""Why a slot shows somebody what it shows, in words for them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import TYPE_CHECKING

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.content.choose import choose, choose_keyed
from personalization.content.phrases import listed
from personalization.content.published import published
from personalization.content.recommended import HISTORY, needs_of
from personalization.content.rendering import tokens_of
from personalization.content.snapshot import VariantSnapshot
from personalization.content.tokens import TOKENS
from personalization.recommend.strategies.base import Need
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
    needs = needs_of(variant.content.strategy)
    recommended = [str(sentence) for asked, sentence in RECOMMENDED.items() if not needs.isdisjoint(asked)]
    return tuple(dict.fromkeys((*because(grounds, segments), *mentioned, *recommended)))


RECOMMENDED: Mapping[frozenset[Need], Promise] = {
    HISTORY: gettext_lazy("It depends on what you ordered or looked at in this shop."),
    frozenset({Need.BASKET, Need.WISHES}): gettext_lazy("It goes by your cart and your wishlist."),
    frozenset({Need.COUNTRY}): gettext_lazy("It is for visitors from your country."),
}
"""Needs of a strategy -> what recommendations that go by one of them are told to go by."""
