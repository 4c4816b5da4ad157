"""What strategies read of the rows that they were given."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from personalization.recommend.listed import Listed, Lists, Part
from personalization.recommend.strategies.base import Candidate, Why


def products_of(lists: Mapping[str, Lists], key: str, part: Part) -> Sequence[Listed]:
    """A part of a row; empty where there is none."""
    row = lists.get(key)
    return row.get(part, ()) if row is not None else ()


def candidates_of(items: Iterable[Listed], why: Why, about: str = "") -> list[Candidate]:
    """The products of a list, all for one reason."""
    return [Candidate(item.product, item.score, why, about) for item in items]
