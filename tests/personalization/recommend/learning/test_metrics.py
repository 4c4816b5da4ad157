from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse
from hypothesis import given
from hypothesis import strategies as st

from personalization.recommend.learning.metrics import best, coverage, hits, ndcg, recall


def test_the_best_are_in_order_and_of_equals_the_lower_number() -> None:
    scores = np.array([[1, 3, 3, 2], [0, 0, 0, 0]], np.float32)
    assert best(scores, 2).tolist() == [[1, 2], [0, 1]]
    assert best(scores, 3).tolist() == [[1, 2, 3], [0, 1, 2]]


def test_what_has_no_score_is_not_listed() -> None:
    assert best(np.array([[-np.inf, 1, -np.inf], [-np.inf] * 3], np.float32), 2).tolist() == [[1, -1], [-1, -1]]


def test_lists_are_no_longer_than_the_catalogue() -> None:
    assert best(np.array([[1, 2]], np.float32), 10).tolist() == [[1, 0]]
    assert best(np.zeros((1, 0), np.float32), 10).shape == (1, 0)


@given(st.lists(st.lists(st.integers(0, 3), min_size=6, max_size=6), min_size=1, max_size=5), st.integers(1, 6))
def test_the_best_are_those_of_a_stable_sort(rows: list[list[int]], count: int) -> None:
    scores = np.array(rows, np.float32)
    assert best(scores, count).tolist() == np.argsort(-scores, axis=1, kind="stable")[:, :count].tolist()


def test_a_whole_shop_of_equals_is_cut_in_the_order_of_numbers() -> None:
    scores = np.zeros((2, 50), np.float32)
    scores[0, [7, 40]], scores[1, 3] = (1.0, 2.0), -np.inf
    assert best(scores, 4).tolist() == [[40, 7, 0, 1], [0, 1, 2, 4]]


def test_recall_and_ndcg_of_known_lists() -> None:
    answers = scipy.sparse.csr_matrix([[1, 1, 0, 0, 1], [0, 0, 1, 0, 0]])
    found = hits(np.array([[0, 3, 1], [0, 1, -1]]), answers)
    assert found.tolist() == [[True, False, True], [False, False, False]]
    assert recall(found, answers).tolist() == [pytest.approx(2 / 3), 0.0]
    ideal = 1 + 1 / np.log2(3) + 1 / np.log2(4)
    assert ndcg(found, answers).tolist() == [pytest.approx((1 + 1 / 2) / ideal), 0.0]


def test_ten_right_of_twelve_answers_are_a_perfect_list() -> None:
    answers = scipy.sparse.csr_matrix(np.ones((1, 12)))
    found = hits(np.arange(10)[None], answers)
    assert ndcg(found, answers).tolist() == [pytest.approx(1.0)]
    assert recall(found, answers).tolist() == [pytest.approx(10 / 12)]


def test_coverage_is_the_share_of_the_catalogue_in_any_list() -> None:
    assert coverage(np.array([[0, 1], [1, -1]]), 8) == 0.25
    assert coverage(np.empty((0, 10), np.int64), 0) == 0.0
