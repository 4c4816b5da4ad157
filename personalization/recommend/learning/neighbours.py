"""Item-item tables: how alike two products are by the people, or the baskets, that they share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.science import scipy_sparse

K1, B = 1.2, 0.75
"""Of BM25, as Robertson and Zaragoza (2009) give them."""


def weighted(matrix: Any, weighting: str) -> Any:
    """Rows x products (CSR), each entry as the weighting ("cosine", "tfidf", "bm25") counts it; a rare product counts more."""
    return WEIGHTINGS[weighting](matrix.astype(np.float32))


def similarity(matrix: Any, weighting: str) -> Any:
    """Products x products (CSR), 0 … 1 with cosine and TF-IDF; nothing on the diagonal."""
    counted = weighted(matrix, weighting)
    alike = (counted.T @ counted).tocsr()
    if weighting == "bm25":
        alike = (matrix.T @ counted).tocsr()
    alike.setdiag(0.0)
    alike.eliminate_zeros()
    return alike.astype(np.float32)


def _cosine(matrix: Any) -> Any:
    return matrix @ _diagonal(1.0 / np.sqrt(np.maximum(_sums(matrix.multiply(matrix)), 1e-12)))


def _tfidf(matrix: Any) -> Any:
    """Rows with many products say less about each of them; then as cosine."""
    sizes = np.maximum(np.diff(matrix.indptr), 1)
    idf = np.log1p(matrix.shape[1] / sizes)
    return _cosine(_diagonal(idf.astype(np.float32)) @ matrix)


def _bm25(matrix: Any) -> Any:
    counts = np.bincount(matrix.indices, minlength=matrix.shape[1])
    idf = np.log1p((matrix.shape[0] - counts + 0.5) / (counts + 0.5))
    lengths = np.asarray(matrix.sum(axis=1)).ravel()
    norms = 1.0 - B + B * lengths / max(lengths.mean() if len(lengths) else 0.0, 1e-12)
    entries = np.repeat(K1 * norms, np.diff(matrix.indptr))
    data = matrix.data * (K1 + 1.0) / (matrix.data + entries) * idf[matrix.indices]
    return scipy_sparse().csr_matrix((data.astype(np.float32), matrix.indices, matrix.indptr), shape=matrix.shape)


WEIGHTINGS = {"cosine": _cosine, "tfidf": _tfidf, "bm25": _bm25}


def _sums(matrix: Any) -> NDArray[np.float32]:
    return np.asarray(matrix.sum(axis=0)).ravel()


def _diagonal(values: NDArray[Any]) -> Any:
    return scipy_sparse().diags_array(values.astype(np.float32)).tocsr()
