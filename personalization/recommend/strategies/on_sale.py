"""What costs less than it usually does."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import shelf_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Strategy, Why
from personalization.recommend.strategies.rows import candidates_of, products_of


class OnSale(Strategy):
    """What costs less than it usually does."""

    slug = "on_sale"
    name = _("On sale")
    heading = _("On sale")

    def keys(self, asked: Asked) -> Iterable[str]:
        """The row of the shelf."""
        return [shelf_key(self.slug)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """What stood on the shelf when it was filled last."""
        return candidates_of(products_of(lists, shelf_key(self.slug), Part.ITEMS), Why.ON_SALE)

    def arrange(self, asked: Asked, candidates: Sequence[Candidate], products: Mapping[str, Product]) -> list[Candidate]:
        """Without those whose price went up again since."""
        still = [one for one in candidates if _is_reduced(products[one.product])]
        return super().arrange(asked, still, products)


def _is_reduced(product: Product) -> bool:
    """Where the shop does not say what it usually costs, the shelf is believed."""
    return product.price is None or product.list_price is None or product.price < product.list_price
