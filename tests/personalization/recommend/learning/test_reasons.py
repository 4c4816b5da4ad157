from __future__ import annotations

import numpy as np
import scipy.sparse

from personalization.recommend.learning.models import Linear, Trending
from personalization.recommend.learning.reasons import reasons
from personalization.recommend.learning.weights import Dense

WEIGHTS = np.array([[0, 0.2, 0.9, 0], [0.1, 0, 0.3, -0.5], [0, 0, 0, 0], [0, 0.4, 0, 0]], np.float32)
SPOKEN = scipy.sparse.csr_matrix(np.array([[1, 1, 0, 0], [0, 0, 0, 0], [1, 0, 0, 1]], np.float32))


def test_the_loudest_of_what_was_bought() -> None:
    found = reasons([Linear(SPOKEN, Dense(WEIGHTS))], np.array([0, 1, 2]), np.array([[2, 3], [0, 1], [1, -1]]))
    assert found.tolist() == [[0, -1], [-1, -1], [3, -1]]


def test_the_model_inside_a_trend_is_asked() -> None:
    trending = Trending(Linear(SPOKEN, Dense(WEIGHTS)), np.ones(4, np.float32))
    assert reasons([trending], np.array([2]), np.array([[1, 2]])).tolist() == [[3, 0]]


def test_models_in_which_no_product_speaks_have_no_reason() -> None:
    assert reasons([lambda asked: SPOKEN.toarray()], np.array([0]), np.array([[2, 3]])).tolist() == [[-1, -1]]
