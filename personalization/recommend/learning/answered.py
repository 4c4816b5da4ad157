"""Answers to the questions of an evaluation: the lists that a scorer makes, and how good they are."""

from __future__ import annotations

from typing import Any, NamedTuple

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.blocks import blocks
from personalization.recommend.learning.history import History
from personalization.recommend.learning.metrics import LISTED, Floats, best, hits, ndcg, recall
from personalization.recommend.learning.models import Scorer
from personalization.recommend.learning.questions import Question
from personalization.recommend.learning.weights import Scores


class Answered(NamedTuple):
    """Lists (columns of the catalogue, -1 for none), and of each its recall and NDCG."""

    lists: NDArray[np.int64]
    recall: Floats
    ndcg: Floats


def answered(
    task: str, question: Question, scorer: Scorer, history: History, allowed: NDArray[np.bool_] | None = None
) -> Answered:
    """What the scorer answers: for "new" nothing that was bought, for "basket" nothing that is seen, and the allowed alone."""
    lists = np.full((len(question), LISTED), -1, np.int64)
    for rows in blocks(len(question), history.width):
        asked = question.asked[rows]
        scores = without(task, scorer(asked), asked, history)
        if allowed is not None:
            scores[:, ~allowed] = -np.inf
        top = best(scores, LISTED)
        lists[rows, : top.shape[1]] = top
    found = hits(lists, question.answers)
    return Answered(lists, recall(found, question.answers), ndcg(found, question.answers))


def without(task: str, scores: Scores, asked: Any, history: History) -> Scores:
    """The scores with -inf where a product is no answer."""
    if task == "next":
        return scores
    known = history.bought[asked] if task == "new" else asked
    scores = scores.copy()
    scores[known.nonzero()] = -np.inf
    return scores
