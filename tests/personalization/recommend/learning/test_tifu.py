from __future__ import annotations

import numpy as np
import pytest

from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.tifu import habits, mean_of_nearest, tifu
from tests.personalization.recommend.learning.bought import DAY, Line, bought


def history(lines: list[Line]) -> History:
    purchases = bought(lines)
    return history_of(purchases, catalogue_of(purchases, 1), 100 * DAY)


def test_orders_decay_within_groups_and_groups_between() -> None:
    """Five orders in three groups of at most two: [1], [2, 3], [4, 5] with rates 0.9 and 0.7."""
    told = history([("a", day, f"p{day}") for day in range(1, 6)])
    expected = [0.7**2 / 1, 0.7 * 0.9 / 2, 0.7 / 2, 0.9 / 2, 1 / 2]
    assert habits(told, 3, 0.9, 0.7).toarray()[0] == pytest.approx(np.array(expected) / 3)


def test_one_group_of_one_order_counts_one() -> None:
    assert habits(history([("a", 1, "x")]), 7, 0.9, 0.7).toarray().tolist() == [[1.0]]


def test_own_habits_and_those_of_the_nearest() -> None:
    told = history([("a", 1, "x"), ("b", 1, "x"), ("b", 1, "y"), ("c", 1, "z")])
    scores = tifu(told, groups=7, within=0.9, between=0.7, neighbours=1, own=0.75)(np.array([0]))
    assert scores.tolist() == [[1.0, 0.25, 0.0]]


def test_nobody_is_her_own_neighbour() -> None:
    told = history([("a", 1, "x")])
    vectors = told.bought
    assert mean_of_nearest(vectors, np.array([0]), vectors, np.array([0]), 5).tolist() == [[0.0]]
