"""The lists of people: the next order, what is new to them, what is due again, and what they bought."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.again import Again, due_again
from personalization.recommend.learning.answered import without
from personalization.recommend.learning.blocks import ahead, blocks
from personalization.recommend.learning.distinct import distinct
from personalization.recommend.learning.history import History
from personalization.recommend.learning.metrics import best
from personalization.recommend.learning.models import Blend, Scorer
from personalization.recommend.learning.reasons import reasons
from personalization.recommend.learning.weights import Scores
from personalization.recommend.listed import DIGITS, LISTED, Lists, Part, Ranking, listed
from segmentation.store.purchases import Purchases

PARTS = (Part.NEXT, Part.NEW, Part.AGAIN, Part.BOUGHT)


class PeopleLists:
    """Makes the lists of everybody, in blocks of people."""

    def __init__(self, purchases: Purchases, history: History, everything: History, settings: Mapping[str, Any]) -> None:
        self.purchases, self.history, self.everything = purchases, history, everything
        self.names = np.array(purchases.products, object)
        self.columns = self.names[history.catalogue.products]
        self.all_columns = self.names[everything.catalogue.products]
        self.half_life = half_life_of(settings)

    def of_all(self, following: Blend, new: Blend) -> Iterator[tuple[str, Lists]]:
        """(profile key, its lists) of everyone who bought anything."""
        people = distinct(self.everything.person)
        again, bought = due_again(self.everything, self.half_life), last_bought(self.everything)

        def found_of(rows: slice) -> Iterable[Sequence[Ranking]]:
            some, made = people[rows], dict[int, Scores]()
            return zip(
                self._next(following.beside(some, made)),
                self._new(new.beside(some, made), new.scorers, some),
                self._cut(again, some, LISTED),
                self._cut(bought, some),
                strict=True,
            )

        for rows, found in ahead(found_of, blocks(len(people), self.history.width)):
            for person, lists in zip(people[rows].tolist(), found, strict=True):
                yield self.purchases.keys[person], dict(zip(PARTS, lists, strict=True))

    def _next(self, scores: Scores) -> list[Ranking]:
        lists = best(scores, LISTED)
        return self._listed(lists, scores, np.full(lists.shape, -1))

    def _new(self, scores: Scores, parts: Sequence[Scorer], people: NDArray[Any]) -> list[Ranking]:
        scores = without("new", scores, people, self.history)
        lists = best(scores, LISTED)
        return self._listed(lists, scores, reasons(parts, people, lists))

    def _listed(self, lists: NDArray[np.int64], scores: Scores, because: NDArray[np.int64]) -> list[Ranking]:
        values = np.round(np.take_along_axis(scores, np.maximum(lists, 0), axis=1).astype(np.float64), DIGITS).tolist()
        names = self.columns[lists].tolist()
        why = np.where(because >= 0, self.columns[because], "").tolist()
        counts = (lists >= 0).sum(axis=1).tolist()
        return [listed(row[:count], value, reason) for row, value, reason, count in zip(names, values, why, counts, strict=True)]

    def _cut(self, kept: Again, people: NDArray[Any], most: int | None = None) -> list[Ranking]:
        """What is kept of each of the people, who are in the order of their numbers."""
        starts, ends = kept.starts[people].tolist(), kept.starts[people + 1].tolist()
        first, last = (starts[0], ends[-1]) if starts else (0, 0)
        names = self.all_columns[kept.items[first:last]].tolist()
        scores = np.round(kept.scores[first:last].astype(np.float64), DIGITS).tolist()
        places = [
            slice(start - first, (end if most is None else min(end, start + most)) - first)
            for start, end in zip(starts, ends, strict=True)
        ]
        return [listed(names[place], scores[place]) for place in places]


def last_bought(history: History) -> Again:
    """All that each person bought, the last in front."""
    last = history.last
    person, item, times = history.person[last], history.item[last], history.times[last]
    lines = np.lexsort((item, -times, person))
    starts = np.searchsorted(person[lines], np.arange(history.people + 1))
    return Again(starts, item[lines], np.zeros(len(lines), np.float32))


def half_life_of(settings: Mapping[str, Any]) -> float | None:
    """In how many seconds a purchase halves, by the settings of "next"; None where it counts for ever."""
    lives = [part.get("half_life") for part in settings.get("parts", ()) if part.get("model") == "frequency"]
    return lives[0] if lives else None
