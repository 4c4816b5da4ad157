"""What is popular among whom: cheap enough to be made anew every hour."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from personalization.conf import conf
from personalization.recommend.keys import EVERYONE, country_key, segment_key
from personalization.recommend.listed import LISTED, Listed, Lists, Part
from segmentation.models import Membership, Segment
from segmentation.store import Purchases

LEAST_PEOPLE = 20
"""So many people must have bought before a country or a segment has lists of its own."""

DAY = 86_400
BEST_HALF_LIFE = 90 * DAY
TREND_HALF_LIFE = 7 * DAY


class Popularity:
    """Counts buyers as of the second `now`: each person once a product and day, and less the longer ago it is."""

    def __init__(self, purchases: Purchases, now: int) -> None:
        self._purchases = purchases
        self._now = now

    def popular(self, among: NDArray[np.bool_] | None = None, country: str = "") -> Lists:
        """TRENDING and BEST, of everyone, of some people (a mask over `Purchases.keys`) or of orders to a country."""
        lines = self._lines
        if among is not None:
            lines = lines[among[self._purchases.person[lines]]]
        if country:
            lines = lines[self._purchases.country[lines] == self._purchases.countries.index(country)]
        best, recent = self._counted(lines, BEST_HALF_LIFE), self._counted(lines, TREND_HALF_LIFE)
        # Bought more than is usual for the product: the root keeps those of a single buyer from standing in front.
        trend = recent / np.sqrt(best + 1.0)
        return {Part.TRENDING: self._listed(trend), Part.BEST: self._listed(best)}

    @cached_property
    def scores(self) -> Mapping[str, float]:
        """Product -> what it counts for among everyone."""
        counted = self._counted(self._lines, BEST_HALF_LIFE)
        return {product: float(score) for product, score in zip(self._purchases.products, counted, strict=True) if score > 0}

    @cached_property
    def _lines(self) -> NDArray[np.int64]:
        """One line for each product that somebody bought on a day."""
        purchases = self._purchases
        bought = np.stack([purchases.times // DAY, purchases.person.astype(np.int64), purchases.product.astype(np.int64)])
        sorting = np.lexsort(bought)
        moved = bought[:, sorting]
        is_first = np.append(True, (moved[:, 1:] != moved[:, :-1]).any(axis=0))[: len(sorting)]
        return np.sort(sorting[is_first])

    def _counted(self, lines: NDArray[np.int64], half_life: int) -> NDArray[np.float64]:
        weights = np.exp2(-np.maximum(self._now - self._purchases.times[lines], 0) / half_life)
        return np.bincount(self._purchases.product[lines], weights, len(self._purchases.products)).astype(np.float64)

    def _listed(self, scores: NDArray[np.float64]) -> list[Listed]:
        order = np.argsort(-scores, kind="stable")[:LISTED].tolist()
        return [Listed(self._purchases.products[place], float(scores[place])) for place in order if scores[place] > 0]


def popular_rows(purchases: Purchases, popularity: Popularity) -> Iterator[tuple[str, Lists]]:
    """The rows of everyone, of countries and of live segments in which enough people bought."""
    yield EVERYONE, popularity.popular()
    for number, country in enumerate(purchases.countries):
        if len(np.unique(purchases.person[purchases.country == number])) >= LEAST_PEOPLE:
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
