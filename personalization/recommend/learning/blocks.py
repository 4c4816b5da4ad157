"""Work by blocks of rows, so that no matrix of all people and all products is ever made."""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

from personalization.recommend.learning.science import one_thread_each

Block = TypeVar("Block")
Made = TypeVar("Made")

BLOCK_CELLS = 2_000_000
"""Scores of a block: 8 MB of them. Larger ones are given back to the system after each step, and had from it anew."""

MOST_CORES = 8


def blocks(rows: int, width: int) -> Iterator[slice]:
    """Slices of so many rows as make up a block of scores of that width."""
    size = max(BLOCK_CELLS // max(width, 1), 1)
    for start in range(0, rows, size):
        yield slice(start, min(start + size, rows))


def cores() -> int:
    """How many of them this process may use; never many, for each works on a block of its own."""
    mine = os.sched_getaffinity(0) if hasattr(os, "sched_getaffinity") else range(os.cpu_count() or 1)
    return min(len(mine), MOST_CORES)


def ahead(make: Callable[[Block], Made], several: Iterable[Block]) -> Iterator[tuple[Block, Made]]:
    """Each of several with what is made of it, in their order: the next ones, as many as there are cores, while this is used.

    NumPy lets others work meanwhile, so threads do.
    """
    most = cores()
    with one_thread_each(), ThreadPoolExecutor(most) as workers:
        waiting: deque[tuple[Block, Future[Made]]] = deque()
        for block in several:
            waiting.append((block, workers.submit(make, block)))
            if len(waiting) > most:
                used, made = waiting.popleft()
                yield used, made.result()
        while waiting:
            used, made = waiting.popleft()
            yield used, made.result()


def together(make: Callable[[Block], Made], several: Iterable[Block]) -> list[Made]:
    """What is made of each of several, by all cores."""
    return [made for _, made in ahead(make, several)]
