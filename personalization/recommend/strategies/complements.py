"""What lies in the same baskets as the product of a page, and is of another category."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists, Part
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import ANYWHERE
from personalization.recommend.strategies.neighbours import neighbour_keys, neighbours


class Complements(Strategy):
    """What lies in the same baskets as the product of a page, and is of another category."""

    slug = "complements"
    name = _("Goes with it")
    heading = _("Goes well with it")
    needs = frozenset({Need.PRODUCT})
    chain = ("bought_together", *ANYWHERE)

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of the page's products."""
        return neighbour_keys(asked.products)

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Of all products of the page."""
        return neighbours(lists, asked.products, Part.TOGETHER, Why.COMPLETES)

    def arrange(self, asked: Asked, candidates: Sequence[Candidate], products: Mapping[str, Product]) -> list[Candidate]:
        """Where the shop says of which category the page's product is, only what is known to be of another."""
        own = {products[anchor].category for anchor in asked.products if anchor in products} - {""}
        others = [one for one in candidates if not own or products[one.product].category not in own | {""}]
        return super().arrange(asked, others, products)
