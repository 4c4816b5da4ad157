"""TIFU-KNN: habits by groups of orders, and those of the people with the most alike (Hu et al., SIGIR 2020)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.blocks import blocks
from personalization.recommend.learning.history import History
from personalization.recommend.learning.science import scipy_sparse
from personalization.recommend.learning.weights import Scores

MOST_PEOPLE = 10_000
"""Among whom neighbours are looked for; in larger shops these, drawn with a fixed seed, are everybody's neighbours."""

SEED = 3


def habits(history: History, groups: int, within: float, between: float) -> Any:
    """People x catalogue (CSR): orders in so many groups of equal size, the last ones full (the first may be smaller).

    An order counts `within` to the power of how many of its group follow it, divided by the group's size; a group `between` to
    the power of how many groups follow it, divided by the number of groups.
    """
    rank, count = history.orders
    size = np.maximum(-(-count // groups), 1)
    back = count - 1 - rank
    group, position = back // size, back % size
    number = -(-count // size)
    length = np.where(group == number - 1, count - (number - 1) * size, size)
    weights = within**position * between**group / (length * number)
    return history.summed(weights.astype(np.float32))


def tifu(history: History, *, groups: int, within: float, between: float, neighbours: int, own: float) -> Callable[[Any], Scores]:
    """A person's habits times `own`, and the mean of the nearest neighbours' times the rest."""
    name = ("habits", groups, within, between)
    vectors = history.kept(name, lambda: habits(history, groups, within, between))
    pool = history.kept("pool", lambda: _pool(history))
    theirs = vectors[pool]
    return lambda people: (
        own * vectors[people].toarray() + (1 - own) * mean_of_nearest(vectors[people], people, theirs, pool, neighbours)
    )


def mean_of_nearest(mine: Any, people: NDArray[np.int64], theirs: Any, pool: NDArray[np.int64], neighbours: int) -> Scores:
    """The mean of the vectors nearest to each of mine by Euclid, nobody being her own neighbour."""
    count = min(neighbours, len(pool) - 1)
    if count < 1:
        return np.zeros(mine.shape, np.float32)
    lengths = np.asarray(theirs.multiply(theirs).sum(axis=1)).ravel()
    nearest = []
    for rows in blocks(mine.shape[0], len(pool)):
        far = lengths - 2.0 * (mine[rows] @ theirs.T).toarray()
        far[people[rows][:, None] == pool] = np.inf
        nearest.append(np.argpartition(far, count - 1, axis=1)[:, :count])
    columns = np.concatenate(nearest) if nearest else np.empty((0, count), np.int64)
    shape = (mine.shape[0], len(pool))
    rows_of = np.repeat(np.arange(shape[0]), count)
    mean = scipy_sparse().csr_matrix((np.full(columns.size, 1.0 / count, np.float32), (rows_of, columns.ravel())), shape=shape)
    return np.asarray((mean @ theirs).toarray(), np.float32)


def _pool(history: History) -> NDArray[np.int64]:
    people = np.unique(history.person).astype(np.int64)
    if len(people) <= MOST_PEOPLE:
        return people
    return np.sort(np.random.default_rng(SEED).choice(people, MOST_PEOPLE, replace=False))
