"""What lies in the same baskets as the product of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import ANYWHERE
from personalization.recommend.strategies.neighbours import neighbour_keys, neighbours


class BoughtTogether(Strategy):
    """What lies in the same baskets as the product of a page."""

    slug = "bought_together"
    name = _("Bought together")
    heading = _("Often bought together")
    needs = frozenset({Need.PRODUCT})
    chain = ("similar", *ANYWHERE)

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of the page's products."""
        return neighbour_keys(asked.products)

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Of all products of the page."""
        return neighbours(lists, asked.products, Part.TOGETHER, Why.TOGETHER)
