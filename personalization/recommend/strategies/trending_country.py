"""What is bought most lately in a country."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from django.utils.translation import gettext_lazy as _

from personalization.recommend.keys import country_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Candidate, Need, Strategy, Why
from personalization.recommend.strategies.chains import ANYWHERE
from personalization.recommend.strategies.rows import candidates_of, products_of


class TrendingCountry(Strategy):
    """What is bought most lately in a country."""

    slug = "trending_country"
    name = _("Trending in the country")
    heading = _("Popular where you are")
    needs = frozenset({Need.COUNTRY})
    chain = ANYWHERE

    def keys(self, asked: Asked) -> Iterable[str]:
        """The row of the country."""
        return [country_key(asked.country)]

    def candidates(self, asked: Asked, lists: Mapping[str, Lists]) -> Iterable[Candidate]:
        """About the country."""
        return candidates_of(products_of(lists, country_key(asked.country), Part.TRENDING), Why.TRENDING_COUNTRY, asked.country)
