"""Which of the products that a person bought speaks loudest for another."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.models import Linear, Scorer, Trending
from personalization.recommend.learning.weights import row_of_entries


def linear_of(scorer: Scorer) -> Linear | None:
    """The model in which products speak for products, where there is one inside."""
    inner = scorer.scorer if isinstance(scorer, Trending) else scorer
    return inner if isinstance(inner, Linear) else None


def reasons(scorers: Sequence[Scorer], people: NDArray[np.int64], lists: NDArray[np.int64]) -> NDArray[np.int64]:
    """Of each product of the lists (a row a person), the bought one that contributes most to its score; -1 where none does.

    By the first of the models in which products speak for products.
    """
    found = np.full(lists.shape, -1, np.int64)
    linear = next((one for scorer in scorers if (one := linear_of(scorer)) is not None), None)
    if linear is None or not lists.size:
        return found
    spoken = linear.spoken[people]
    sizes = np.diff(spoken.indptr)
    rows = row_of_entries(spoken)
    said = linear.weights.spoken(spoken, np.maximum(lists, 0)) * spoken.data[:, None]
    told = np.flatnonzero(sizes)
    if not len(told):
        return found
    starts = spoken.indptr[told]
    loudest = np.maximum.reduceat(said, starts, axis=0)
    place = np.full(len(people), 0, np.int64)
    place[told] = np.arange(len(told))
    is_loudest = said == loudest[place[rows]]
    # Indices are narrower than that; what is not loudest must come after them all.
    item = np.where(is_loudest, spoken.indices[:, None].astype(np.int64), np.iinfo(np.int64).max)
    chosen = np.minimum.reduceat(item, starts, axis=0)
    found[told] = np.where((loudest > 0) & (lists[told] >= 0), chosen, -1)
    return found
