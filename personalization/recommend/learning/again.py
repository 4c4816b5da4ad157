"""What somebody bought before and is due again."""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.history import History

WAIT = 0.5
"""A product is due when this share of the usual time between two purchases of it has passed."""

TRUSTED = 5.0
"""The shop's usual time counts for as much as so many repeats of a product."""


class Again(NamedTuple):
    """Purchased products by person, the best in front: person i has those from starts[i] to starts[i + 1]."""

    starts: NDArray[np.int64]
    items: NDArray[np.int32]
    scores: NDArray[np.float32]


def due_again(history: History, half_life: float | None) -> Again:
    """By decayed frequency, without what was bought so lately that it is not due."""
    last = history.last
    person, item = history.person[last], history.item[last]
    frequency = history.frequency(half_life)  # has its entries in the same order as `last`
    scores = frequency.data + 1e-6 * history.popularity(half_life)[item] / max(history.people, 1)
    due = history.now - history.times[last] >= WAIT * usual_gaps(history)
    lines = np.flatnonzero(due)
    lines = lines[np.lexsort((item[lines], -scores[lines], person[lines]))]
    starts = np.searchsorted(person[lines], np.arange(history.people + 1))
    return Again(starts, item[lines], scores[lines])


def usual_gaps(history: History) -> NDArray[np.float64]:
    """Of each line of `history.last`, the seconds between two purchases of that product.

    Where a person bought it twice or more, by her own times; else by those of all who did, drawn to the shop's median.
    """
    last, counts = history.last, history.frequency(None).data
    pairs = history.person.astype(np.int64) * max(history.width, 1) + history.item
    _, first = np.unique(pairs, return_index=True)
    repeats = counts - 1
    own = (history.times[last] - history.times[first]) / np.maximum(repeats, 1)
    item = history.item[last]
    typical = float(np.median(own[repeats > 0])) if np.any(repeats > 0) else 0.0
    times = np.bincount(item, np.where(repeats > 0, own * repeats, 0.0), history.width) + TRUSTED * typical
    of_product = times / (np.bincount(item, repeats, history.width) + TRUSTED)
    gaps: NDArray[np.float64] = np.where(repeats > 0, own, of_product[item])
    return gaps
