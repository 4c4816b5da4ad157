"""What strategies read of the rows that they were given."""

from __future__ import annotations

from collections.abc import Mapping
from functools import lru_cache, partial
from itertools import repeat

from personalization.recommend.listed import NOTHING, Lists, Part, Ranking
from personalization.recommend.strategies.base import Candidate, Why

_candidate = partial(tuple.__new__, Candidate)


def products_of(lists: Mapping[str, Lists], key: str, part: Part) -> Ranking:
    """A part of a row; empty where there is none."""
    row = lists.get(key)
    return NOTHING if row is None else Ranking.of(row.get(part, NOTHING))


def candidates_of(items: Ranking, why: Why, about: str = "") -> list[Candidate]:
    """The products of a list, all for one reason."""
    return list(map(_candidate, zip(items.products, items.scores, repeat(why), repeat(about))))


@lru_cache(200)
def places(count: int) -> tuple[float, ...]:
    """What places count in a list of so many: from 1 in front to 1 / count."""
    return tuple(1 - place / count for place in range(count))
