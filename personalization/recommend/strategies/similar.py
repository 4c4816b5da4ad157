"""What could be bought in place of the product of a page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import ANYWHERE
from personalization.recommend.strategies.neighbours import neighbour_keys, neighbours


class Similar(Strategy):
    """What could be bought in place of the product of a page."""

    slug = "similar"
    name = _("Similar products")
    heading = _("Similar products")
    needs = frozenset({Need.PRODUCT})
    is_capped = False
    chain = ("bought_together", *ANYWHERE)

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of the page's products."""
        return neighbour_keys(asked.products)

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Of all products of the page."""
        return neighbours(lists, asked.products, Part.SIMILAR, Why.SIMILAR)
