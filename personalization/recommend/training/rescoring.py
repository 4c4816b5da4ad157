"""A person's lists after an order, from what the version knows already: the models are not asked again."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.keys import person_key, product_key
from personalization.recommend.listed import LISTED, Listed, Lists, Part
from segmentation.store import Purchases

HALF_LIFE = 112 * 86_400
SPOKEN = 20
"""The last products bought, whose neighbours are taken in."""


def rescored(
    purchases: Purchases, before: Mapping[str, Lists], tables: Mapping[str, Lists], *, now: int
) -> Iterator[tuple[str, Lists]]:
    """(profile key, NEXT, NEW, AGAIN and BOUGHT) of each of the people.

    `before` are their rows and `tables` those of the products, as `recommend.keys` calls them, where there are any.
    """
    for number, key in enumerate(purchases.keys):
        yield key, _lists(purchases, np.flatnonzero(purchases.person == number), before.get(person_key(key), {}), tables)


def _lists(purchases: Purchases, lines: NDArray[np.int64], before: Lists, tables: Mapping[str, Lists]) -> Lists:
    now = int(purchases.times[lines[-1]])
    bought: dict[str, float] = {}
    weights: dict[str, float] = defaultdict(float)
    for line in lines[::-1].tolist():
        product = purchases.products[purchases.product[line]]
        bought.setdefault(product, float(purchases.times[line]))
        weights[product] += 2.0 ** (-(now - int(purchases.times[line])) / HALF_LIFE)
    again = _best(weights)
    new = _new(bought, before, tables)
    return {
        Part.NEXT: (again[: LISTED // 2] + new)[:LISTED],
        Part.NEW: new,
        Part.AGAIN: again,
        Part.BOUGHT: [Listed(product, at) for product, at in bought.items()],
    }


def _new(bought: Mapping[str, float], before: Lists, tables: Mapping[str, Lists]) -> list[Listed]:
    """What goes with the last products bought, and what stood there before."""
    scores: dict[str, float] = defaultdict(float)
    because: dict[str, str] = {}
    for product in list(bought)[:SPOKEN]:
        for one in tables.get(product_key(product), {}).get(Part.TOGETHER, ()):
            scores[one.product] += one.score
            because.setdefault(one.product, product)
    kept = [one for one in before.get(Part.NEW, ()) if one.product not in bought]
    fresh = [one._replace(because=because[one.product]) for one in _best(scores) if one.product not in bought]
    there = {one.product for one in kept}
    return [*kept, *(one for one in fresh if one.product not in there)][:LISTED]


def _best(scores: Mapping[str, float]) -> list[Listed]:
    order = sorted(scores, key=lambda product: (-scores[product], product))[:LISTED]
    return [Listed(product, scores[product]) for product in order]
