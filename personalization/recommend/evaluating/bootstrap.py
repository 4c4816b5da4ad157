"""How far a mean may be off by chance: intervals by the bootstrap over people (Efron & Tibshirani 1993, percentiles)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
MANY = 20_000
"""People past whom fewer resamples do: then an interval is narrow, and its ends vary little."""

SEED = 1
CELLS = 4_000_000


def interval(values: NDArray[Any], people: NDArray[Any], share: float = 0.95) -> list[float]:
    """[low, high] of the mean of the values, drawing people with all their rows; [0, 0] without any.

    With the difference of two models' values it is the paired interval of the difference.
    """
    if not len(values):
        return [0.0, 0.0]
    _, group = np.unique(people, return_inverse=True)
    table = np.stack([np.bincount(group, values), np.bincount(group)], axis=1)
    count = len(table)
    generator = np.random.default_rng(SEED)
    wanted = RESAMPLES if count <= MANY else RESAMPLES // 5
    means: list[float] = []
    while len(means) < wanted:
        some = min(max(CELLS // count, 1), wanted - len(means))
        drawn = generator.multinomial(count, np.full(count, 1.0 / count), size=some) @ table
        means.extend((drawn[:, 0] / drawn[:, 1]).tolist())
    return [float(end) for end in np.quantile(means, [(1 - share) / 2, (1 + share) / 2])]
