"""What is like the products on the wishlist, or bought with them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import PERSONAL
from personalization.recommend.strategies.neighbours import MOST_ANCHORS, around, neighbour_keys


class FromWishlist(Strategy):
    """What is like the products on the wishlist, or bought with them."""

    slug = "from_wishlist"
    name = _("From the wishlist")
    heading = _("Because of your wishlist")
    needs = frozenset({Need.WISHES})
    chain = PERSONAL

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of the wishes."""
        return neighbour_keys(asked.wishes)

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """By nearness to all wishes, about the nearest."""
        total: dict[str, float] = {}
        nearest: dict[str, tuple[float, str]] = {}
        for one in (one for wish in asked.wishes[:MOST_ANCHORS] for one in around(lists, wish, Why.BECAUSE_WISHED)):
            total[one.product] = total.get(one.product, 0.0) + one.score
            if one.score > nearest.get(one.product, (0.0, ""))[0]:
                nearest[one.product] = (one.score, one.about)
        near = ((product, score) for product, score in total.items() if product not in asked.wishes)
        return [Candidate(product, score, Why.BECAUSE_WISHED, nearest[product][1]) for product, score in near]
