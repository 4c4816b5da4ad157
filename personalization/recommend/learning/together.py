"""What lies in the same baskets, told of nothing that too few people share."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.distinct import distinct
from personalization.recommend.learning.history import History

MOST_ORDERS = 20_000
"""Orders of a product, the last ones, in which others are counted; fewer people are found so, never more."""


MOST_LINES = 2_000_000
"""Of orders that are counted at once."""


def people_of_orders(history: History) -> NDArray[np.int32]:
    """Of each row of `history.baskets`, whose order it is."""
    _, first = np.unique(history.order, return_index=True)
    return history.person[first]


def enough_share(history: History, items: slice, orders: Any, person: NDArray[np.int32], least: int) -> NDArray[np.bool_]:
    """Items x products: whether so many people bought both in one basket; `orders` is `history.baskets` as CSC.

    Nothing is shared with itself.
    """
    width, people = history.width, max(history.people, 1)
    enough = np.zeros((items.stop - items.start, width), np.bool_)
    for first, last in _portions(history, items, orders):
        ends = orders.indptr[first + 1 : last + 1].tolist()
        starts = [max(start, end - MOST_ORDERS) for start, end in zip(orders.indptr[first:last].tolist(), ends, strict=True)]
        rows = np.concatenate([orders.indices[start:end] for start, end in zip(starts, ends, strict=True)])
        item = np.repeat(np.arange(last - first), np.subtract(ends, starts))
        baskets = history.baskets[rows]
        sizes = np.diff(baskets.indptr)
        buyer = np.repeat(item * people + person[rows], sizes)
        met = distinct(buyer * width + baskets.indices)
        pair = met // width // people * width + met % width
        counts = np.bincount(pair, minlength=(last - first) * width).reshape(last - first, width)
        enough[first - items.start : last - items.start] = counts >= least
    own = np.arange(items.start, items.stop)
    enough[own - items.start, own] = False
    return enough


def _portions(history: History, items: slice, orders: Any) -> Iterator[tuple[int, int]]:
    """Runs of items whose orders have not too many lines in all."""
    mean = history.baskets.nnz / max(history.baskets.shape[0], 1)
    lines = np.minimum(np.diff(orders.indptr[items.start : items.stop + 1]), MOST_ORDERS) * mean
    first, total = items.start, 0.0
    for item, count in enumerate(lines.tolist(), items.start):
        if total + count > MOST_LINES and item > first:
            yield first, item
            first, total = item, 0.0
        total += count
    if first < items.stop:
        yield first, items.stop
