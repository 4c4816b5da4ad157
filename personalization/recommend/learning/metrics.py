"""How good lists are, one number a list: recall, NDCG with binary relevance, and the coverage of all of them."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

LISTED = 10
"""How many products of a list count."""

LOWEST = np.finfo(np.float32).min
"""Any score is as high; -inf is none."""

MOST_TIES = 2
"""Times as many as are listed may be as good as the last before they are cut: whole shops of equals take long to be sorted."""

Floats = NDArray[np.float64]


def best(scores: NDArray[np.float32], count: int) -> NDArray[np.int64]:
    """Of each row the columns with the highest scores, best first, of equals the lower number; -1 past those above -inf."""
    count = min(count, scores.shape[1])
    found = np.full((len(scores), max(count, 0)), -1, np.int64)
    if not found.size:
        return found
    limits = np.partition(scores, scores.shape[1] - count, axis=1)[:, scores.shape[1] - count]
    there = scores >= np.maximum(limits, LOWEST)[:, None]
    if np.count_nonzero(there) > MOST_TIES * found.size:
        there &= ~_surplus(scores, limits, count)
    rows, columns = np.divmod(np.flatnonzero(there), scores.shape[1])  # eight times as fast as np.nonzero of two dimensions
    order = np.lexsort((columns, -scores[rows, columns], rows))
    rows, columns = rows[order], columns[order]
    place = np.arange(len(rows)) - np.searchsorted(rows, np.arange(len(scores)))[rows]
    fits = place < count
    found[rows[fits], place[fits]] = columns[fits]
    return found


def _surplus(scores: NDArray[np.float32], limits: NDArray[np.float32], count: int) -> NDArray[np.bool_]:
    """Of the many that are as good as the last of a list, those that have no room in it."""
    ties = scores == limits[:, None]
    room = count - np.count_nonzero(scores > limits[:, None], axis=1)
    surplus: NDArray[np.bool_] = ties & (np.cumsum(ties, axis=1, dtype=np.int32) > room[:, None])
    return surplus


def hits(lists: NDArray[np.int64], answers: Any) -> NDArray[np.bool_]:
    """Which products of the lists (columns, -1 for none) are among the answers (CSR with a row for each list)."""
    if not lists.size:
        return np.zeros(lists.shape, bool)
    width = answers.shape[1] + 1
    rows = np.arange(len(lists))
    right = np.sort(np.repeat(rows, np.diff(answers.indptr)) * width + answers.indices)
    asked = rows[:, None] * width + np.where(lists < 0, width - 1, lists)
    found: NDArray[np.bool_] = np.append(right, -1)[np.searchsorted(right, asked)] == asked
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
