"""What can be had again."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import shelf_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Strategy, Why
from personalization.recommend.strategies.rows import candidates_of, products_of


class BackInStock(Strategy):
    """What can be had again."""

    slug = "back_in_stock"
    name = _("Back in stock")
    heading = _("Back in stock")

    def keys(self, asked: Asked) -> Iterable[str]:
        """The row of the shelf."""
        return [shelf_key(self.slug)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """What stands on the shelf."""
        return candidates_of(products_of(lists, shelf_key(self.slug), Part.ITEMS), Why.BACK_IN_STOCK)
