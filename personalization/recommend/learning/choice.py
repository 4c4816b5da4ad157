"""Which models a shop is served by, with their settings: chosen on an inner split of its own orders."""

from __future__ import annotations

from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from functools import partial
from typing import Any

import numpy as np

from personalization.recommend.learning.catalogue import catalogue_for_people
from personalization.recommend.learning.contest import Contest
from personalization.recommend.learning.grid import DEFAULTS, SPEAKING, families, spoken, trends
from personalization.recommend.learning.history import History, history_of
from personalization.recommend.learning.progress import Progress, quiet
from personalization.recommend.learning.questions import TASKS, questions_of
from personalization.recommend.learning.science import one_thread_each
from personalization.recommend.learning.split import inner_moment
from segmentation.store.purchases import Purchases

MOST_CELLS = 4_000_000
"""Scores of a model that are compared: settings are chosen by as many people, drawn with a fixed seed, as that allows."""

FEWEST, MOST = 300, 2_000
"""People at least and at most."""

MOST_PEOPLE = 20_000
"""From whose purchases is learned while settings are chosen: what more of them change is less than the scores' standard error."""

LEAST_ASKED = 20
"""Fewer would choose by chance: then what does well in most shops is taken."""


@dataclass(frozen=True)
class Choice:
    """Settings by task ("next", "new", "basket"), fit for JSON: which models, how they are blended, and their parameters.

    A task has "parts", each a model's name, its parameters and its weight; "only_new" where people buy nothing twice; "next" has
    "trending", the half-life of what is popular lately. `tried` says what the others reached on the inner split, by task and
    name; `people` is by how many it was chosen.
    """

    settings: Mapping[str, Mapping[str, Any]]
    tried: Mapping[str, Mapping[str, float]] = field(default_factory=dict)
    people: int = 0


DEFAULT = Choice({task: {"parts": [dict(part) for part in parts]} for task, parts in DEFAULTS.items()})
"""For a shop that is too young for a split."""


def choose(purchases: Purchases, *, progress: Progress = quiet) -> Choice:
    """The settings that do best on the last part of these purchases, learned from the part before; never looks further."""
    moment = inner_moment(purchases)
    if moment is None:
        return DEFAULT
    before = purchases.before(moment)
    some = of_some(before)
    history = history_of(some, catalogue_for_people(before), moment)
    most = min(max(MOST_CELLS // max(history.width, 1), FEWEST), MOST)
    questions = questions_of(history, purchases.since(moment), most)
    contests = {task: Contest(task, history, question) for task, question in questions.items() if len(question) >= LEAST_ASKED}
    with one_thread_each(), ThreadPoolExecutor(1) as worker:
        # Baskets ask nobody of the others.
        basket = worker.submit(_basket, contests["basket"], history) if "basket" in contests else None
        found = _of_people(contests, history, progress)
        if basket is not None:
            found["basket"] = basket.result()
    progress(1.0, "")
    return Choice(
        {task: found.get(task, DEFAULT.settings[task]) for task in TASKS},
        {task: contests[task].tried for task in TASKS if task in contests},
        int(np.count_nonzero(np.bincount(some.person))),
    )


def of_some(purchases: Purchases, most: int = MOST_PEOPLE) -> Purchases:
    """All lines of at most so many people: of each stratum by how many lines they have, the same share. Numbers stay."""
    lines = np.bincount(purchases.person, minlength=len(purchases.keys))
    people = np.flatnonzero(lines)
    if len(people) <= most:
        return purchases
    ranked = people[np.argsort(lines[people], kind="stable")]
    chosen = np.zeros(len(lines), np.bool_)
    chosen[ranked[(np.arange(most) * len(ranked)) // most]] = True
    return purchases.only(chosen[purchases.person])


Found = Mapping[str, Mapping[str, Any]]


def _of_people(contests: Mapping[str, Contest], history: History, progress: Progress) -> dict[str, dict[str, Any]]:
    found: dict[str, dict[str, Any]] = {}
    for number, (task, chosen) in enumerate({"new": _new, "next": _next}.items()):
        if task in contests:
            found[task] = chosen(contests[task], history, found, partial(_tell_of, progress, number))
    return found


def _tell_of(progress: Progress, number: int, share: float, what: str) -> None:
    progress((number + share) / len(TASKS), what)


def _new(contest: Contest, history: History, found: Found, progress: Progress) -> dict[str, Any]:
    of_new = families(history.span, history.people, history.width)["new"]
    for number, (family, settings) in enumerate(of_new.items()):
        progress(number / len(of_new), family)
        champion = contest.best(settings)
        if family in SPEAKING:
            champion = contest.best([champion, *spoken(champion, history.span)])
        if family != "popularity":
            champion = contest.best([champion, *trends(champion, history.span)])
        contest.enter(champion)
    return contest.won()


def _next(contest: Contest, history: History, found: Found, progress: Progress) -> dict[str, Any]:
    """With the models that won for "new" among the others."""
    of_next = families(history.span, history.people, history.width)["next"]
    for number, (family, settings) in enumerate(of_next.items()):
        progress(number / len(of_next), family)
        champion = contest.best(settings)
        if family == "popularity":
            popular = champion
        else:
            champion = contest.best([champion, *trends(champion, history.span)])
        contest.enter(champion)
    for part in found.get("new", DEFAULT.settings["new"])["parts"]:
        if part["model"] != "popularity":
            contest.enter({key: value for key, value in part.items() if key != "weight"})
    return contest.won() | {"trending": popular["half_life"]}


def _basket(contest: Contest, history: History) -> dict[str, Any]:
    for settings in families(history.span, history.people, history.width)["basket"].values():
        champion = contest.best(settings)
        contest.enter(contest.best([champion, *trends(champion, history.span)]))
    return contest.won()
