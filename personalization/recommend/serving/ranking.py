"""The candidates of one strategy in their order, once the session and the owner had their say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from operator import itemgetter

from personalization.recommend.product import Product
from personalization.recommend.strategies.base import Candidate
from personalization.recommend.strategies.rows import places

Ranked = tuple[Candidate, float]
"""(candidate, score)."""


def ranked(
    arranged: Sequence[Candidate],
    products: Mapping[str, Product],
    *,
    pull: Mapping[str, float],
    factor: Callable[[Product], float] | None,
) -> list[Ranked]:
    """By (place + pull) · factor, the highest in front; equal ones as they were.

    The place is 1 for the first of n, 1/n for the last: scores of strategies are of any scale and sign, so a boost that
    multiplied them would mean something else in each. A factor of 2 puts what is in the middle in front, one of 0.5 puts
    what is in front in the middle.
    """
    scored = list(zip(arranged, places(len(arranged)), strict=True))
    if pull:
        scored = [(one, place + pull.get(one.product, 0.0)) for one, place in scored]
    if factor is not None:
        scored = [(one, score * factor(products[one.product])) for one, score in scored]
    return sorted(scored, key=itemgetter(1), reverse=True) if pull or factor is not None else scored
