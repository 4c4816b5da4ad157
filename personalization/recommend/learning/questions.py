"""What models are asked: who buys what after a moment, by task."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.distinct import distinct
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.science import scipy_sparse
from segmentation.store.purchases import Purchases

TASKS = ("next", "new", "basket")

LEAST_BASKET = 4
"""Products of a basket half of which can be hidden."""

MOST_BASKETS = 4_000
SEED = 20_110_921


class Question(NamedTuple):
    """`asked` are people's numbers, or what is seen of baskets (CSR); `answers` has a row for each, 1 for what was bought.

    `people` says whose rows they are.
    """

    asked: Any
    answers: Any
    people: NDArray[np.int64]

    def __len__(self) -> int:
        return int(self.answers.shape[0])


def questions_of(history: History, later: Purchases, most: int | None = None) -> Mapping[str, Question]:
    """What those of the history bought later, of its catalogue; of at most so many people, drawn with a fixed seed.

    next: a person's first order since with anything of the catalogue; new: all that she bought since and never before;
    basket: the other half of an order.
    """
    since = history_of(later, history.catalogue, history.now)
    return {
        "next": _drawn(_next(history, since), most),
        "new": _drawn(_new(history, since), most),
        "basket": _baskets(since, min(most or MOST_BASKETS, MOST_BASKETS)),
    }


def _next(history: History, since: History) -> Question:
    first = np.full(history.people, -1, np.int64)
    first[since.person[::-1]] = since.order[::-1]  # the earliest is written last
    lines = since.order == first[since.person]
    return _of_known(history, since.person[lines], since.item[lines])


def _new(history: History, since: History) -> Question:
    width = max(history.width, 1)
    before = distinct(history.person.astype(np.int64) * width + history.item)
    after = distinct(since.person.astype(np.int64) * width + since.item)
    fresh = after[~np.isin(after, before, assume_unique=True)]
    return _of_known(history, fresh // width, fresh % width)


def _of_known(history: History, person: NDArray[Any], item: NDArray[Any]) -> Question:
    """Only of people who bought before: of others nothing is known."""
    known = np.zeros(history.people, bool)
    known[history.person] = True
    lines = known[person]
    people, rows = np.unique(person[lines], return_inverse=True)
    return Question(people, _ones(rows, item[lines], (len(people), history.width)), people)


def _baskets(since: History, most: int) -> Question:
    """Of each order a half that is seen (the smaller) and one that is hidden."""
    generator = np.random.default_rng(SEED)
    baskets = since.baskets
    large = np.flatnonzero(np.diff(baskets.indptr) >= LEAST_BASKET)
    if len(large) > most:
        large = np.sort(generator.choice(large, most, replace=False))
    baskets = baskets[large]
    sizes = np.diff(baskets.indptr)
    rows = np.repeat(np.arange(len(large)), sizes)
    shuffled = np.lexsort((generator.random(baskets.nnz), rows))
    rank = np.arange(baskets.nnz) - np.repeat(baskets.indptr[:-1], sizes)
    seen = rank < np.repeat(sizes // 2, sizes)
    items = baskets.indices[shuffled]
    _, first = np.unique(since.order, return_index=True)
    people = since.person[first][large].astype(np.int64)
    return Question(_ones(rows[seen], items[seen], baskets.shape), _ones(rows[~seen], items[~seen], baskets.shape), people)


def _drawn(question: Question, most: int | None) -> Question:
    if most is None or len(question) <= most:
        return question
    rows = np.sort(np.random.default_rng(SEED).choice(len(question), most, replace=False))
    return Question(question.asked[rows], question.answers[rows], question.people[rows])


def _ones(rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> Any:
    matrix = scipy_sparse().csr_matrix((np.ones(len(rows), np.float32), (rows, columns)), shape=shape)
    matrix.sum_duplicates()
    matrix.data[:] = 1.0
    return matrix
