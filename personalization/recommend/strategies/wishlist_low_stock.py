"""Wishes of which few pieces are left."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from personalization.conf import conf
from personalization.recommend.listed import Lists
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why


class WishlistLowStock(Strategy):
    """Wishes of which few pieces are left."""

    slug = "wishlist_low_stock"
    name = _("Wishes that run out")
    heading = _("Your wishes are running out")
    needs = frozenset({Need.WISHES})
    is_capped = False

    def keys(self, asked: Asked) -> Iterable[str]:
        """None."""
        return []

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """All wishes, in their order."""
        return [Candidate(product, -float(place), Why.LOW_STOCK) for place, product in enumerate(dict.fromkeys(asked.wishes))]

    def arrange(self, asked: Asked, candidates: Sequence[Candidate], products: Mapping[str, Product]) -> list[Candidate]:
        """Those of which LOW_STOCK pieces or fewer are left, the fewest first."""
        left = ((products[one.product].stock, one) for one in candidates)
        low = [(stock, one) for stock, one in left if stock is not None and 0 < stock <= conf.low_stock]
        return [one for _stock, one in sorted(low, key=lambda pair: (pair[0], -pair[1].score))]
