"""What somebody looks at just now moves the lists that were made of what they bought before."""

from __future__ import annotations

from collections.abc import Mapping, Set

from personalization.recommend.listed import Lists
from personalization.recommend.strategies.neighbours import nearness

MOST_VIEWS = 5

FADE = 0.8
"""A view counts for so much of the one after it."""

NEAREST = 20
"""Of the neighbours of a view, so many bought together and so many alike count."""

WEIGHT = 0.5
"""What lies nearest to all views rises by half the list."""


def pull(lists: Mapping[str, Lists], viewed: tuple[str, ...], among: Set[str] | None = None) -> dict[str, float]:
    """Product -> how much it rises, in (0, WEIGHT]; those that no view is near are not there, and without views nothing is.

    With `among`, of these products alone.

    Over the last MOST_VIEWS products looked at, the last one i = 0:

        pull(p) = WEIGHT · Σ FADE^i · near_i(p) / Σ FADE^i

    where near_i(p) is 1 for the first of the NEAREST neighbours of view i (bought together or alike), 1/n for the last of n, 0
    for others. It is added to a candidate's place in its list, which is between 1 (in front) and 1/n.
    """
    weights = [FADE**number for number in range(len(viewed[:MOST_VIEWS]))]
    whole = sum(weights)
    pulled: dict[str, float] = {}
    for weight, view in zip(weights, viewed, strict=False):
        share = WEIGHT * weight / whole
        near = nearness(lists, view, NEAREST)
        for product in near if among is None else near.keys() & among:
            pulled[product] = pulled.get(product, 0.0) + share * near[product]
    return pulled
