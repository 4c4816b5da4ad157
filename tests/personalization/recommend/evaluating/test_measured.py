from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse

from personalization.recommend.evaluating.measured import by_history, difference, measured, popularity_bias
from personalization.recommend.learning.answered import Answered
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.questions import Question
from tests.personalization.recommend.learning.bought import DAY, Line, bought

LINES: list[Line] = [
    ("a", 0, "x"),
    *[("b", day, "x") for day in range(4)],
    *[("c", day, "y") for day in range(10)],
    ("c", 0, "x"),
    ("c", 0, "z"),
]
QUESTION = Question(np.arange(3), scipy.sparse.csr_matrix(np.ones((3, 3))), np.arange(3))
FOUND = Answered(np.array([[0], [0], [1]]), np.array([0.0, 0.5, 1.0]), np.array([0.2, 0.4, 0.6]))


def history() -> History:
    purchases = bought(LINES)
    return history_of(purchases, catalogue_of(purchases, 1), 20 * DAY)


def test_means_coverage_and_intervals() -> None:
    told = measured(FOUND, QUESTION, history())
    assert told["n"] == 3
    assert told["recall_at_10"] == 0.5
    assert told["ndcg_at_10"] == pytest.approx(0.4)
    assert told["coverage"] == pytest.approx(2 / 3)
    low, high = told["intervals"]["ndcg_at_10"]
    assert 0.2 <= low < 0.4 < high <= 0.6


def test_people_by_how_many_orders_they_had() -> None:
    rows = by_history(FOUND, QUESTION, history())
    assert [(row["from"], row["to"], row["n"], row["recall_at_10"]) for row in rows] == [
        (1, 1, 1, 0.0),
        (2, 4, 1, 0.5),
        (5, 9, 0, 0.0),
        (10, None, 1, 1.0),
    ]


def test_the_difference_is_paired() -> None:
    better = FOUND._replace(ndcg=FOUND.ndcg + 0.1)
    assert difference(better, FOUND, QUESTION) == [pytest.approx(0.1), pytest.approx(0.1)]


def test_the_first_in_popularity_is_1_and_equals_share_their_rank() -> None:
    """x has three buyers, y and z one each."""
    assert popularity_bias(np.array([[0, -1]]), history()) == 1.0
    assert popularity_bias(np.array([[1, 2]]), history()) == 0.25
    assert popularity_bias(np.array([[0, 1, 2]]), history()) == pytest.approx(0.5)
    assert popularity_bias(np.array([[-1]]), history()) == 0.0
