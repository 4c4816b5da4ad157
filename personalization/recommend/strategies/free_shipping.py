"""What goes with the cart and costs at least what it lacks for free delivery."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import EVERYONE
from personalization.recommend.listed import Lists, Part
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.neighbours import neighbour_keys, neighbours
from personalization.recommend.strategies.rows import products_of


class FreeShipping(Strategy):
    """What goes with the cart and costs at least what it lacks for free delivery."""

    slug = "free_shipping"
    name = _("Free delivery")
    heading = _("This makes delivery free")
    needs = frozenset({Need.BASKET})

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of what lies in the cart, and what is popular, should nothing of these cost enough."""
        return [*neighbour_keys(asked.basket), EVERYONE]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """What goes with the cart, about the product that it goes with; then best sellers, about none."""
        if asked.missing is None or asked.missing <= 0:
            return []
        fitting = neighbours(lists, asked.basket, Part.TOGETHER, Why.FREE_DELIVERY)
        there = {one.product for one in fitting}
        popular = [product for product in products_of(lists, EVERYONE, Part.BEST).products if product not in there]
        return [*fitting, *(Candidate(product, -float(place), Why.FREE_DELIVERY) for place, product in enumerate(popular))]

    def arrange(self, asked: Asked, candidates: Sequence[Candidate], products: Mapping[str, Product]) -> list[Candidate]:
        """What goes with the cart first; of these, the cheapest that fills the gap."""
        missing = asked.missing or Decimal(0)
        enough = [one for one in candidates if (price := products[one.product].price) is not None and price >= missing]
        return sorted(enough, key=lambda one: (not one.about, products[one.product].price, -one.score, one.product))
