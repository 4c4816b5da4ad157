"""Lists of products as they are kept: made when a model is trained, read when a page is shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from enum import StrEnum
from itertools import repeat
from operator import attrgetter
from typing import Any, overload

import msgspec

LISTED = 50
"""Products of a list."""


class Listed(msgspec.Struct, frozen=True, gc=False):
    """A product of a list. The score counts within its list alone; `because` is the product that it stands there for."""

    product: str
    score: float = 0.0
    because: str = ""


class Part(StrEnum):
    """What a row of lists has: of a person, of a product, of everyone or of a group."""

    NEXT = "next"
    """Of a person: the next order, what was bought before and what is new."""
    NEW = "new"
    """Of a person: what was never bought."""
    AGAIN = "again"
    """Of a person: what was bought before and is due."""
    BOUGHT = "bought"
    """Of a person: everything bought so far, the last in front."""
    TOGETHER = "together"
    """Of a product: what lies in the same baskets."""
    SIMILAR = "similar"
    """Of a product: what could be bought in its place."""
    TRENDING = "trending"
    """Of everyone, a country, a segment: what is bought most lately."""
    BEST = "best"
    """Of the same: what is bought most."""
    ITEMS = "items"
    """Of a shelf: what stands on it."""


Lists = Mapping[str, Sequence[Listed]]
"""Part -> its products, the best in front."""

DIGITS = 4
"""Decimals of scores that are worth their room."""


class Ranking(Sequence[Listed]):
    """Products of a list in columns.

    A process remembers thousands of them, and a training makes millions: each is three tuples, where Python's collector would
    walk through fifty things again and again.
    """

    __slots__ = ("because", "products", "scores")

    def __init__(
        self, products: tuple[str, ...] = (), scores: tuple[float, ...] = (), because: tuple[str, ...] | None = None
    ) -> None:
        self.products, self.scores = products, scores
        self.because = ("",) * len(products) if because is None else because

    @classmethod
    def of(cls, items: Sequence[Listed]) -> Ranking:
        """The same in columns."""
        return items if isinstance(items, cls) else cls(*zip(*map(_fields, items), strict=True)) if items else NOTHING

    def __iter__(self) -> Iterator[Listed]:
        return map(Listed, self.products, self.scores, self.because)

    def __len__(self) -> int:
        return len(self.products)

    @overload
    def __getitem__(self, place: int) -> Listed: ...

    @overload
    def __getitem__(self, place: slice) -> Ranking: ...

    def __getitem__(self, place: int | slice) -> Listed | Ranking:
        if isinstance(place, slice):
            return Ranking(self.products[place], self.scores[place], self.because[place])
        return Listed(self.products[place], self.scores[place], self.because[place])

    def __eq__(self, other: object) -> bool:
        return list(self) == list(other) if isinstance(other, Sequence) else NotImplemented

    __hash__ = None  # type: ignore[assignment]

    def __repr__(self) -> str:
        return f"Ranking({list(self)})"


_fields = attrgetter("product", "score", "because")

NOTHING = Ranking()

_Columns = tuple[tuple[str, ...], tuple[float, ...], tuple[str, ...]]
_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(dict[str, _Columns])


def listed(products: Iterable[str], scores: Iterable[float], because: Iterable[str] = repeat("")) -> Ranking:
    """As many as the shortest of these has."""
    columns = tuple(zip(*zip(products, scores, because, strict=False), strict=True))
    return Ranking(*columns) if columns else NOTHING


def packed(lists: Lists) -> str:
    """The lists as text: columns of products, of scores, and of what they stand there for, which is empty where none says so."""
    return _encoder.encode({part: _columns(Ranking.of(items)) for part, items in lists.items()}).decode()


def unpacked(text: str) -> Lists:
    """What `packed` made. Raises msgspec.MsgspecError where it is something else."""
    return {part: _ranking(*columns) for part, columns in _decoder.decode(text).items()}


def _columns(items: Ranking) -> tuple[Any, ...]:
    return items.products, items.scores, items.because if any(items.because) else ()


def _ranking(products: tuple[str, ...], scores: tuple[float, ...], because: tuple[str, ...]) -> Ranking:
    if not len(products) == len(scores) == len(because or products):
        raise msgspec.ValidationError("columns of a list are of several lengths")
    return Ranking(products, scores, because or None)
