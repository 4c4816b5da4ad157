"""Rows one after the other: who has a match of all steps, and nothing of some kind afterwards.

Steps take distinct rows at t1 <= t2 <= …; those of one relation in row order. For each row that may end a match the
latest start of one is kept: it is the shortest, and a later end leaves fewer rows behind it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np
from numpy.typing import NDArray

from segmentation.kernel.columns import MISSING
from segmentation.kernel.measures import Mask

Integers = NDArray[np.int64]


@dataclass(frozen=True)
class Steps:
    """The rows that one step may take, in row order: index in the relation, customer and time of each."""

    relation: str
    rows: Integers
    customers: Integers
    times: Integers


@dataclass(frozen=True)
class Ends:
    """Rows that end a match, in row order, with the latest start that such a match has."""

    at: Steps
    starts: Integers


def sequence(steps: Sequence[Steps], within: int | None, then: Steps | None, size: int) -> Mask:
    """Who has a match whose first and last row lie at most `within` seconds apart, and no row of `then` after it."""
    relations = [relation for relation, _ in groupby(steps, key=lambda step: step.relation)]
    find = _chained if len(relations) == len(set(relations)) else _interleaved
    ends = find(steps)
    fits = np.ones(len(ends.starts), np.bool_) if within is None else ends.at.times - ends.starts <= within
    if then is not None:
        fits &= ~_followed(ends.at, then, size)
    matched = np.zeros(size, np.bool_)
    matched[ends.at.customers[fits]] = True
    return matched


def _followed(last: Steps, then: Steps, size: int) -> Mask:
    """After which rows one of `then` comes: later in row order within one relation, else at the same time or later."""
    same = last.relation == then.relation
    latest = np.full(size, MISSING, np.int64)
    np.maximum.at(latest, then.customers, then.rows if same else then.times)
    found = latest[last.customers]
    return found > last.rows if same else found >= last.times


def _chained(steps: Sequence[Steps]) -> Ends:
    """Step by step; right where each relation's steps are neighbours, so that only neighbours vie for rows."""
    ends = Ends(steps[0], steps[0].times)
    for step in steps[1:]:
        before = _last_before(ends.at, step)
        found = before >= 0
        taken = Steps(step.relation, step.rows[found], step.customers[found], step.times[found])
        ends = Ends(taken, ends.starts[before[found]])
    return ends


def _last_before(first: Steps, second: Steps) -> Integers:
    """For each row of the second step the last row of the first that may precede it, -1 if none.

    The starts that end in later rows are never earlier, so the last is the best.
    """
    if not len(first.rows):
        return np.full(len(second.rows), -1, np.int64)
    if first.relation == second.relation:
        mine, theirs, side = first.rows, second.rows, "left"
    else:
        times = np.unique(np.concatenate([first.times, second.times]))
        mine, theirs, side = np.searchsorted(times, first.times), np.searchsorted(times, second.times), "right"
    width = int(max(mine.max(initial=0), theirs.max(initial=0))) + 1
    order = np.lexsort((mine, first.customers))
    places = np.searchsorted((first.customers * width + mine)[order], second.customers * width + theirs, side=side) - 1  # type: ignore[call-overload]
    before = np.where(places >= 0, order[places], -1)
    is_hers = (before >= 0) & (first.customers[before] == second.customers)
    return np.where(is_hers, before, -1)


def _interleaved(steps: Sequence[Steps]) -> Ends:
    """The same where a relation comes back after another: rows of one second must not be taken twice. A customer a time."""
    relation_rows: dict[int, dict[int, list[_Row]]] = defaultdict(lambda: defaultdict(list))
    for number, step in enumerate(steps):
        for row, customer, time in zip(step.rows.tolist(), step.customers.tolist(), step.times.tolist(), strict=True):
            relation_rows[customer][time].append((number, row))
    names = [step.relation for step in steps]
    found = [
        (row, customer, time, start)
        for customer, seconds in relation_rows.items()
        for time, row, start in _ends_of(names, sorted(seconds.items()))
    ]
    rows, customers, times, starts = np.array(sorted(found), np.int64).reshape(-1, 4).T
    return Ends(Steps(names[-1], rows, customers, times), starts)


_Row = tuple[int, int]
"""(number of the step, row)."""


def _ends_of(names: Sequence[str], seconds: Sequence[tuple[int, list[_Row]]]) -> Iterator[tuple[int, int, int]]:
    """(time, row, latest start) of the rows that end a match, second by second."""
    best: list[int | None] = [None] * (len(names) + 1)
    for time, rows in seconds:
        fresh = list(best)
        for done in range(len(names)):
            start = time if done == 0 else best[done]
            if start is None:
                continue
            for reached, last in _within_second(names, done, rows):
                fresh[reached] = max(start, fresh[reached]) if fresh[reached] is not None else start  # type: ignore[type-var]
                if reached == len(names):
                    yield time, last, start
        best = fresh


def _within_second(names: Sequence[str], done: int, rows: Sequence[_Row]) -> Iterator[tuple[int, int]]:
    """(steps done, last row) that can be reached in one second from so many steps done, taking the least rows there are.

    The last step may take any row that is left to it: which one matters to what follows.
    """
    used: dict[str, int] = {}
    for step in range(done, len(names)):
        free = [row for number, row in rows if number == step and row > used.get(names[step], -1)]
        if not free:
            return
        if step == len(names) - 1:
            yield from ((step + 1, row) for row in free)
        else:
            yield step + 1, min(free)
        used[names[step]] = min(free)
