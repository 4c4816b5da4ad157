"""The one flow behind tags, slots, previews and REST."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.base import Why

MOST = 50
"""Products of one answer; whoever asks for more gets these."""


@dataclass(frozen=True, slots=True)
class Recommended:
    """A product with its place in the answer: `source` is the strategy it came from, `reason` a sentence for the customer."""

    product: Product
    position: int
    """1 is in front."""
    source: str
    why: Why
    about: str
    reason: str
    score: float
    propensity: float = 1.0
    """How likely it was to stand at this place."""


@dataclass(frozen=True, slots=True)
class Removed:
    """A product that a rule of the house took out, or that an owner did."""

    product: str
    title: str
    source: str
    rule: str
    """Code of the rule, of `serving.house.RULES`."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a strategy recommends. `version` is the id of the recommender's version, None where none is trained."""

    strategy: str
    version: int | None
    items: Sequence[Recommended]
    removed: Sequence[Removed] = ()


def recommend(slug: str, asked: Asked, *, limit: int = 8, keeps_removed: bool = False) -> Answer:
    """At most `limit` products by a strategy and, where it leaves places empty, by its chain; in at most two queries.

    With `keeps_removed` it says what rules took out, for previews. Raises UnknownStrategy, ValueError for a limit below 1.
    """
    raise NotImplementedError
