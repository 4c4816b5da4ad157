"""Scores as facts of the person: which there are, the database says when a rule first names one."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cached_property
from itertools import chain

from django.utils.functional import Promise
from django.utils.text import format_lazy

from segmentation.facts.fact import Fact
from segmentation.facts.families.predictive import SORTS
from segmentation.facts.family import Family
from segmentation.facts.relations import spaced
from segmentation.models.score import DECIMALS, ScoreKind
from segmentation.rules.values import Kind

SCORE = "score"
"""What comes before the dot in the name of every score."""

PREFIX = f"{SCORE}."

Scores = Callable[[], Mapping[str, Fact]]
"""Gives the scores that there are, by full name."""


def stored_scores(shop: str) -> dict[str, Fact]:
    """The scores that are written for a shop, by full name; one query."""
    kinds = ScoreKind.objects.filter(shop=shop).order_by("name")
    return {fact.name: fact for fact in map(score_fact, kinds)}


def score_fact(kind: ScoreKind) -> Fact:
    """A score as a fact: a number of today, which was predicted of the person."""
    label, help_text = _words(kind)
    return Fact(
        f"{PREFIX}{kind.name}",
        Kind.NUMBER,
        DECIMALS,
        label,
        current=True,
        family=Family.PREDICTIVE,
        help=help_text,
        written_at=kind.written_at,
    )


def _words(kind: ScoreKind) -> tuple[str | Promise, str | Promise]:
    for begins, (template, help_text) in SORTS.items():
        if kind.name.startswith(begins):
            label = kind.label or kind.about or spaced(kind.name.removeprefix(begins))
            return format_lazy(template, label=label), help_text
    return kind.label or spaced(kind.name), ""


class Attributes(Mapping[str, Fact]):
    """Facts of the person, scores among them: these are looked for once, and only where one is named or all are listed."""

    def __init__(self, facts: Mapping[str, Fact], scores: Scores) -> None:
        self._facts = facts
        self._find = scores

    @cached_property
    def _scores(self) -> Mapping[str, Fact]:
        return self._find()

    def __getitem__(self, name: str) -> Fact:
        return (self._scores if name.startswith(PREFIX) else self._facts)[name]

    def __iter__(self) -> Iterator[str]:
        return chain(self._facts, self._scores)

    def meant(self, name: str) -> Iterable[str]:
        """What a name that there is none of may have been meant to be: a score, or a fact that is none."""
        return self._scores if name.startswith(PREFIX) else self._facts

    def __len__(self) -> int:
        return len(self._facts) + len(self._scores)
