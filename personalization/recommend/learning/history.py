"""Purchases as models take them: of a catalogue alone, each product once an order."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from functools import cached_property
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.catalogue import Catalogue
from personalization.recommend.learning.science import scipy_sparse
from segmentation.store.purchases import Purchases

DAY = 86_400


@dataclass(frozen=True)
class History:
    """One line for each product of an order, in the order of time; `item` is the column of the product in the catalogue.

    `people` is how many there are, with those who bought nothing of the catalogue. Ages are counted up to the second `now`.
    """

    catalogue: Catalogue
    people: int
    now: int
    person: NDArray[np.int32]
    order: NDArray[np.int32]
    item: NDArray[np.int32]
    times: NDArray[np.int64]
    country: NDArray[np.int16]
    _kept: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)
    _locks: dict[Hashable, Any] = field(default_factory=dict, repr=False, compare=False)

    @property
    def width(self) -> int:
        """How many products the catalogue has."""
        return len(self.catalogue)

    @property
    def span(self) -> int:
        """Seconds from the first purchase to `now`."""
        return max(self.now - int(self.times[0]), 0) if len(self.times) else 0

    @cached_property
    def bought(self) -> Any:
        """People x catalogue, 1 where somebody bought a product (CSR, float32)."""
        counts = self.frequency(None)
        return _like(counts, np.ones_like(counts.data))

    @cached_property
    def baskets(self) -> Any:
        """Orders x catalogue, 1 where a product lies in an order (CSR, float32); orders in the order of their numbers."""
        _, rows = np.unique(self.order, return_inverse=True)
        shape = (int(rows.max()) + 1 if len(rows) else 0, self.width)
        return _summed(np.ones(len(rows), np.float32), rows, self.item, shape)

    @cached_property
    def orders(self) -> tuple[NDArray[np.int64], NDArray[np.int64]]:
        """Of each line, which of its person's orders it is (0 the first), and how many orders the person has."""
        _, first, number = np.unique(self.order, return_index=True, return_inverse=True)
        person, times = self.person[first], self.times[first]
        sorting = np.lexsort((times, person))
        counts = np.bincount(person, minlength=self.people)
        starts = np.concatenate([[0], np.cumsum(counts)])[person[sorting]]
        rank = np.empty(len(first), np.int64)
        rank[sorting] = np.arange(len(first)) - starts
        return rank[number], counts[self.person]

    @cached_property
    def order_counts(self) -> NDArray[np.int64]:
        """How many orders each person has."""
        counts = np.zeros(self.people, np.int64)
        counts[self.person] = self.orders[1]
        return counts

    @cached_property
    def last(self) -> NDArray[np.int64]:
        """The lines with which somebody bought a product for the last time, by person and product."""
        return self._last_of(np.arange(len(self.times)))

    def _last_of(self, lines: NDArray[np.int64]) -> NDArray[np.int64]:
        pairs = self.person[lines].astype(np.int64) * max(self.width, 1) + self.item[lines]
        _, backwards = np.unique(pairs[::-1], return_index=True)
        last: NDArray[np.int64] = lines[len(pairs) - 1 - backwards]
        return last

    def weights(self, half_life: float | None) -> NDArray[np.float32]:
        """Of each line, what it still counts for: half after every `half_life` seconds, 1 for ever where that is None."""
        if half_life is None:
            return np.ones(len(self.times), np.float32)
        ages = (self.now - self.times) / half_life
        return np.exp2(-np.minimum(ages, 100.0)).astype(np.float32)

    def frequency(self, half_life: float | None) -> Any:
        """People x catalogue, in how many orders (each counting for its weight) somebody bought a product (CSR)."""
        return self.kept(
            ("frequency", half_life),
            lambda: self.summed(self.weights(half_life)),
        )

    def summed(self, weights: NDArray[np.float32]) -> Any:
        """People x catalogue, the sum of the weights of the lines (CSR)."""
        return _summed(weights, self.person, self.item, (self.people, self.width))

    def kept(self, name: Hashable, make: Callable[[], Any]) -> Any:
        """What was made under that name, made once, however many threads ask."""
        with self._locks.setdefault(name, Lock()):
            if name not in self._kept:
                self._kept[name] = make()
            return self._kept[name]

    def recency(self, half_life: float) -> Any:
        """People x catalogue, what the last time that somebody bought a product still counts for (CSR)."""
        lines = self.last
        shape = (self.people, self.width)
        return _summed(self.weights(half_life)[lines], self.person[lines], self.item[lines], shape)

    def popularity(self, half_life: float | None, among: NDArray[np.bool_] | None = None) -> NDArray[np.float32]:
        """Of each product, how many people bought it (in the lines of the mask), each for the weight of her last time."""
        lines = self.last if among is None else self._last_of(np.flatnonzero(among))
        return np.bincount(self.item[lines], self.weights(half_life)[lines], self.width).astype(np.float32)


def _summed(values: NDArray[np.float32], rows: NDArray[Any], columns: NDArray[Any], shape: tuple[int, int]) -> Any:
    matrix = scipy_sparse().csr_matrix((values, (rows, columns)), shape=shape, dtype=np.float32)
    matrix.sum_duplicates()
    return matrix


def _like(matrix: Any, values: NDArray[np.float32]) -> Any:
    return scipy_sparse().csr_matrix((values, matrix.indices, matrix.indptr), shape=matrix.shape)


def history_of(purchases: Purchases, catalogue: Catalogue, now: int) -> History:
    """The purchases of the catalogue. Lines of no or an unknown quantity count for nothing."""
    counts = np.nan_to_num(purchases.quantity, nan=0.0) > 0
    item = catalogue.columns[purchases.product]
    lines = np.flatnonzero(counts & (item >= 0))
    twins = purchases.order[lines].astype(np.int64) * max(len(catalogue), 1) + item[lines]
    _, first = np.unique(twins, return_index=True)
    lines = lines[np.sort(first)]
    return History(
        catalogue,
        len(purchases.keys),
        now,
        purchases.person[lines],
        purchases.order[lines],
        item[lines],
        purchases.times[lines],
        purchases.country[lines],
    )
