"""The first, last or n-th of each customer's rows."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING
from segmentation.kernel.measures import Selected


def nth_rows(dated: Selected, place: int) -> NDArray[np.int64]:
    """The row at that place (from 0, or from the end below 0) for each customer, MISSING where there are too few.

    `dated` has the rows that have a time, by time and then key.
    """
    by_customer = dated.rows[np.argsort(dated.customers, kind="stable")]
    ends = np.cumsum(dated.counts)
    wanted = (ends if place < 0 else ends - dated.counts) + place
    found = np.full(dated.size, MISSING, np.int64)
    enough = dated.counts >= (-place if place < 0 else place + 1)
    found[enough] = by_customer[wanted[enough]]
    return found
