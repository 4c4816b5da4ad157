"""EASE^R: how much each product speaks for each other, in closed form (Steck, "Embarrassingly Shallow Autoencoders", 2019)."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.science import scipy_linalg
from personalization.recommend.learning.weights import Dense, Dual, Supported, Weights

MOST_PRODUCTS = 5_000
MOST_ROWS = 5_000
"""Of people or baskets; past both, only the `MOST_PRODUCTS` with the most support are weighed."""

MIRRORED = 256
"""Rows that are copied together, few enough to stay in the processor's memory."""


def is_weighed_whole(rows: int, products: int) -> bool:
    """Whether all products are weighed, or only those with the most support."""
    return products <= MOST_PRODUCTS or rows <= MOST_ROWS


class Ease:
    """Learns from rows x products (CSR, 0 and 1), for one penalty after the other: what they share is counted once."""

    def __init__(self, matrix: Any, most_products: int = MOST_PRODUCTS, most_rows: int = MOST_ROWS) -> None:
        rows, width = matrix.shape
        self.matrix, self.is_dual, self.width = matrix, width > most_products and rows <= most_rows, width
        self.kept = None if self.is_dual or width <= most_products else supported(matrix, most_products)
        self._products = self._counted()

    def _counted(self) -> NDArray[np.float64]:
        if self.is_dual:
            return gram(self.matrix.T.tocsr())
        return gram(self.matrix if self.kept is None else self.matrix[:, self.kept])

    def weights(self, penalty: float) -> Weights:
        """For the penalty λ on the squares of the weights."""
        if self.is_dual:
            return dual(self.matrix, self._products, penalty)
        weights = primal(self._products, penalty)
        if self.kept is None:
            return weights
        place = np.full(self.width, -1, np.int64)
        place[self.kept] = np.arange(len(self.kept))
        return Supported(self.kept, place, weights)


def gram(matrix: Any) -> NDArray[np.float64]:
    """X'X."""
    product: NDArray[np.float64] = (matrix.T @ matrix).toarray().astype(np.float64)
    return product


def primal(products: NDArray[np.float64], penalty: float) -> Dense:
    """From X'X: P = (X'X + λI)^-1, weights -P_ij / P_jj, none on the diagonal."""
    inverse = _inverse(products, penalty)
    weights = inverse / -np.diag(inverse)
    np.fill_diagonal(weights, 0.0)
    return Dense(_by_rows(weights))


def dual(matrix: Any, people: NDArray[np.float64], penalty: float) -> Dual:
    """The same by Woodbury from XX', which is smaller where there are fewer rows than products: K = (XX' + λI)^-1."""
    half = (matrix.T @ _inverse(people, penalty)).T
    diagonal = np.asarray(matrix.multiply(half).sum(axis=0)).ravel()
    return Dual(matrix, _by_rows(half), diagonal.astype(np.float32))


def _by_rows(weights: NDArray[np.float64]) -> NDArray[np.float32]:
    """Row after row in memory: of a matrix that lies otherwise SciPy makes a copy for each product with a sparse one."""
    return np.ascontiguousarray(weights, np.float32)


def supported(matrix: Any, most: int) -> NDArray[np.int64]:
    """The columns with the most rows."""
    support = np.bincount(matrix.indices, minlength=matrix.shape[1])
    return np.sort(np.argsort(-support, kind="stable")[:most])


def _inverse(matrix: NDArray[np.float64], penalty: float) -> NDArray[np.float64]:
    """(A + λI)^-1 of a symmetric matrix that has no negative eigenvalue."""
    linalg = scipy_linalg()
    shifted = np.array(matrix, order="F")
    shifted[np.diag_indices_from(shifted)] += penalty
    factor, _ = linalg.cho_factor(shifted, lower=True, overwrite_a=True, check_finite=False)
    inverse, failed = linalg.lapack.dpotri(factor, lower=1, overwrite_c=1)
    if failed:
        raise np.linalg.LinAlgError("the matrix has no inverse")
    whole: NDArray[np.float64] = inverse
    for start in range(0, len(whole), MIRRORED):  # only the lower half is there
        here, below = slice(start, start + MIRRORED), slice(start + MIRRORED, None)
        whole[here, below] = whole[below, here].T
        whole[here, here] = np.tril(whole[here, here]) + np.tril(whole[here, here], -1).T
    return whole
