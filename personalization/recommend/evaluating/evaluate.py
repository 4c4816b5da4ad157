"""The models against baselines, trained before a moment and asked for what was bought since."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.errors import NothingToLearn
from personalization.recommend.evaluating.baselines import baselines
from personalization.recommend.evaluating.measured import by_history, difference, measured, popularity_bias
from personalization.recommend.learning.answered import Answered, answered
from personalization.recommend.learning.choice import Choice, choose
from personalization.recommend.learning.described import Described
from personalization.recommend.learning.fit import Fitted, fit
from personalization.recommend.learning.models import model
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.learning.questions import TASKS, Question, questions_of
from segmentation.store.purchases import Purchases

MOST_ASKED = 20_000
"""People, drawn with a fixed seed where there are more."""


@dataclass(frozen=True)
class Report:
    """What an evaluation found, fit for JSON.

    `tasks`: task ("next", "new", "basket") -> {n, recall_at_10, ndcg_at_10, coverage, intervals: {recall_at_10: [low, high],
    ndcg_at_10: [low, high]}, popularity_bias, by_history: [{from, to, n, recall_at_10, ndcg_at_10}]} of what is served.
    `baselines`: task -> name -> {n, recall_at_10, ndcg_at_10, coverage, intervals, difference: [low, high] of how much higher
    our ndcg_at_10 is}. `after_rules`: task -> as in a baseline, of what is served of the products that were allowed.
    """

    fit_until: int
    people: int
    products: int
    lines: int
    choice: Choice
    tasks: Mapping[str, Mapping[str, Any]]
    baselines: Mapping[str, Mapping[str, Mapping[str, Any]]] = field(default_factory=dict)
    after_rules: Mapping[str, Mapping[str, Any]] = field(default_factory=dict)


def evaluate(
    purchases: Purchases,
    moment: int,
    *,
    choice: Choice | None = None,
    described: Mapping[str, Described] | None = None,
    allowed: Collection[str] | None = None,
    progress: Progress = quiet,
) -> Report:
    """Fit on the purchases before that second, choosing settings on an inner split of them unless given, and test on the rest.

    With `allowed` (ids of the products that house rules let pass) the report also has what is left after them.
    Raises NothingToLearn where nothing was bought before it, or nothing since by those who had bought before.
    """
    before = purchases.before(moment)
    choice = choice or choose(before, progress=lambda share, what: progress(share * 0.5, what))
    fitted = fit(before, choice, now=moment, described=described, progress=lambda share, what: progress(0.5 + share * 0.2, what))
    questions = questions_of(fitted.history, purchases.since(moment), MOST_ASKED)
    if not any(len(question) for question in questions.values()):
        raise NothingToLearn("Nobody who had bought before that day has bought anything since that was sold before.")
    examiner = Examiner(fitted, questions)
    tasks, compared, restricted = {}, {}, {}
    for number, task in enumerate(TASKS):
        progress(0.7 + 0.3 * number / len(TASKS), task)
        tasks[task] = examiner.served(task)
        compared[task] = examiner.compared(task)
        if allowed is not None:
            restricted[task] = examiner.restricted(task, allowed)
    progress(1.0, "")
    history = fitted.history
    people = len(np.unique(history.person))
    return Report(moment, people, history.width, len(history.times), choice, tasks, compared, restricted)


class Examiner:
    """Asks the fitted models and their baselines the same questions."""

    def __init__(self, fitted: Fitted, questions: Mapping[str, Question]) -> None:
        self.fitted, self.history, self.questions = fitted, fitted.history, questions
        self._found = {task: self._answered(task) for task in TASKS}

    def served(self, task: str) -> dict[str, Any]:
        """What is told of our answers."""
        found, question = self._found[task], self.questions[task]
        return {
            **measured(found, question, self.history),
            "popularity_bias": popularity_bias(found.lists, self.history),
            "by_history": by_history(found, question, self.history),
        }

    def compared(self, task: str) -> dict[str, dict[str, Any]]:
        """Of each baseline, what is told of it, and how much better ours is."""
        half_life = self.fitted.choice.settings["next"].get("trending")
        found = {}
        for name, settings in baselines(self.history, half_life)[task].items():
            theirs = answered(task, self.questions[task], model(self.history, settings), self.history)
            found[name] = self._beside(task, theirs)
        return found

    def restricted(self, task: str, allowed: Collection[str]) -> dict[str, Any]:
        """Our answers of the allowed products alone."""
        purchases = self.fitted.purchases
        names = np.array(purchases.products, object)[self.history.catalogue.products].tolist()
        mask = np.array([name in allowed for name in names], bool)
        return self._beside(task, self._answered(task, mask))

    def _beside(self, task: str, other: Answered) -> dict[str, Any]:
        question = self.questions[task]
        return {
            **measured(other, question, self.history),
            "difference": difference(self._found[task], other, question),
        }

    def _answered(self, task: str, allowed: NDArray[np.bool_] | None = None) -> Answered:
        return answered(task, self.questions[task], self.fitted.scorer(task), self.history, allowed)
