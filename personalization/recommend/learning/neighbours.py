"""Item-item tables: how alike two products are by the people, or the baskets, that they share."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.blocks import blocks, together
from personalization.recommend.learning.science import scipy_sparse
from personalization.recommend.learning.weights import Dense, Table, Weights

MOST_PRODUCTS = 5_000
"""Of a table of all pairs; in larger shops each product keeps its nearest `NEIGHBOURS` alone."""

NEIGHBOURS = 500

K1, B = 1.2, 0.75
"""Of BM25, as Robertson and Zaragoza (2009) give them."""


def weighted(matrix: Any, weighting: str) -> Any:
    """Rows x products (CSR), each entry as the weighting ("cosine", "tfidf", "bm25") counts it; a rare product counts more."""
    return WEIGHTINGS[weighting](matrix.astype(np.float32))


def alike(matrix: Any, weighting: str) -> Weights:
    """The similarities as weights: all of them where the products are few."""
    if matrix.shape[1] > MOST_PRODUCTS:
        return Table(similarity(matrix, weighting))
    return Dense(similarity(matrix, weighting, neighbours=None).toarray())


def similarity(matrix: Any, weighting: str, neighbours: int | None = NEIGHBOURS, *, itself: bool = False) -> Any:
    """Products x products (CSR), 0 … 1 with cosine and TF-IDF; nothing on the diagonal but where a product speaks for itself.

    Of each product so many others that it speaks loudest for, and those as loud as the last of them.
    """
    counted = weighted(matrix, weighting)
    speakers, heard = (matrix if weighting == "bm25" else counted).T.tocsr().astype(np.float32), counted

    def part_of(rows: slice) -> Any:
        return _nearest((speakers[rows] @ heard).toarray(), None if itself else rows.start, neighbours)

    parts = together(part_of, blocks(matrix.shape[1], matrix.shape[1]))
    sparse = scipy_sparse()
    return sparse.vstack(parts, format="csr") if parts else sparse.csr_matrix((0, 0), dtype=np.float32)


def _nearest(alike: NDArray[np.float32], start: int | None, neighbours: int | None) -> Any:
    if start is not None:
        rows = np.arange(len(alike))
        alike[rows, rows + start] = 0.0
    if neighbours is not None and neighbours < alike.shape[1]:
        limits = -np.partition(-alike, neighbours - 1, axis=1)[:, neighbours - 1]
        alike[alike < limits[:, None]] = 0.0
    return scipy_sparse().csr_matrix(alike)


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
