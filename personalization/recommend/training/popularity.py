"""What is popular among whom: cheap enough to be made anew every hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from personalization.conf import conf
from personalization.recommend.keys import EVERYONE, country_key, segment_key
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.distinct import distinct
from personalization.recommend.learning.history import history_of
from personalization.recommend.learning.popular_lists import popular_lists
from personalization.recommend.listed import Lists
from segmentation.models import Membership, Segment
from segmentation.store import Purchases

LEAST_PEOPLE = 20
"""So many people must have bought before a country or a segment has lists of its own."""


class Popularity:
    """Who buys what, as of the second `now`; `half_life` is how fast what is trending is forgotten, None as the span tells."""

    def __init__(self, purchases: Purchases, now: int, half_life: float | None = None) -> None:
        self._purchases, self._half_life = purchases, half_life
        self._history = history_of(purchases, catalogue_of(purchases, 1), now)

    def popular(self, among: NDArray[np.bool_] | None = None, country: str = "") -> Lists:
        """TRENDING and BEST, of everyone, of some people (a mask over `Purchases.keys`) or of orders to a country."""
        return popular_lists(self._purchases, self._history, self._half_life, among, country)

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """Product -> how many people bought it, of those that anybody did."""
        products = self._history.catalogue.products.tolist()
        counts = self._history.popularity(None).tolist()
        return {self._purchases.products[product]: count for product, count in zip(products, counts, strict=True)}


def popular_rows(purchases: Purchases, popularity: Popularity) -> Iterator[tuple[str, Lists]]:
    """The rows of everyone, of countries and of live segments in which enough people bought."""
    yield EVERYONE, popularity.popular()
    for number, country in enumerate(purchases.countries):
        if len(distinct(purchases.person[purchases.country == number])) >= LEAST_PEOPLE:
            yield country_key(country), popularity.popular(country=country)
    for slug, members in _segments(purchases):
        if members.sum() >= LEAST_PEOPLE:
            yield segment_key(slug), popularity.popular(members)


def _segments(purchases: Purchases) -> Iterator[tuple[str, NDArray[np.bool_]]]:
    """Slug -> who of the purchases' people is in; a query a segment."""
    places = {key: place for place, key in enumerate(purchases.keys)}
    for pk, slug in Segment.objects.filter(shop=conf.shop, state=Segment.State.LIVE).values_list("pk", "slug"):
        members = np.zeros(len(places), np.bool_)
        keys = Membership.objects.filter(segment=pk).values_list("profile__key", flat=True)
        found = [place for key in keys.iterator() if (place := places.get(key)) is not None]
        members[found] = True
        yield slug, members
