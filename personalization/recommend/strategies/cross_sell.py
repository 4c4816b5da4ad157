"""What lies in the same baskets as all that is in the cart."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import PERSONAL
from personalization.recommend.strategies.neighbours import neighbour_keys, neighbours


class CrossSell(Strategy):
    """What lies in the same baskets as all that is in the cart."""

    slug = "cross_sell"
    name = _("Goes with the cart")
    heading = _("Goes with your cart")
    needs = frozenset({Need.BASKET})
    chain = PERSONAL

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of what lies in the cart."""
        return neighbour_keys(asked.basket)

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """By the sum over the cart, about the product that adds most."""
        return neighbours(lists, asked.basket, Part.TOGETHER, Why.GOES_WITH_CART)
