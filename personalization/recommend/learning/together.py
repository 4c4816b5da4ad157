"""What lies in the same baskets, told of nothing that too few people share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.distinct import distinct
from personalization.recommend.learning.history import History

MOST_ORDERS = 20_000
"""Orders of a product, the last ones, in which others are counted; fewer people are found so, never more."""


def people_of_orders(history: History) -> NDArray[np.int32]:
    """Of each row of `history.baskets`, whose order it is."""
    _, first = np.unique(history.order, return_index=True)
    return history.person[first]


def shared_by(history: History, item: int, orders: Any, person: NDArray[np.int32]) -> NDArray[np.int64]:
    """Of each product, how many people bought it in one basket with this one; `orders` is `history.baskets` as CSC."""
    rows = np.sort(orders.indices[orders.indptr[item] : orders.indptr[item + 1]])[-MOST_ORDERS:]
    baskets = history.baskets[rows]
    people = np.repeat(person[rows].astype(np.int64), np.diff(baskets.indptr))
    pairs = distinct(people * history.width + baskets.indices)
    counts: NDArray[np.int64] = np.bincount(pairs % history.width, minlength=history.width)
    counts[item] = 0
    return counts
