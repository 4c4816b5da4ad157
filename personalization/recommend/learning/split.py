"""Where a history is cut, to learn from what lies before and to ask for what came after."""

from __future__ import annotations

import numpy as np

from segmentation.store.purchases import Purchases

LATER = 0.26
"""The share of the time that is asked for."""


def inner_moment(purchases: Purchases) -> int | None:
    """The second that ends the first 74 % of the time from the first purchase to the last; None where all are at once."""
    if not len(purchases):
        return None
    first, last = int(purchases.times[0]), int(purchases.times[-1])
    moment = first + int(np.ceil((last - first) * (1.0 - LATER)))
    return moment if first < moment <= last else None
