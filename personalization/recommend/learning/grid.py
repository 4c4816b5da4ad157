"""What is tried on the inner split: few settings of each model, half-lives as shares of the time that the history covers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

Settings = Mapping[str, Any]

SHARES = (1 / 32, 1 / 16, 1 / 8, 1 / 4, 1 / 2, 1.0)
"""Half-lives, of the span."""

RECENT = 1 / 16
"""The half-life of what is popular lately, where none was chosen."""

PENALTIES = (50.0, 200.0, 800.0)

DEFAULTS: Mapping[str, Sequence[Settings]] = {
    "next": ({"model": "frequency"}, {"model": "popularity"}),
    "new": ({"model": "ease", "penalty": 200.0},),
    "basket": ({"model": "basket_ease", "penalty": 50.0},),
}
"""For a shop that is too young for a split."""


def families(span: int) -> Mapping[str, Mapping[str, Sequence[Settings]]]:
    """Task -> family -> the settings of its model."""
    half_lives = [None, *(round(share * span) for share in SHARES if share * span >= 1)]
    popular = [{"model": "popularity", "half_life": each} for each in half_lives]
    ease = [{"model": "ease", "penalty": penalty} for penalty in PENALTIES]
    alike = [{"model": "alike", "weighting": weighting} for weighting in ("tfidf", "cosine")]
    return {
        "next": {
            "frequency": [{"model": "frequency", "half_life": each} for each in half_lives],
            "popularity": popular,
            "ease": ease,
            "alike": alike,
        },
        "new": {"ease": ease, "alike": alike, "popularity": popular},
        "basket": {
            "basket_ease": [{"model": "basket_ease", "penalty": penalty / 4} for penalty in PENALTIES],
            "basket_alike": [{"model": "basket_alike", "weighting": weighting} for weighting in ("tfidf", "cosine")],
        },
    }
