"""Which models a shop is served by, with their settings: chosen on an inner split of its own orders."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from personalization.recommend.learning.answered import answered
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.grid import DEFAULTS, families
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.models import Scorer, Settings, blend, model
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.learning.questions import TASKS, Question, questions_of
from personalization.recommend.learning.split import inner_moment
from segmentation.store.purchases import Purchases

MOST_ASKED = 3_000
"""People, drawn with a fixed seed, whom settings are chosen by."""

LEAST_ASKED = 20
"""Fewer would choose by chance: then what does well in most shops is taken."""


@dataclass(frozen=True)
class Choice:
    """Settings by task ("next", "new", "basket"), fit for JSON: which models, how they are blended, and their parameters.

    `tried` says what the others reached on the inner split, by task and name.
    """

    settings: Mapping[str, Mapping[str, Any]]
    tried: Mapping[str, Mapping[str, float]] = field(default_factory=dict)


DEFAULT = Choice({task: {"parts": list(parts)} for task, parts in DEFAULTS.items()})
"""For a shop that is too young for a split."""


def choose(purchases: Purchases, *, progress: Progress = quiet) -> Choice:
    """The settings that do best on the last part of these purchases, learned from the part before; never looks further."""
    moment = inner_moment(purchases)
    if moment is None:
        return DEFAULT
    before = purchases.before(moment)
    history = history_of(before, catalogue_of(before), moment)
    questions = questions_of(history, purchases.since(moment), MOST_ASKED)
    settings: dict[str, Mapping[str, Any]] = {}
    tried: dict[str, Mapping[str, float]] = {}
    for number, task in enumerate(TASKS):
        progress(number / len(TASKS), task)
        settings[task] = DEFAULT.settings[task]
        if len(questions[task]) >= LEAST_ASKED:
            contest = Contest(task, history, questions[task])
            settings[task] = contest.settings()
            tried[task] = contest.tried
    return Choice(settings, tried)


class Contest:
    """Models against each other, and then together as long as that is better."""

    def __init__(self, task: str, history: History, question: Question) -> None:
        self.task, self.history, self.question = task, history, question
        self.tried: dict[str, float] = {}
        self._scorers: dict[str, Scorer] = {}

    def settings(self) -> Mapping[str, Any]:
        """The parts of the best blend, and of "next" the half-life of what is trending."""
        found: dict[str, Any] = {"parts": [dict(part) for part in self.won()]}
        if self.task == "next":
            found["trending"] = self.best("popularity")["half_life"]
        return found

    def won(self) -> list[Settings]:
        """The parts of the best blend."""
        champions = [self._best(family) for family in families(self.history.span)[self.task].values()]
        champions.sort(key=lambda one: -self._score([one]))
        chosen = [champions.pop(0)]
        while champions:
            candidate = max(champions, key=lambda one: self._score([*chosen, one]))
            if self._score([*chosen, candidate]) <= self._score(chosen) * 1.002:
                break
            champions.remove(candidate)
            chosen.append(candidate)
        return chosen

    def best(self, family: str) -> Settings:
        """The best settings of a family, alone."""
        return self._best(families(self.history.span)[self.task][family])

    def _best(self, family: Sequence[Settings]) -> Settings:
        return max(family, key=lambda settings: self._score([settings]))

    def _score(self, parts: Sequence[Settings]) -> float:
        name = " + ".join(sorted(named(settings) for settings in parts))
        if name not in self.tried:
            scorer = blend(self.history, [self._scorer(settings) for settings in parts])
            self.tried[name] = float(answered(self.task, self.question, scorer, self.history).ndcg.mean())
        return self.tried[name]

    def _scorer(self, settings: Settings) -> Scorer:
        name = named(settings)
        if name not in self._scorers:
            self._scorers[name] = model(self.history, settings)
        return self._scorers[name]


def named(settings: Settings) -> str:
    """What a model with its parameters is called."""
    told = [f"{key}={value:g}" if isinstance(value, float) else f"{key}={value}" for key, value in settings.items()]
    return " ".join([str(settings["model"]), *told[1:]])
