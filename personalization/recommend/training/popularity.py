"""What is popular among whom: cheap enough to be made anew every hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from personalization.conf import conf
from personalization.recommend.keys import EVERYONE, country_key, segment_key
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.distinct import distinct
from personalization.recommend.learning.history import history_of
from personalization.recommend.learning.popular_lists import popular_lists
from personalization.recommend.listed import Lists
from segmentation.models import Membership, Profile, Segment
from segmentation.store import Purchases

LEAST_PEOPLE = 20
"""So many people must have bought before a country or a segment has lists of its own."""


TOGETHER = 50_000
"""Rows that are read together."""


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
    """Slug -> who of the purchases' people is in; a query a segment, and one for the people where there are any.

    Of members the ids alone are read, a few at a time: a shop of a million people has tens of millions of memberships.
    """
    segments = list(Segment.objects.filter(shop=conf.shop, state=Segment.State.LIVE).values_list("pk", "slug"))
    ids, place = _people(purchases) if segments else (np.empty(0, np.int64),) * 2
    for pk, slug in segments:
        members = np.zeros(len(purchases.keys), np.bool_)
        found = Membership.objects.filter(segment=pk).values_list("profile_id", flat=True).iterator(chunk_size=TOGETHER)
        while some := list(islice(found, TOGETHER)):
            known = np.isin(ids, np.array(some, np.int64))
            members[place[known]] = True
        yield slug, members


def _people(purchases: Purchases) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
    """The ids of the people's profiles, and their places among the purchases' people."""
    places = {key: place for place, key in enumerate(purchases.keys)}
    rows = Profile.objects.filter(shop=conf.shop).values_list("pk", "key").iterator(chunk_size=TOGETHER)
    found = [(pk, places[key]) for pk, key in rows if key in places]
    both = np.array(found, np.int64).reshape(-1, 2)
    return both[:, 0], both[:, 1]
