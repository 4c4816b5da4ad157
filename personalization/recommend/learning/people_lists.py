"""The lists of people: the next order, what is new to them, what is due again, and what they bought."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from itertools import repeat
from typing import Any

import numpy as np
from numpy.typing import NDArray

from personalization.recommend.learning.again import Again, due_again
from personalization.recommend.learning.answered import without
from personalization.recommend.learning.blocks import ahead, blocks
from personalization.recommend.learning.distinct import distinct
from personalization.recommend.learning.history import History
from personalization.recommend.learning.metrics import best
from personalization.recommend.learning.models import Scorer
from personalization.recommend.learning.reasons import reasons
from personalization.recommend.learning.weights import Scores
from personalization.recommend.listed import DIGITS, LISTED, Listed, Lists, Part, listed
from segmentation.store.purchases import Purchases


class PeopleLists:
    """Makes the lists of everybody, in blocks of people."""

    def __init__(self, purchases: Purchases, history: History, everything: History, settings: Mapping[str, Any]) -> None:
        self.purchases, self.history, self.everything = purchases, history, everything
        self.names = np.array(purchases.products, object)
        self.columns = self.names[history.catalogue.products]
        self.all_columns = self.names[everything.catalogue.products]
        self.half_life = half_life_of(settings)

    def of_all(self, following: Scorer, new: Scorer, new_parts: Sequence[Scorer]) -> Iterator[tuple[str, Lists]]:
        """(profile key, its lists) of everyone who bought anything."""
        people = distinct(self.everything.person)
        again, bought = due_again(self.everything, self.half_life), last_bought(self.everything)

        def found_of(rows: slice) -> tuple[list[list[Listed]], list[list[Listed]]]:
            return self._next(following, people[rows]), self._new(new, new_parts, people[rows])

        for rows, found in ahead(found_of, blocks(len(people), self.history.width)):
            block = people[rows]
            for number, person in enumerate(block.tolist()):
                yield (
                    self.purchases.keys[person],
                    {
                        Part.NEXT: found[0][number],
                        Part.NEW: found[1][number],
                        Part.AGAIN: self._again(again, person),
                        Part.BOUGHT: self._bought(bought, person),
                    },
                )

    def _next(self, scorer: Scorer, people: NDArray[Any]) -> list[list[Listed]]:
        scores = scorer(people)
        lists = best(scores, LISTED)
        return self._listed(lists, scores, np.full(lists.shape, -1))

    def _new(self, scorer: Scorer, parts: Sequence[Scorer], people: NDArray[Any]) -> list[list[Listed]]:
        scores = without("new", scorer(people), people, self.history)
        lists = best(scores, LISTED)
        return self._listed(lists, scores, reasons(parts, people, lists))

    def _listed(self, lists: NDArray[np.int64], scores: Scores, because: NDArray[np.int64]) -> list[list[Listed]]:
        values = np.round(np.take_along_axis(scores, np.maximum(lists, 0), axis=1).astype(np.float64), DIGITS).tolist()
        names = self.columns[lists].tolist()
        why = np.where(because >= 0, self.columns[because], "").tolist()
        counts = (lists >= 0).sum(axis=1).tolist()
        return [listed(row[:count], value, reason) for row, value, reason, count in zip(names, values, why, counts, strict=True)]

    def _again(self, again: Again, person: int) -> list[Listed]:
        start = int(again.starts[person])
        rows = slice(start, min(int(again.starts[person + 1]), start + LISTED))
        scores = np.round(again.scores[rows].astype(np.float64), DIGITS)
        return listed(self.all_columns[again.items[rows]].tolist(), scores.tolist())

    def _bought(self, bought: Again, person: int) -> list[Listed]:
        rows = slice(int(bought.starts[person]), int(bought.starts[person + 1]))
        return listed(self.all_columns[bought.items[rows]].tolist(), repeat(0.0))


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
