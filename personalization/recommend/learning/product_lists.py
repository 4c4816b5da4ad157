"""The lists of products: what goes together with them, and what could be bought in their place."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.blocks import ahead, blocks
from personalization.recommend.learning.content import described_by
from personalization.recommend.learning.described import Described
from personalization.recommend.learning.history import History
from personalization.recommend.learning.metrics import best
from personalization.recommend.learning.models import Scorer
from personalization.recommend.learning.neighbours import similarity
from personalization.recommend.learning.science import scipy_sparse
from personalization.recommend.learning.together import enough_share, people_of_orders
from personalization.recommend.learning.weights import Scores
from personalization.recommend.listed import DIGITS, LISTED, NOTHING, Lists, Part, Ranking, listed
from segmentation.store.purchases import Purchases


class ProductLists:
    """Makes the lists of all products: those bought, and those that are only described."""

    def __init__(self, purchases: Purchases, history: History, described: Mapping[str, Described], least_shared: int) -> None:
        self.history, self.least_shared = history, least_shared
        cold = sorted(described.keys() - purchases.number_of_products.keys())
        self.names = np.array([*purchases.products, *cold], object)
        self.described = [described.get(name, Described()) for name in self.names.tolist()]

    def of_all(self, basket: Scorer) -> Iterator[tuple[str, Lists]]:
        """(product, its lists), without products of which nothing can be said."""
        together = self._together(basket)
        for number, similar in enumerate(self._similar()):
            lists: dict[str, Ranking] = {Part.TOGETHER: together.get(number, NOTHING), Part.SIMILAR: similar}
            if any(lists.values()):
                yield str(self.names[number]), lists

    def _together(self, basket: Scorer) -> dict[int, Ranking]:
        history = self.history
        orders, person = history.baskets.tocsc(), people_of_orders(history)
        alone = scipy_sparse().eye_array(history.width, dtype=np.float32, format="csr")

        def found_of(rows: slice) -> list[Ranking]:
            scores = basket(alone[rows])
            scores[~enough_share(history, rows, orders, person, self.least_shared)] = -np.inf
            return self._best(scores, history.catalogue.products)

        found: dict[int, Ranking] = {}
        for rows, lists in ahead(found_of, blocks(history.width, history.width)):
            found |= zip(history.catalogue.products[rows].tolist(), lists, strict=True)
        return found

    def _similar(self) -> Iterator[Ranking]:
        content = described_by(self.described)
        substitutes = self._substitutes()
        turned, everything = content.T.tocsr(), np.arange(len(self.names))

        def found_of(rows: slice) -> list[Ranking]:
            scores = (content[rows] @ turned + substitutes[rows]).toarray()
            scores[everything[rows] - rows.start, everything[rows]] = 0.0
            scores[scores <= 0] = -np.inf
            return self._best(scores, everything)

        for _, lists in ahead(found_of, blocks(len(self.names), len(self.names))):
            yield from lists

    def _substitutes(self) -> Any:
        """How alike products are by the people who bought them, where enough bought both, over all names (CSR)."""
        bought = self.history.bought
        alike = similarity(bought, "cosine").tocoo()
        buyers = np.bincount(bought.indices, minlength=bought.shape[1]).astype(np.float64)
        both = np.rint(alike.data * np.sqrt(buyers[alike.row] * buyers[alike.col]))  # what the cosine was made of
        kept = both >= self.least_shared
        numbers, shape = self.history.catalogue.products, (len(self.names),) * 2
        places = numbers[alike.row[kept]], numbers[alike.col[kept]]
        return scipy_sparse().csr_matrix((alike.data[kept], places), shape=shape)

    def _best(self, scores: Scores, numbers: NDArray[np.int64]) -> list[Ranking]:
        """A list for each row; `numbers` are the columns' places among all names."""
        lists = best(scores, LISTED)
        values = np.round(np.take_along_axis(scores, np.maximum(lists, 0), axis=1).astype(np.float64), DIGITS).tolist()
        names, counts = self.names[numbers[lists]].tolist(), (lists >= 0).sum(axis=1).tolist()
        return [listed(row[:count], value) for row, value, count in zip(names, values, counts, strict=True)]
