"""Recommendations on a page. Whatever fails, the page is there without them."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from personalization.measure.shown import note_shown
from personalization.recommend.serving.asking import asked_of
from personalization.recommend.serving.house import family
from personalization.recommend.serving.serve import Answer, Recommended, recommend
from personalization.recommend.strategies.registry import strategy_of

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Listing:
    """A list as a template has it: goes over its products, and is false without any.

    `uid` is what clicks on it are told by; "" of a list that is not noted. `problem` is for developers.
    """

    strategy: str
    heading: str = ""
    items: Sequence[Recommended] = ()
    uid: str = ""
    problem: str = ""
    version: int | None = None
    """Id of the recommender's version."""

    def __iter__(self) -> Iterator[Recommended]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def __str__(self) -> str:
        """A list that a template writes into the page by mistake says nothing of how it was made."""
        return self.heading


def recommend_on(
    request: Any, visitor: Any, slug: str, *, now: datetime, limit: Any = 8, slot: str = "", **given: Any
) -> Listing:
    """What a strategy recommends on the page of a request, without what stands there already.

    `given` is what the page has at hand, as `asked_of` takes it: product, basket, wishes, query, missing.
    Raises nothing: where anything fails, the list is empty and says why in `problem`.
    """
    try:
        return _listing(request, visitor, str(slug), now, int(limit), slot, given)
    except Exception as error:  # a shop's own products, of any kind, and our database
        log.exception("%s cannot be recommended", slug)
        return Listing(str(slug), problem=f"{type(error).__name__}: {error}")


def _listing(request: Any, visitor: Any, slug: str, now: datetime, limit: int, slot: str, given: dict[str, Any]) -> Listing:
    shown = shown_on(request)
    asked = asked_of(visitor, strategy_of(slug), now=now, shown=shown, **given)
    answer = recommend(slug, asked, limit=limit)
    for item in answer.items:
        shown |= {item.product.id, family(item.product)}
    return Listing(slug, answer.heading, answer.items, _noted(visitor, answer, slot), version=answer.version)


def shown_on(request: Any) -> set[str]:
    """Ids of the products that stand on the page so far, and of those that they are variants of; to be added to."""
    shown: set[str] | None = getattr(request, "regulars_shown", None)
    if shown is None:
        shown = set()
        if request is not None:
            request.regulars_shown = shown
    return shown


def _noted(visitor: Any, answer: Answer, slot: str) -> str:
    return note_shown(
        visitor,
        strategy=answer.strategy,
        version=answer.version,
        products=[item.id for item in answer.items],
        propensities=[item.propensity for item in answer.items],
        slot=slot,
    )
