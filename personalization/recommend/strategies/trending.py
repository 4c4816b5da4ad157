"""What is bought most lately."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import EVERYONE
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Strategy, Why
from personalization.recommend.strategies.rows import candidates_of, products_of


class Trending(Strategy):
    """What is bought most lately."""

    slug = "trending"
    name = _("Trending")
    heading = _("Popular right now")
    chain = ("best_sellers",)

    def keys(self, asked: Asked) -> Iterable[str]:
        """The row of everyone."""
        return [EVERYONE]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """By everyone."""
        return candidates_of(products_of(lists, EVERYONE, Part.TRENDING), Why.TRENDING)
