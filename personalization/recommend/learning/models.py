"""The models by name: each learns from a history and then scores all products of the catalogue, for people or for baskets."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from personalization.recommend.learning.als import als
from personalization.recommend.learning.ease import Ease
from personalization.recommend.learning.history import History
from personalization.recommend.learning.neighbours import alike, similarity
from personalization.recommend.learning.tifu import tifu
from personalization.recommend.learning.weights import Scores, Table, Weights

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
    faint = faint_of(history, half_life)
    return lambda people: bought[people].toarray() + faint


def faint_of(history: History, half_life: float | None) -> Scores:
    """Popularity, as little as settles ties."""

    def made() -> Scores:
        popular = history.popularity(half_life)
        return FAINT * popular / np.float32(max(float(popular.max(initial=0.0)), 1e-9))

    return np.asarray(history.kept(("faint", half_life), made), np.float32)


@dataclass(frozen=True)
class Linear:
    """Each product that a person bought speaks for others: her row of `spoken` (CSR) times the weights."""

    spoken: Any
    weights: Weights

    def __call__(self, people: Any) -> Scores:
        return self.weights.scores(self.spoken[people])

    def scores_of(self, item: int) -> Scores:
        """Everybody's score of one product."""
        return np.asarray(self.spoken @ self.weights.column(item), np.float32)


def ease_of_people(history: History, *, penalty: float, half_life: float | None = None) -> Scorer:
    """EASE^R of who bought what; what was bought long ago speaks less where there is a half-life."""
    learner = history.kept("ease", lambda: Ease(history.bought))
    return Linear(_spoken(history, half_life), history.kept(("ease", penalty), lambda: learner.weights(penalty)))


def alike_by_people(history: History, *, weighting: str, half_life: float | None = None) -> Scorer:
    """The sum of likenesses to what the person bought, by the people whom products share."""
    table = history.kept(("alike", weighting), lambda: alike(history.bought, weighting))
    return Linear(_spoken(history, half_life), table)


def _spoken(history: History, half_life: float | None) -> Any:
    return history.bought if half_life is None else history.recency(half_life)


def nearest(history: History, *, neighbours: int) -> Scorer:
    """Cosine among the nearest alone, a product being nearest to itself: what most libraries call item-item."""
    return Linear(history.bought, Table(similarity(history.bought, "cosine", neighbours, itself=True)))


def nearest_by_baskets(history: History, *, neighbours: int) -> Scorer:
    """The same by the baskets that products share."""
    return Table(similarity(history.baskets, "cosine", neighbours)).scores


def ease_of_baskets(history: History, *, penalty: float) -> Scorer:
    """EASE^R of what lies in which basket."""
    learner = history.kept("basket_ease", lambda: Ease(history.baskets))
    return learner.weights(penalty).scores  # type: ignore[no-any-return]


def alike_by_baskets(history: History, *, weighting: str) -> Scorer:
    """The sum of likenesses to what lies in the basket, by the baskets that products share."""
    return alike(history.baskets, weighting).scores


MODELS: Mapping[str, Callable[..., Scorer]] = {
    "popularity": popularity,
    "frequency": frequency,
    "tifu": tifu,
    "ease": ease_of_people,
    "alike": alike_by_people,
    "als": als,
    "nearest": nearest,
    "basket_nearest": nearest_by_baskets,
    "basket_ease": ease_of_baskets,
    "basket_alike": alike_by_baskets,
}


def model(history: History, settings: Settings) -> Scorer:
    """The model of these settings, learned from the history; raises ValueError for one that there is none of.

    With "trend" (a half-life) its scores follow what is bought more and more, as strongly as "strength" says.
    """
    name = str(settings.get("model"))
    if name not in MODELS:
        raise ValueError(f"no model is called {name!r}; there are {', '.join(MODELS)}")
    scorer = MODELS[name](history, **{key: value for key, value in settings.items() if key not in BESIDES})
    if settings.get("trend") is None:
        return scorer
    return Trending(scorer, trend(history, settings["trend"], settings["strength"]))


BESIDES = ("model", "trend", "strength", "weight")
"""What settings say besides the model's own parameters."""


@dataclass(frozen=True)
class Trending:
    """Scores times how much more a product is bought lately; what speaks against a product counts as nothing."""

    scorer: Scorer
    factors: Scores

    def __call__(self, asked: Any) -> Scores:
        return trended(self.scorer(asked), self.factors)


def trended(scores: Scores, factors: Scores) -> Scores:
    """The scores as they follow the trend."""
    return np.asarray(np.maximum(scores, 0.0) * factors, np.float32)


def trend(history: History, half_life: float, strength: float) -> Scores:
    """Of each product, (lately + 1) / (expected + 1) to the power of the strength.

    Lately is how many bought it, each halving after every half-life; expected is what that would be if it had been bought
    evenly, as the sum of all products was.
    """
    lately, ever = history.popularity(half_life), history.popularity(None)
    expected = ever * (lately.sum() / max(float(ever.sum()), 1e-9))
    return np.asarray(((lately + 1.0) / (expected + 1.0)) ** strength, np.float32)


@dataclass(frozen=True)
class Blend:
    """The sum of standard scores, which weigh alike whatever their scale, times the weights of the settings' parts.

    Popularity settles ties. With "only_new" what a person bought has no score (-inf).
    """

    history: History
    scorers: Sequence[Scorer]
    settings: Mapping[str, Any]

    def __call__(self, asked: Any) -> Scores:
        return self.beside(asked, {})

    def beside(self, asked: Any, made: dict[int, Scores]) -> Scores:
        """The same; `made` has the standard scores of models that another blend asked, by id, and gets those of the others."""
        scores = np.zeros((np.shape(asked)[0], self.history.width), np.float32)
        for scorer, part in zip(self.scorers, self.settings["parts"], strict=True):
            if id(scorer) not in made:
                made[id(scorer)] = standard(scorer(asked))
            scores += np.float32(part.get("weight", 1)) * made[id(scorer)]
        scores += faint_of(self.history, None)
        if self.settings.get("only_new"):
            scores[self.history.bought[asked].nonzero()] = -np.inf
        return scores


def standard(scores: Scores) -> Scores:
    """Each row with mean 0 and deviation 1; a row of equals is 0."""
    centred = scores - scores.mean(axis=1, keepdims=True)
    spread = np.sqrt(np.einsum("ij,ij->i", centred, centred) / max(scores.shape[1], 1))[:, None]
    centred /= np.where(spread > 0, spread, 1.0)
    return np.asarray(centred, np.float32)
