"""The places of an answer: pins where the owner wants them, candidates in all others."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import NamedTuple

from personalization.recommend.product import Product
from personalization.recommend.serving.house import House
from personalization.recommend.strategies.base import Candidate, Why

AMONG = 10
"""The last place is drawn among so many candidates: the one that would stand there and those after it."""


class Placed(NamedTuple):
    """A candidate that may stand in the answer, and how likely that was; `source` is the strategy it came from."""

    candidate: Candidate
    source: str
    score: float
    propensity: float = 1.0


@dataclass(slots=True)
class Filling:
    """One answer as it is filled.

    In a share `explore` of answers the last place, unless a pin's, is drawn evenly among AMONG candidates; `draw` gives numbers
    from 0 to below 1. `removed` are (product, source, code of the rule) in the order in which they came.
    """

    house: House
    products: Mapping[str, Product]
    explore: float = 0.0
    draw: Callable[[], float] = random.random
    removed: list[tuple[str, str, str]] = field(default_factory=list)

    def fill(self, pins: Sequence[tuple[int, Placed]], candidates: Iterable[Placed], limit: int) -> list[Placed]:
        """At most `limit`, all rules kept, no product twice.

        A pin whose place is taken gets the next free one, or the last; pins past the end get none. Where there are too few
        candidates all move up.
        """
        spots = self._pinned(pins, limit)
        seen = {pin.candidate.product for pin in spots.values()} | {name for name, *_ in self.removed}
        allowed = self._allowed(candidates, seen)
        last = 1 if limit not in spots else 0
        chosen = []
        for one in islice(allowed, limit - len(spots) - last):
            self.house.taken.add(self.products[one.candidate.product])
            chosen.append(one)
        if last:
            chosen += self._drawn(list(islice(allowed, AMONG if self.explore else 1)))
        rest = iter(chosen)
        merged = (spots.get(place) or next(rest, None) for place in range(1, limit + 1))
        return [one for one in merged if one is not None]

    def _pinned(self, pins: Sequence[tuple[int, Placed]], limit: int) -> dict[int, Placed]:
        spots: dict[int, Placed] = {}
        for position, pin in pins:
            free = [place for place in range(1, limit + 1) if place not in spots]
            if position > limit or not free or not self._may_stand(pin):
                continue
            spots[next((place for place in free if place >= position), free[-1])] = pin
            self.house.taken.add(self.products[pin.candidate.product])
        return spots

    def _drawn(self, pool: Sequence[Placed]) -> list[Placed]:
        """One of the pool, if there is any: the first but for a share `explore` of draws, which are even.

        Of a pool of m the first has the propensity 1 - explore + explore / m, each other explore / m.
        """
        if len(pool) < 2:
            return list(pool)
        drawn = self.draw()
        place = int(drawn / self.explore * len(pool)) if drawn < self.explore else 0
        even = self.explore / len(pool)
        return [pool[place]._replace(propensity=even if place else 1 - self.explore + even)]

    def _allowed(self, candidates: Iterable[Placed], seen: set[str]) -> Iterator[Placed]:
        """Those that may stand beside what is taken when they are asked for; each product is asked once."""
        for one in candidates:
            if one.candidate.product not in seen:
                seen.add(one.candidate.product)
                if self._may_stand(one):
                    yield one

    def _may_stand(self, one: Placed) -> bool:
        name = one.candidate.product
        code = self.house.broken_by(self.products.get(name))
        if code:
            self.removed.append((name, one.source, code))
        return not code


def pinned(product: str, source: str) -> Placed:
    """What an owner puts there."""
    return Placed(Candidate(product, 1.0, Why.PINNED), source, 1.0)
