from __future__ import annotations

import numpy as np
import pytest
import scipy.sparse

from personalization.recommend.learning.neighbours import alike, similarity
from personalization.recommend.learning.weights import Dense, Table

BOUGHT = scipy.sparse.csr_matrix(np.array([[1, 1, 0], [1, 0, 0], [1, 1, 1]], np.float32))


def test_cosine_by_hand() -> None:
    root = np.sqrt
    expected = [[0, 2 / root(6), 1 / root(3)], [2 / root(6), 0, 1 / root(2)], [1 / root(3), 1 / root(2), 0]]
    assert similarity(BOUGHT, "cosine").toarray() == pytest.approx(np.array(expected))


def test_with_tfidf_long_rows_say_less() -> None:
    """Rows of 2, 1 and 3 products weigh log(1 + 3/2), log(1 + 3) and log(1 + 1)."""
    first, second, third = np.log(2.5), np.log(4), np.log(2)
    expected = (first**2 + third**2) / np.sqrt(first**2 + second**2 + third**2) / np.sqrt(first**2 + third**2)
    assert similarity(BOUGHT, "tfidf")[0, 1] == pytest.approx(expected)


def test_with_bm25_a_product_that_all_buy_says_least() -> None:
    table = similarity(BOUGHT, "bm25").toarray()
    assert table[1, 0] < table[0, 1]


def test_only_the_nearest_are_kept() -> None:
    assert (similarity(BOUGHT, "cosine", neighbours=1).toarray() > 0).tolist() == [
        [False, True, False],
        [True, False, False],
        [False, True, False],
    ]


def test_a_product_can_speak_for_itself() -> None:
    assert similarity(BOUGHT, "cosine", neighbours=1, itself=True).toarray() == pytest.approx(np.eye(3))


def test_a_table_scores_and_speaks_as_all_weights_do() -> None:
    dense = alike(BOUGHT, "cosine")
    table = Table(similarity(BOUGHT, "cosine", neighbours=None))
    assert isinstance(dense, Dense)
    assert table.scores(BOUGHT) == pytest.approx(dense.scores(BOUGHT))
    lists = np.array([[0, 1], [1, 2], [2, 0]])
    assert table.spoken(BOUGHT, lists) == pytest.approx(dense.spoken(BOUGHT, lists))
    assert table.column(2) == pytest.approx(dense.column(2))


@pytest.mark.parametrize("weighting", ["cosine", "tfidf", "bm25"])
def test_a_product_that_nobody_bought_is_like_none(weighting: str) -> None:
    unsold = scipy.sparse.csr_matrix(np.array([[1, 1, 0]], np.float32))
    assert similarity(unsold, weighting).toarray()[2].tolist() == [0.0, 0.0, 0.0]
    assert np.isfinite(similarity(unsold, weighting).toarray()).all()
