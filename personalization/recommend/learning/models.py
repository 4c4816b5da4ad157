"""The models by name: each learns from a history and then scores all products of the catalogue, for people or for baskets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.ease import ease
from personalization.recommend.learning.history import History
from personalization.recommend.learning.neighbours import similarity

Scores = NDArray[np.float32]
Scorer = Callable[[Any], Scores]
"""From what is asked, people's numbers or baskets (CSR), to a row of scores for each."""

Settings = Mapping[str, Any]
"""A model's name under "model", and its parameters; fit for JSON."""

FAINT = 1e-6
"""What popularity counts beside a purchase: it settles ties, no more."""


def popularity(history: History, *, half_life: float | None = None) -> Scorer:
    """The same for everybody: how many people bought a product, each halving after every half-life."""
    scores = history.popularity(half_life)
    return lambda asked: np.repeat(scores[None], np.shape(asked)[0], axis=0)


def frequency(history: History, *, half_life: float | None = None) -> Scorer:
    """How often a person bought a product, each time halving after every half-life; popularity settles ties."""
    bought = history.frequency(half_life)
    faint = _faint(history, half_life)
    return lambda people: bought[people].toarray() + faint


def _faint(history: History, half_life: float | None) -> Scores:
    popular = history.popularity(half_life)
    return FAINT * popular / np.float32(max(float(popular.max(initial=0.0)), 1e-9))


@dataclass(frozen=True)
class Linear:
    """Each product that a person bought speaks for others: her row of `spoken` (CSR) times `weights` (dense or CSR)."""

    spoken: Any
    weights: Any

    def __call__(self, people: Any) -> Scores:
        scores = self.spoken[people] @ self.weights
        return np.asarray(scores if isinstance(scores, np.ndarray) else scores.toarray(), np.float32)

    def scores_of(self, item: int) -> Scores:
        """Everybody's score of one product."""
        column = self.weights[:, [item]]
        scores = self.spoken @ (column if isinstance(column, np.ndarray) else column.toarray())
        return np.asarray(scores, np.float32).ravel()


def ease_of_people(history: History, *, penalty: float, half_life: float | None = None) -> Scorer:
    """EASE^R of who bought what; what was bought long ago speaks less where there is a half-life."""
    return Linear(_spoken(history, half_life), ease(history.bought, penalty))


def alike_by_people(history: History, *, weighting: str, half_life: float | None = None) -> Scorer:
    """The sum of likenesses to what the person bought, by the people whom products share."""
    return Linear(_spoken(history, half_life), similarity(history.bought, weighting))


def _spoken(history: History, half_life: float | None) -> Any:
    return history.bought if half_life is None else history.recency(half_life)


def ease_of_baskets(history: History, *, penalty: float) -> Scorer:
    """EASE^R of what lies in which basket."""
    weights = ease(history.baskets, penalty)
    return lambda baskets: np.asarray(baskets @ weights)


def alike_by_baskets(history: History, *, weighting: str) -> Scorer:
    """The sum of likenesses to what lies in the basket, by the baskets that products share."""
    table = similarity(history.baskets, weighting)
    return lambda baskets: np.asarray((baskets @ table).toarray())


MODELS: Mapping[str, Callable[..., Scorer]] = {
    "popularity": popularity,
    "frequency": frequency,
    "ease": ease_of_people,
    "alike": alike_by_people,
    "basket_ease": ease_of_baskets,
    "basket_alike": alike_by_baskets,
}


def model(history: History, settings: Settings) -> Scorer:
    """The model of these settings, learned from the history; raises ValueError for one that there is none of."""
    name = str(settings.get("model"))
    if name not in MODELS:
        raise ValueError(f"no model is called {name!r}; there are {', '.join(MODELS)}")
    return MODELS[name](history, **{key: value for key, value in settings.items() if key != "model"})


def blend(history: History, scorers: Sequence[Scorer]) -> Scorer:
    """The sum of standard scores: each model weighs the same, whatever its scale. Popularity settles ties."""
    faint = _faint(history, None)

    def scores_of(asked: Any) -> Scores:
        scores = standard(scorers[0](asked))
        for scorer in scorers[1:]:
            scores += standard(scorer(asked))
        scores += faint
        return scores

    return scores_of


def standard(scores: Scores) -> Scores:
    """Each row with mean 0 and deviation 1; a row of equals is 0."""
    centred = scores - scores.mean(axis=1, keepdims=True)
    spread = centred.std(axis=1, keepdims=True)
    return np.asarray(centred / np.where(spread > 0, spread, 1.0), np.float32)
