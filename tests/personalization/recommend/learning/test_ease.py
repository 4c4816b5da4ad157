from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse

from personalization.recommend.learning.ease import Ease, primal
from personalization.recommend.learning.weights import Dense, Dual, Supported

BOUGHT = scipy.sparse.csr_matrix((np.random.default_rng(5).random((12, 30)) < 0.3).astype(np.float32))
ROWS = BOUGHT[:4].multiply(0.5).tocsr().astype(np.float32)
LISTS = np.array([[0, 5], [1, 2], [29, 3], [7, 7]])


def pair(penalty: float = 3.0) -> tuple[Dense, Dual]:
    dense, dual = Ease(BOUGHT).weights(penalty), Ease(BOUGHT, most_products=10).weights(penalty)
    assert isinstance(dense, Dense)
    assert isinstance(dual, Dual)
    return dense, dual


def test_two_products_by_hand() -> None:
    """X'X = [[2, 1], [1, 1]] and λ = 1: P = [[2, -1], [-1, 3]] / 5, so that 1 speaks for 0 with 1/2 and 0 for 1 with 1/3."""
    weights = primal(np.array([[2.0, 1.0], [1.0, 1.0]]), 1.0).weights
    assert weights == pytest.approx(np.array([[0, 1 / 3], [1 / 2, 0]]), abs=1e-7)


def test_the_dual_scores_as_the_primal() -> None:
    dense, dual = pair()
    assert dual.scores(ROWS) == pytest.approx(dense.scores(ROWS), abs=1e-6)


def test_the_dual_speaks_as_the_primal() -> None:
    dense, dual = pair()
    assert dual.spoken(ROWS, LISTS) == pytest.approx(dense.spoken(ROWS, LISTS), abs=1e-6)
    assert dual.column(7) == pytest.approx(dense.column(7), abs=1e-6)


def test_weights_solve_the_regression_of_each_product_on_the_others() -> None:
    """Column j minimises |x_j - X b|² + λ|b|² with b_j = 0."""
    exact, penalty = BOUGHT.toarray().astype(float), 3.0
    others = np.delete(exact, 7, axis=1)
    solved = np.linalg.solve(others.T @ others + penalty * np.eye(29), others.T @ exact[:, 7])
    assert np.delete(pair(penalty)[0].column(7), 7) == pytest.approx(solved, abs=1e-6)


def test_past_both_limits_only_the_supported_speak() -> None:
    weights = Ease(BOUGHT, most_products=10, most_rows=5).weights(3.0)
    assert isinstance(weights, Supported)
    kept = weights.kept.tolist()
    assert len(kept) == 10
    lowest = min(np.bincount(BOUGHT.indices, minlength=30)[kept])
    assert all(count <= lowest for item, count in enumerate(np.bincount(BOUGHT.indices, minlength=30)) if item not in kept)
    alone = Ease(BOUGHT[:, kept]).weights(3.0)
    scores = weights.scores(ROWS)
    assert scores[:, kept] == pytest.approx(alone.scores(ROWS[:, kept]))
    left_out = next(item for item in range(30) if item not in kept)
    assert scores[:, left_out].tolist() == [0.0] * 4
    assert weights.column(left_out).tolist() == [0.0] * 30
    assert weights.column(kept[0])[kept] == pytest.approx(alone.column(0))
    lists = np.array([[kept[0], left_out]] * 4)
    spoken = weights.spoken(ROWS, lists)
    assert spoken[:, 1].tolist() == [0.0] * ROWS.nnz
    assert spoken[:, 0] == pytest.approx(np.concatenate([weights.column(kept[0])[[item]] for item in ROWS.indices]))
