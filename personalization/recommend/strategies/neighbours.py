"""What lies near several products: in the same baskets, or alike."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import lru_cache

from personalization.recommend.keys import product_key
from personalization.recommend.listed import Lists, Part
from personalization.recommend.strategies.base import Candidate, Why
from personalization.recommend.strategies.rows import places, products_of

MOST_ANCHORS = 20
"""Products whose neighbours are read; of a cart with more, the first."""

NEAR = (Part.TOGETHER, Part.SIMILAR)


def neighbour_keys(products: Iterable[str]) -> list[str]:
    """The rows that `neighbours` reads."""
    return [product_key(product) for product in list(products)[:MOST_ANCHORS]]


def neighbours(lists: Mapping[str, Lists], anchors: Sequence[str], part: Part, why: Why) -> list[Candidate]:
    """By the sum of scores over the anchors, and about the one that adds most, or the first of these; no anchor among them."""
    total: dict[str, float] = defaultdict(float)
    most: dict[str, tuple[float, str]] = {}
    for anchor in anchors[:MOST_ANCHORS]:
        items = products_of(lists, product_key(anchor), part)
        for product, score in zip(items.products, items.scores, strict=True):
            total[product] += score
            if product not in most or score > most[product][0]:
                most[product] = (score, anchor)
    return [Candidate(product, score, why, most[product][1]) for product, score in total.items() if product not in anchors]


def nearness(lists: Mapping[str, Lists], anchor: str, most: int | None = None) -> Mapping[str, float]:
    """Product -> how near it is to the anchor, in (0, 1]: its place in the anchor's lists, 1 in front, the better of both.

    With `most` only so many of each list are near.
    """
    return _nearness(*(products_of(lists, product_key(anchor), part).products for part in NEAR), most)


@lru_cache(1_000)
def _nearness(together: Sequence[str], similar: Sequence[str], most: int | None) -> Mapping[str, float]:
    """Of somebody's views on every page that they open."""
    near, alike = (dict(zip(products[:most], places(len(products[:most])), strict=True)) for products in (together, similar))
    return near | {product: max(place, near.get(product, 0.0)) for product, place in alike.items()}


def around(lists: Mapping[str, Lists], anchor: str, why: Why) -> list[Candidate]:
    """What is near one product, in the same baskets or alike."""
    return [Candidate(product, near, why, anchor) for product, near in nearness(lists, anchor).items() if product != anchor]
