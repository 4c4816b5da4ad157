"""What is bought most lately in the segments that somebody is in."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import segment_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import ANYWHERE
from personalization.recommend.strategies.rows import places, products_of

MOST_SEGMENTS = 20
"""Segments whose rows are read, by slug."""


class TrendingSegment(Strategy):
    """What is bought most lately in the segments that somebody is in."""

    slug = "trending_segment"
    name = _("Trending in the segment")
    heading = _("Popular with people like you")
    needs = frozenset({Need.SEGMENT})
    chain = ("trending_country", *ANYWHERE)

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of the segments."""
        return [segment_key(slug) for slug in _slugs(asked)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """By the best place that a product has in any of the segments, about that one."""
        best: dict[str, Candidate] = {}
        for slug in _slugs(asked):
            items = products_of(lists, segment_key(slug), Part.TRENDING)
            for product, score in zip(items.products, places(len(items)), strict=True):
                if product not in best or score > best[product].score:
                    best[product] = Candidate(product, score, Why.TRENDING_SEGMENT, slug)
        return best.values()


def _slugs(asked: Asked) -> list[str]:
    return sorted(asked.segments)[:MOST_SEGMENTS]
