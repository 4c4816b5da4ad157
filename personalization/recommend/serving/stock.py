"""The products that one answer goes by, asked for as late and as seldom as can be."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from itertools import islice

from personalization.recommend.product import Product
from personalization.recommend.shelf import Shelf

MOST_ASKED = 500
"""Products in one question to the shop; those that come first count most."""


class Stock:
    """Products by id in `found`, as far as `need` named them and the shop has them.

    As long as the shelf remembers what is needed, no more than that is looked at. Once it does not, `everything` that the answer
    could yet need is asked for at once, in the only question of the answer.
    """

    def __init__(self, shelf: Shelf, everything: Callable[[], Iterable[str]]) -> None:
        self.found: dict[str, Product] = {}
        self._shelf, self._everything = shelf, everything
        self._seen: set[str] = set()
        self._is_whole = False

    def need(self, names: Iterable[str]) -> None:
        """Find these. Raises nothing."""
        lacking = dict.fromkeys(name for name in names if name not in self._seen)
        if not lacking or self._is_whole:
            return
        if not self._shelf.remembers(lacking):
            self._is_whole = True
            lacking = dict.fromkeys(islice({**lacking, **dict.fromkeys(self._everything())}, MOST_ASKED))
        self._seen.update(lacking)
        self.found.update((product.id, product) for product in self._shelf.products(lacking))
