"""EASE^R: how much each product speaks for each other, in closed form (Steck, "Embarrassingly Shallow Autoencoders", 2019)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.science import scipy_linalg, scipy_sparse

MOST_PRODUCTS = 5_000
MOST_ROWS = 5_000
"""Of people or baskets; past both, only the `MOST_PRODUCTS` with the most support are weighed."""

Weights = NDArray[np.float32]


def ease(matrix: Any, penalty: float) -> Weights:
    """Products x products from rows x products (CSR): a row of what was bought, times this, scores all products."""
    rows, width = matrix.shape
    if width <= MOST_PRODUCTS:
        return ease_primal(gram(matrix), penalty)
    if rows <= MOST_ROWS:
        return ease_dual(matrix, penalty)
    return ease_of_the_supported(matrix, penalty)


def gram(matrix: Any) -> NDArray[np.float64]:
    """X'X."""
    product: NDArray[np.float64] = (matrix.T @ matrix).toarray().astype(np.float64)
    return product


def ease_primal(products: NDArray[np.float64], penalty: float) -> Weights:
    """From X'X: P = (X'X + λI)^-1, weights -P_ij / P_jj, none on the diagonal."""
    inverse = _inverse(products, penalty)
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return weights.astype(np.float32)


def ease_dual(matrix: Any, penalty: float) -> Weights:
    """The same by Woodbury, from XX', which is smaller where there are fewer rows than products.

    K = (XX' + λI)^-1; P_jj = (1 - x_j'K x_j) / λ; weights (X'K X)_ij / (λ P_jj), none on the diagonal.
    """
    exact = matrix.astype(np.float64)
    inverse = _inverse((exact @ exact.T).toarray(), penalty)
    half = exact.T @ inverse  # products x rows
    weights = (exact.T @ half.T).T if scipy_sparse().issparse(half) else np.asarray(exact.T.dot(half.T)).T
    diagonal = 1.0 - np.diag(weights)
    weights = weights / diagonal
    np.fill_diagonal(weights, 0.0)
    return weights.astype(np.float32)


def ease_of_the_supported(matrix: Any, penalty: float) -> Weights:
    """The same among the products with the most rows; the others neither speak nor are spoken for."""
    support = np.bincount(matrix.indices, minlength=matrix.shape[1])
    kept = np.sort(np.argsort(-support, kind="stable")[:MOST_PRODUCTS])
    weights = np.zeros((matrix.shape[1],) * 2, np.float32)
    weights[np.ix_(kept, kept)] = ease_primal(gram(matrix[:, kept]), penalty)
    return weights


def _inverse(matrix: NDArray[np.float64], penalty: float) -> NDArray[np.float64]:
    """(A + λI)^-1 of a symmetric matrix that has no negative eigenvalue."""
    linalg = scipy_linalg()
    shifted = matrix.copy()
    shifted[np.diag_indices_from(shifted)] += penalty
    factor = linalg.cho_factor(shifted, lower=True, overwrite_a=True, check_finite=False)
    inverse, failed = linalg.lapack.dpotri(factor[0], lower=1, overwrite_c=1)
    if failed:
        raise np.linalg.LinAlgError("the matrix has no inverse")
    whole: NDArray[np.float64] = inverse
    for row in range(len(whole)):  # only the lower half is there
        whole[row, row + 1 :] = whole[row + 1 :, row]
    return whole
