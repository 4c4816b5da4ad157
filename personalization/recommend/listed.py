"""Lists of products as they are kept: made when a model is trained, read when a page is shown."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from enum import StrEnum
from itertools import repeat

import msgspec

LISTED = 50
"""Products of a list."""


class Listed(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """A product of a list. The score counts within its list alone; `because` is the product that it stands there for.

    A training makes a hundred million of them: these take a sixth of the time of tuples, which Python's collector walks through
    again and again.
    """

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

_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(dict[str, list[Listed]])


def listed(products: Iterable[str], scores: Iterable[float], because: Iterable[str] = repeat("")) -> list[Listed]:
    """As many as the shortest of these has."""
    return list(map(Listed, products, scores, because))


def packed(lists: Lists) -> str:
    """The lists as text."""
    return _encoder.encode(lists).decode()


def unpacked(text: str) -> Lists:
    """What `packed` made. Raises msgspec.MsgspecError where it is something else."""
    return _decoder.decode(text)
