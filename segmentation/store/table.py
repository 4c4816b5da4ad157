"""Rows of one relation as they come from the shop, column by column."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from segmentation.sources import Relation
from segmentation.store.lookups import holdable

CHUNK = 2000
"""Rows at a time: the garbage collector walks through those that wait again and again, so that larger chunks take longer."""

LONGEST_NUMBER = 1000
"""Digits of a key that is ordered as a number; Python refuses to read very many."""


@dataclass(frozen=True)
class Table:
    """Equally long lists by column name; a column that the shop does not map is all None."""

    length: int
    columns: Mapping[str, Sequence[Any]]

    def column(self, name: str) -> Sequence[Any]:
        """The values of a column."""
        return self.columns[name] if name in self.columns else [None] * self.length


def fetch(
    relation: Relation, wanted: Iterable[str], using: str | None, wheres: Sequence[Mapping[str, Collection[Any]]] | None = None
) -> Table:
    """The wanted columns that are mapped, and "pk", of all rows, or of those that fit any of `wheres` (each row once)."""
    if wheres is not None:
        wheres = [{name: holdable(relation, name, values) for name, values in where.items()} for where in wheres]
    names = _names(relation, wanted)
    lists: list[list[Any]] = [[] for _ in names]
    seen: set[Any] = set()
    for where in [None] if wheres is None else wheres:
        for chunk in relation.read(names, using=using, where=where, chunk_size=CHUNK, floats=True):
            fresh = chunk if wheres is None else [row for row in chunk if row[0] not in seen]
            if wheres is not None:
                seen.update(row[0] for row in fresh)
            for values, column in zip(zip(*fresh, strict=True), lists, strict=False):
                column.extend(values)
    return Table(len(lists[0]), dict(zip(names, lists, strict=True)))


def pieces(relation: Relation, wanted: Iterable[str], using: str | None) -> Iterator[Table]:
    """The same of all rows, a few at a time, for whoever need not have them all at once."""
    names = _names(relation, wanted)
    for chunk in relation.read(names, using=using, chunk_size=CHUNK, floats=True):
        yield Table(len(chunk), dict(zip(names, zip(*chunk, strict=True), strict=True)))


def _names(relation: Relation, wanted: Iterable[str]) -> list[str]:
    return ["pk", *sorted(name for name in set(wanted) - {"pk"} if name in relation.columns)]


def key_ranks(keys: Sequence[Any]) -> NDArray[np.int64]:
    """A number a row that orders keys: the numbers first, by their value, and the others as text.

    A key stands before or after another whatever other keys there are, so that a few rows are ordered as all are.
    """
    if set(map(type, keys)) <= {int} or all(map(_is_number, keys)):  # the first is quicker
        with suppress(OverflowError, ValueError):  # more than int64 or than Python reads
            return np.array(keys, np.int64)
    ranks = np.empty(len(keys), np.int64)
    ranks[sorted(range(len(keys)), key=lambda index: _natural(keys[index]))] = np.arange(len(keys))
    return ranks


def _is_number(key: Any) -> bool:
    return type(key) is int or (isinstance(key, str) and key.isascii() and key.isdigit())


def _natural(key: Any) -> tuple[int, int, str]:
    text = str(key)
    return (0, int(text), text) if _is_number(key) and len(text) <= LONGEST_NUMBER else (1, 0, text)
