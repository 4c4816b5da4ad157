"""Models against each other on the questions of a task, and then together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from functools import partial
from typing import Any

import numpy as np

from personalization.recommend.learning.answered import without
from personalization.recommend.learning.blocks import together
from personalization.recommend.learning.grid import Settings
from personalization.recommend.learning.history import History
from personalization.recommend.learning.metrics import LISTED, Floats, best, hits, ndcg
from personalization.recommend.learning.models import faint_of, model, standard, trend, trended
from personalization.recommend.learning.questions import Question
from personalization.recommend.learning.weights import Scores

MOST_PICKS = 4
"""Parts of a blend, counting one that is picked twice as two."""


class Contest:
    """Scores of the inner split, made once for each model and compared by the NDCG of each list.

    Others count as better only where their mean gain is larger than its standard error: what wins by chance in a small shop
    would lose it again.
    """

    def __init__(self, task: str, history: History, question: Question) -> None:
        self.task, self.history, self.question = task, history, question
        self.tried: dict[str, float] = {}
        self._faint = faint_of(history, None)
        self._bases: dict[str, Scores] = {}
        self._champions: dict[str, Scores] = {}
        self._entered: dict[str, Settings] = {}

    def best(self, family: Iterable[Settings]) -> Settings:
        """The first of the settings, or those that are better than it by more than chance."""
        several = list(family)
        tried = list(zip(several, together(lambda settings: self._gains(standard(self._scores(settings))), several), strict=True))
        self.tried |= {named(settings): float(gains.mean()) for settings, gains in tried}
        first, other = tried[0], max(tried, key=lambda one: one[1].mean())
        return other[0] if is_better(other[1], first[1]) else first[0]

    def enter(self, settings: Settings) -> None:
        """Let the model stand for its family."""
        self._champions[named(settings)] = standard(self._scores(settings))
        self._entered[named(settings)] = settings
        self._bases = {}

    def won(self) -> dict[str, Any]:
        """The settings of the best blend: parts are picked one after the other, a strong one more than once, while it helps.

        The forward selection with replacement of Caruana et al., "Ensemble Selection from Libraries of Models" (2004).
        """
        options = [self._picked(only_new) for only_new in ((False, True) if self.task == "next" else (False,))]
        chosen = options[-1] if len(options) > 1 and is_better(options[1][1], options[0][1]) else options[0]
        parts = [{**self._entered[name], "weight": times} for name, times in Counter(chosen[0]).items()]
        return {"parts": parts} | ({"only_new": True} if chosen is not options[0] else {})

    def _picked(self, only_new: bool) -> tuple[Sequence[str], Floats]:
        picks: list[str] = []
        total, reached = np.zeros((len(self.question), self.history.width), np.float32), np.full(len(self.question), -1.0)
        while len(picks) < MOST_PICKS:
            # The first twice is the first: it is picked again where others are beside it.
            open_to = [name for name in self._champions if picks != [name]]
            if not open_to:
                break
            found = dict(zip(open_to, together(partial(self._with, total, only_new), open_to), strict=True))
            self.tried |= {blended([*picks, name], only_new): float(found[name].mean()) for name in open_to}
            name = max(found, key=lambda name: found[name].mean())
            if not is_better(found[name], reached):
                break
            picks.append(name)
            total, reached = total + self._champions[name], found[name]
        return picks or list(self._champions)[:1], reached

    def _with(self, total: Scores, only_new: bool, name: str) -> Floats:
        return self._gains(total + self._champions[name], only_new)

    def _scores(self, settings: Settings) -> Scores:
        """Of the model, with the trend on top of what it says without."""
        plain = {key: value for key, value in settings.items() if key not in ("trend", "strength")}
        name = named(plain)
        if name not in self._bases:
            self._bases[name] = model(self.history, plain)(self.question.asked)
        if settings.get("trend") is None:
            return self._bases[name]
        return trended(self._bases[name], trend(self.history, settings["trend"], settings["strength"]))

    def _gains(self, scores: Scores, only_new: bool = False) -> Floats:
        scores = without(self.task, scores + self._faint, self.question.asked, self.history)
        if only_new:
            scores[self.history.bought[self.question.asked].nonzero()] = -np.inf
        return ndcg(hits(best(scores, LISTED), self.question.answers), self.question.answers)


def is_better(gains: Floats, others: Floats) -> bool:
    """Whether the mean gain over the others is larger than its standard error."""
    differences = gains - others
    return bool(differences.mean() > differences.std() / max(len(differences), 1) ** 0.5)


def blended(names: Iterable[str], only_new: bool) -> str:
    """What a blend is called."""
    told = " + ".join(f"{times} x {name}" if times > 1 else name for name, times in sorted(Counter(names).items()))
    return f"{told}, only new" if only_new else told


def named(settings: Settings) -> str:
    """What a model with its parameters is called."""
    told = (f"{key}={value:g}" if isinstance(value, float) else f"{key}={value}" for key, value in _parameters(settings))
    return " ".join([str(settings["model"]), *told])


def _parameters(settings: Mapping[str, Any]) -> Iterable[tuple[str, Any]]:
    return ((key, value) for key, value in settings.items() if key not in ("model", "weight") and value is not None)
