"""The candidates of one strategy in their order, once the session and the owner had their say."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from personalization.recommend.product import Product
from personalization.recommend.strategies.base import Candidate

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
    count = len(arranged)
    scored = [(one, 1 - place / count + pull.get(one.product, 0.0)) for place, one in enumerate(arranged)]
    if factor is not None:
        scored = [(one, score * factor(products[one.product])) for one, score in scored]
    return sorted(scored, key=lambda pair: -pair[1]) if pull or factor is not None else scored
