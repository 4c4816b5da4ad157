"""What is told of a model's answers to the questions of a task."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.evaluating.bootstrap import interval
from personalization.recommend.learning.answered import Answered
from personalization.recommend.learning.history import History
from personalization.recommend.learning.metrics import coverage
from personalization.recommend.learning.questions import Question

LENGTHS = ((1, 1), (2, 4), (5, 9), (10, None))
"""Numbers of orders before: from, to."""


def measured(found: Answered, question: Question, history: History) -> dict[str, Any]:
    """n, means, coverage and intervals, fit for JSON."""
    return {
        "n": len(question),
        **_means(found, np.ones(len(question), bool)),
        "coverage": coverage(found.lists, history.width),
        "intervals": {
            "recall_at_10": interval(found.recall, question.people),
            "ndcg_at_10": interval(found.ndcg, question.people),
        },
    }


def difference(ours: Answered, theirs: Answered, question: Question) -> list[float]:
    """The 95 % interval of how much higher our NDCG is, of the same people."""
    return interval(ours.ndcg - theirs.ndcg, question.people)


def by_history(found: Answered, question: Question, history: History) -> list[dict[str, Any]]:
    """The means of people with so many orders before."""
    orders = history.order_counts[question.people]
    rows = []
    for low, high in LENGTHS:
        among = (orders >= low) & (orders <= (high if high is not None else orders))
        rows.append({"from": low, "to": high, "n": int(among.sum()), **_means(found, among)})
    return rows


def popularity_bias(lists: NDArray[np.int64], history: History) -> float:
    """How popular what is shown is: the mean, over all lists, of the products' rank in popularity, 0 the rarest, 1 the first.

    The average recommendation popularity (ARP) of Yin et al., "Challenging the Long Tail Recommendation" (2012), with ranks in
    place of counts, so that shops compare; products drawn by lot give 0.5.
    """
    popular = history.popularity(None)
    levels, place = np.unique(popular, return_inverse=True)
    ends = np.cumsum(np.bincount(place, minlength=len(levels)))
    middle = ends - (np.diff(ends, prepend=0) + 1) / 2
    ranks = middle[place] / max(len(popular) - 1, 1)
    there = lists >= 0
    return float(ranks[lists[there]].mean()) if there.any() else 0.0


def _means(found: Answered, among: NDArray[np.bool_]) -> dict[str, float]:
    if not among.any():
        return {"recall_at_10": 0.0, "ndcg_at_10": 0.0}
    return {"recall_at_10": float(found.recall[among].mean()), "ndcg_at_10": float(found.ndcg[among].mean())}
