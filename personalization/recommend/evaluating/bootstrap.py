"""How far a mean may be off by chance: intervals by the bootstrap over people (Efron & Tibshirani 1993, percentiles)."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

RESAMPLES = 1_000
MANY = 20_000
"""People past whom fewer resamples do: then an interval is narrow, and its ends vary little."""

SEED = 1
CELLS = 4_000_000

MOST_REMEMBERED = 20_000_000
"""Draws, of two bytes each."""


def interval(values: NDArray[Any], people: NDArray[Any], share: float = 0.95) -> list[float]:
    """[low, high] of the mean of the values, drawing people with all their rows; [0, 0] without any.

    With the difference of two models' values it is the paired interval of the difference.
    """
    if not len(values):
        return [0.0, 0.0]
    _, group = np.unique(people, return_inverse=True)
    table = np.stack([np.bincount(group, values), np.bincount(group)], axis=1)
    drawn = np.concatenate([some @ table for some in _draws(len(table))])
    means = drawn[:, 0] / drawn[:, 1]
    return [float(end) for end in np.quantile(means, [(1 - share) / 2, (1 + share) / 2])]


def _draws(count: int) -> Iterator[NDArray[Any]]:
    """How often each of so many people is drawn, a row a resample; in blocks."""
    wanted = RESAMPLES if count <= MANY else RESAMPLES // 5
    if wanted * count > MOST_REMEMBERED:
        yield from _drawn(count, wanted)
    else:
        some, whole = max(CELLS // count, 1), _remembered(count, wanted)
        yield from (whole[start : start + some] for start in range(0, wanted, some))


@lru_cache(maxsize=3)
def _remembered(count: int, wanted: int) -> NDArray[np.uint16]:
    """Those of as many people as a task asks: its dozen intervals are of the same resamples, which take most of the time."""
    return np.concatenate([some.astype(np.uint16) for some in _drawn(count, wanted)])


def _drawn(count: int, wanted: int) -> Iterator[NDArray[np.int64]]:
    generator, shares, some = np.random.default_rng(SEED), np.full(count, 1.0 / count), max(CELLS // count, 1)
    for start in range(0, wanted, some):
        yield generator.multinomial(count, shares, size=min(some, wanted - start))
