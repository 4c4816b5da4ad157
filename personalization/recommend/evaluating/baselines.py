"""What a shop could show without us: the models that ours are compared with, by task and name."""

from __future__ import annotations

from collections.abc import Mapping

from personalization.recommend.learning.grid import RECENT
from personalization.recommend.learning.history import History
from personalization.recommend.learning.models import Settings


def baselines(history: History, half_life: float | None) -> Mapping[str, Mapping[str, Settings]]:
    """Task -> name -> settings of a model; the half-life is that of what is popular lately."""
    popularity = {"model": "popularity"}
    recent = {"model": "popularity", "half_life": half_life or max(history.span * RECENT, 1.0)}
    cosine = {"model": "nearest", "neighbours": 20}
    return {
        "next": {
            "popularity": popularity,
            "recent_popularity": recent,
            "item_cosine": cosine,
            "personal_frequency": {"model": "frequency"},
        },
        "new": {"popularity": popularity, "recent_popularity": recent, "item_cosine": cosine},
        "basket": {"popularity": popularity, "item_cosine": {"model": "basket_nearest", "neighbours": 50}},
    }
