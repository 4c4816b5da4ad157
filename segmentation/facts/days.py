"""Whole numbers that are worked out from the day a date or time lies on."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING, Column, Numbers
from segmentation.kernel.moments import Calendar

Days = NDArray[np.int64]
"""Days since 1970."""


def from_days(column: Column, calendar: Calendar, number: Callable[[Days], Days]) -> Numbers:
    """The number of each day, in the shop's calendar; none where there is no day or the number would be negative.

    What is negative has not happened yet: nobody is minus one year old. Raises TypeError for a column of another kind.
    """
    if not isinstance(column, Numbers):
        raise TypeError(f"{type(column).__name__} have no days")
    found = np.full(len(column.values), MISSING, np.int64)
    numbers = number(calendar.local_days(column.values[column.known]))
    found[column.known] = np.where(numbers < 0, MISSING, numbers)
    return Numbers(found)
