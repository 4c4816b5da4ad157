"""What is like the product of a page, of its category, and costs a little more."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from decimal import Decimal

from django.utils.translation import gettext_lazy as _

from personalization.recommend.listed import Lists, Part
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import ANYWHERE
from personalization.recommend.strategies.neighbours import neighbour_keys, neighbours

DEARER = (Decimal("1.1"), Decimal("1.6"))
"""From ten to sixty percent more than the page's product."""


class UpSell(Strategy):
    """What is like the product of a page, of its category, and costs a little more."""

    slug = "up_sell"
    name = _("A little better")
    heading = _("A little more special")
    needs = frozenset({Need.PRODUCT})
    is_capped = False
    chain = ("similar", *ANYWHERE)

    def keys(self, asked: Asked) -> Iterable[str]:
        """The rows of the page's products."""
        return neighbour_keys(asked.products)

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """Of the first product of the page."""
        return neighbours(lists, asked.products[:1], Part.SIMILAR, Why.BETTER)

    def arrange(self, asked: Asked, candidates: Sequence[Candidate], products: Mapping[str, Product]) -> list[Candidate]:
        """By likeness; nothing where the price of the page's product is unknown."""
        own = products.get(asked.products[0])
        if own is None or own.price is None:
            return []
        low, high = (Decimal(own.price) * times for times in DEARER)
        better = [one for one in candidates if _is_between(products[one.product], own.category, low, high)]
        return super().arrange(asked, better, products)


def _is_between(product: Product, category: str, low: Decimal, high: Decimal) -> bool:
    return product.category == category and product.price is not None and low <= product.price <= high
