"""What is tried on the inner split: few settings of each model, half-lives as shares of the time that the history covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from personalization.recommend.learning.als import is_installed
from personalization.recommend.learning.ease import is_weighed_whole

Settings = Mapping[str, Any]

RECENT = 1 / 16
"""The half-life of what is popular lately, where none was chosen."""

HABITS = (1.0, 1 / 2, 1 / 4, 1 / 8)
POPULAR = (1 / 16, 1 / 4, 1 / 8, 1 / 32, 1 / 64)
SPOKEN = (1 / 2, 1 / 4)
SPEAKING = ("ease", "alike")
"""Families of "new" in which what was bought speaks, and may do so less the longer ago it is."""

TRENDS = ((1 / 8, 0.5), (1 / 8, 1.0), (1 / 8, 1.5), (1 / 32, 0.5), (1 / 32, 1.0), (1 / 32, 1.5))
"""Half-lives and strengths."""

MOST_FOR_TIFU = 200_000
"""People past whom neighbours among people take too long."""

DEFAULTS: Mapping[str, Sequence[Settings]] = {
    "next": ({"model": "frequency"}, {"model": "popularity"}),
    "new": ({"model": "ease", "penalty": 400.0},),
    "basket": ({"model": "basket_ease", "penalty": 100.0},),
}
"""For a shop that is too young for a split."""


def families(span: int, people: int, products: int) -> Mapping[str, Mapping[str, Sequence[Settings]]]:
    """Task -> family -> the settings of its model, that which stands unless another is clearly better in front."""
    found: dict[str, dict[str, list[Settings]]] = {
        "new": {
            "ease": [{"model": "ease", "penalty": penalty} for penalty in (400.0, 100.0, 1600.0)],
            "alike": [{"model": "alike", "weighting": weighting} for weighting in ("tfidf", "cosine", "bm25")],
            "als": [{"model": "als", "factors": factors} for factors in (64, 128)]
            if is_installed() and not is_weighed_whole(people, products)
            else [],
            "popularity": _lasting({"model": "popularity"}, POPULAR, span),
        },
        "next": {
            "frequency": [{"model": "frequency", "half_life": None}, *_lasting({"model": "frequency"}, HABITS, span)],
            "tifu": [
                {"model": "tifu", "groups": groups, "within": 0.9, "between": between, "neighbours": 300, "own": own}
                for groups, between, own in ((7, 0.7, 0.7), (7, 0.9, 0.9), (3, 0.9, 0.9))
            ]
            if people <= MOST_FOR_TIFU
            else [],
            "popularity": _lasting({"model": "popularity"}, POPULAR, span),
        },
        "basket": {
            "basket_ease": [{"model": "basket_ease", "penalty": penalty} for penalty in (100.0, 25.0, 400.0)],
            "basket_alike": [{"model": "basket_alike", "weighting": weighting} for weighting in ("tfidf", "cosine", "bm25")],
        },
    }
    return {task: {family: tried for family, tried in those.items() if tried} for task, those in found.items()}


def spoken(settings: Settings, span: int) -> Sequence[Settings]:
    """The same in which what was bought long ago speaks less."""
    return _lasting(settings, SPOKEN, span)


def trends(settings: Settings, span: int) -> Sequence[Settings]:
    """The same, following what is bought more and more."""
    return [{**settings, "trend": round(share * span), "strength": strength} for share, strength in TRENDS if share * span >= 1]


def _lasting(settings: Settings, shares: Sequence[float], span: int) -> list[Settings]:
    return [{**settings, "half_life": round(share * span)} for share in shares if share * span >= 1]
