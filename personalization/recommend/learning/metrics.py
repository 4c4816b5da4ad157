"""How good lists are, one number a list: recall, NDCG with binary relevance, and the coverage of all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

LISTED = 10
"""How many products of a list count."""

Floats = NDArray[np.float64]


def best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Of each row the columns with the highest scores, best first, of equals the lower number; -1 past those above -inf."""
    count = min(count, scores.shape[1])
    if count <= 0:
        return np.empty((len(scores), 0), np.int64)
    limits = -np.partition(-scores, count - 1, axis=1)[:, count - 1 : count]
    found = np.empty((len(scores), count), np.int64)
    # Those at the limit may be more than fit: of them the lowest numbers stay.
    above = scores > limits
    level = scores == limits
    room = count - above.sum(axis=1, keepdims=True)
    taken = above | (level & (np.cumsum(level, axis=1) <= room))
    columns = np.nonzero(taken)[1].reshape(len(scores), count)
    values = np.take_along_axis(scores, columns, axis=1)
    order = np.argsort(-values, axis=1, kind="stable")
    found[:] = np.take_along_axis(columns, order, axis=1)
    found[np.take_along_axis(values, order, axis=1) == -np.inf] = -1
    return found


def hits(lists: NDArray[np.int64], answers: Any) -> NDArray[np.bool_]:
    """Which products of the lists (columns, -1 for none) are among the answers (CSR with a row for each list)."""
    if not lists.size:
        return np.zeros(lists.shape, bool)
    width = answers.shape[1] + 1
    rows = np.arange(len(lists))
    right = np.repeat(rows, np.diff(answers.indptr)) * width + answers.indices
    found: NDArray[np.bool_] = np.isin(rows[:, None] * width + np.where(lists < 0, width - 1, lists), right)
    return found


def recall(found: NDArray[np.bool_], answers: Any) -> Floats:
    """Of each list, the share of the answers that it has."""
    count: Floats = found.sum(axis=1) / np.maximum(np.diff(answers.indptr), 1)
    return count


def ndcg(found: NDArray[np.bool_], answers: Any) -> Floats:
    """Of each list, its discounted gain against that of the best list so long (Järvelin & Kekäläinen 2002; gains 0 and 1)."""
    length = found.shape[1]
    discounts = 1.0 / np.log2(np.arange(2, LISTED + 2))
    ideal = np.concatenate([[0.0], np.cumsum(discounts)])[np.minimum(np.diff(answers.indptr), LISTED)]
    gain: Floats = found @ discounts[:length] / np.maximum(ideal, discounts[-1])
    return gain


def coverage(lists: NDArray[np.int64], width: int) -> float:
    """The share of the catalogue that stands in any list."""
    return len(np.unique(lists[lists >= 0])) / max(width, 1)
