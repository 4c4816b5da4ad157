"""Products in a slot that a strategy recommends to whoever looks."""

from __future__ import annotations

from collections.abc import Sequence
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from personalization.content.at_hand import AtHand
from personalization.content.snapshot import Content, SlotSnapshot
from personalization.errors import UnknownStrategy
from personalization.recommend.serving.asking import PERSONAL
from personalization.recommend.serving.house import family
from personalization.recommend.serving.page import Listing, recommend_on, shown_on
from personalization.recommend.strategies.base import Need
from personalization.recommend.strategies.registry import strategy_of

if TYPE_CHECKING:
    from personalization.recommend.product import Product
    from personalization.visitor.audience import Audience

NONE = Listing("")

HISTORY = frozenset({Need.PERSON, Need.VIEWS, Need.SEGMENT})
"""Needs that go by what somebody did before."""


def needs_of(slug: str) -> frozenset[Need]:
    """What the strategy with that slug goes by of whoever looks; nothing of one that there is none of."""
    try:
        return strategy_of(slug).needs & PERSONAL if slug else frozenset()
    except UnknownStrategy:
        return frozenset()


def goes_by_visitor(content: Content, at: AtHand | None = None) -> bool:
    """Whether what is recommended depends on who looks, or on what their page has at hand of them."""
    return bool(content.strategy) and (bool(needs_of(content.strategy)) or (at is not None and at.is_personal))


def recommended(
    slot: SlotSnapshot, content: Content, audience: Audience | None, at: AtHand | None, fixed: Sequence[Product]
) -> Listing:
    """What the strategy of the content recommends beside its fixed products; nothing where there is no page.

    To nobody in particular it recommends what it would to anybody. Raises nothing.
    """
    if not content.strategy or at is None:
        return NONE
    page: Any = at.page if at.page is not None else SimpleNamespace()
    shown_on(page).update(name for product in fixed for name in (product.id, family(product)))
    given = at.given if audience is not None else at.public.given
    return recommend_on(page, audience, content.strategy, now=at.now, limit=content.limit, slot=slot.slug, **given)
