"""All strategies by slug."""

from __future__ import annotations

from collections.abc import Mapping

from personalization.errors import UnknownStrategy
from personalization.recommend.strategies.base import Strategy

_ALL: tuple[Strategy, ...] = ()

STRATEGIES: Mapping[str, Strategy] = {strategy.slug: strategy for strategy in _ALL}


def strategy_of(slug: str) -> Strategy:
    """The strategy of that slug. Raises UnknownStrategy, which names those that there are."""
    try:
        return STRATEGIES[slug]
    except KeyError:
        raise UnknownStrategy(slug, STRATEGIES) from None
