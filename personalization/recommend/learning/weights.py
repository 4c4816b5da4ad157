"""How loudly products speak for products: the four shapes in which that fits into memory."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Scores = NDArray[np.float32]
Columns = NDArray[np.int64]


class Weights(Protocol):
    """Products by products: w_ij is what a purchase of i counts for j."""

    def scores(self, rows: Any) -> Scores:
        """Rows of purchases (CSR) times the weights."""
        ...

    def spoken(self, rows: Any, lists: Columns) -> Scores:
        """Of each entry of the rows, in their order, what it counts for each product of its row's list."""
        ...

    def column(self, item: int) -> Scores:
        """What each product counts for this one."""
        ...


def row_of_entries(rows: Any) -> Columns:
    """Of each entry of a CSR matrix the number of its row."""
    return np.repeat(np.arange(rows.shape[0]), np.diff(rows.indptr))


@dataclass(frozen=True)
class Dense:
    """All weights, of few products."""

    weights: Scores

    def scores(self, rows: Any) -> Scores:
        return np.asarray(rows @ self.weights, np.float32)

    def spoken(self, rows: Any, lists: Columns) -> Scores:
        found: Scores = self.weights[rows.indices[:, None], lists[row_of_entries(rows)]]
        return found

    def column(self, item: int) -> Scores:
        return self.weights[:, item]


@dataclass(frozen=True)
class Table:
    """Those to the nearest neighbours alone (CSR)."""

    weights: Any

    def scores(self, rows: Any) -> Scores:
        return np.asarray((rows @ self.weights).toarray(), np.float32)

    def spoken(self, rows: Any, lists: Columns) -> Scores:
        columns = lists[row_of_entries(rows)]
        if not columns.size:
            return np.zeros(columns.shape, np.float32)
        found = self.weights[np.repeat(rows.indices, columns.shape[1]), columns.ravel()]
        return np.asarray(found, np.float32).reshape(columns.shape)

    def column(self, item: int) -> Scores:
        return np.asarray(self.weights[:, [item]].toarray(), np.float32).ravel()


@dataclass(frozen=True)
class Dual:
    """(X'K X)_ij / (1 - d_j), none on the diagonal, kept as X (CSR), `half` = K X and d = diag(X'K X)."""

    matrix: Any
    half: Scores
    diagonal: Scores

    def scores(self, rows: Any) -> Scores:
        met = (rows @ self.matrix.T).tocsr()
        scores = np.asarray(met @ self.half, np.float32)
        entries = row_of_entries(rows), rows.indices
        scores[entries] -= rows.data * self.diagonal[rows.indices]
        return np.asarray(scores / (1.0 - self.diagonal), np.float32)

    def spoken(self, rows: Any, lists: Columns) -> Scores:
        turned = self.matrix.T.tocsr()
        found = np.zeros((rows.nnz, lists.shape[1]), np.float32)
        for row, (start, end) in enumerate(zip(rows.indptr[:-1], rows.indptr[1:], strict=True)):
            items, columns = rows.indices[start:end], lists[row]
            said = turned[items] @ self.half[:, columns] / (1.0 - self.diagonal[columns])
            found[start:end] = np.where(items[:, None] == columns, 0.0, said)
        return found

    def column(self, item: int) -> Scores:
        column = np.asarray(self.matrix.T @ self.half[:, item] / (1.0 - self.diagonal[item]), np.float32)
        column[item] = 0.0
        return column


@dataclass(frozen=True)
class Supported:
    """Weights among some products; the others neither speak nor are spoken for. `place` is -1 for those."""

    kept: Columns
    place: Columns
    weights: Dense

    def scores(self, rows: Any) -> Scores:
        scores = np.zeros((rows.shape[0], len(self.place)), np.float32)
        scores[:, self.kept] = self.weights.scores(rows[:, self.kept])
        return scores

    def spoken(self, rows: Any, lists: Columns) -> Scores:
        speaker, listener = self.place[rows.indices][:, None], self.place[lists[row_of_entries(rows)]]
        heard = (speaker >= 0) & (listener >= 0)
        return np.where(heard, self.weights.weights[np.maximum(speaker, 0), np.maximum(listener, 0)], np.float32(0.0))

    def column(self, item: int) -> Scores:
        column = np.zeros(len(self.place), np.float32)
        if self.place[item] >= 0:
            column[self.kept] = self.weights.column(int(self.place[item]))
        return column
