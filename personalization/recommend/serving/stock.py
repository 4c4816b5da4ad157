"""The products that one answer goes by, asked for as late and as seldom as can be."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Collection, Iterable
from itertools import chain, islice

from personalization.recommend.product import Product
from personalization.recommend.shelf import Shelf

MOST_ASKED = 500
"""Products in one question to the shop; those that come first count most."""


class Stock:
    """Products by id in `found`, as far as `need` named them and the shop has them.

    As long as the shelf remembers what is needed, no more than that is looked at. Once it does not, all of a portion is asked for
    in one question, and of the next one should it come to that. What no portion has is not asked for, so there are no more
    questions than portions; the last has everything that the answer could yet need.
    """

    def __init__(self, shelf: Shelf, *portions: Callable[[], Iterable[str]]) -> None:
        self.found: dict[str, Product] = {}
        self._shelf, self._portions = shelf, deque(portions)
        self._seen: set[str] = set()

    def need(self, names: Collection[str]) -> None:
        """Find these. Raises nothing."""
        if not self._portions or self._seen.issuperset(names):
            return
        lacking = [name for name in dict.fromkeys(names) if name not in self._seen]
        if not self._shelf.remembers(lacking):
            along = (name for name in self._portions.popleft()() if name not in self._seen)
            lacking = list(islice(dict.fromkeys(chain(lacking, along)), MOST_ASKED))
        self._seen.update(lacking)
        self.found |= {product.id: product for product in self._shelf.products(lacking)}
