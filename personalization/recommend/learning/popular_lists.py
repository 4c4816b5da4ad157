"""What is popular, anywhere or among some."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.grid import RECENT
from personalization.recommend.learning.history import History
from personalization.recommend.listed import LISTED, Listed, Lists, Part
from segmentation.store.purchases import Purchases


def popular_lists(
    purchases: Purchases,
    history: History,
    half_life: float | None,
    among: NDArray[np.bool_] | None = None,
    country: str = "",
) -> Lists:
    """TRENDING (each buyer halves after every half-life) and BEST, by how many people bought a product."""
    lines = np.ones(len(history.times), bool)
    if among is not None:
        lines &= among[history.person]
    if country:
        code = purchases.countries.index(country) if country in purchases.countries else -2
        lines &= history.country == code
    half_life = half_life or max(history.span * RECENT, 1.0)
    names = np.array(purchases.products, object)[history.catalogue.products]
    return {
        Part.TRENDING: _most(names, history.popularity(half_life, lines)),
        Part.BEST: _most(names, history.popularity(None, lines)),
    }


def _most(names: NDArray[np.object_], scores: NDArray[np.float32]) -> list[Listed]:
    order = np.argsort(-scores, kind="stable")[:LISTED]
    order = order[scores[order] > 0]
    return list(map(Listed, names[order].tolist(), scores[order].tolist()))
