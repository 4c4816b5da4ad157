"""Work by blocks of rows, so that no matrix of all people and all products is ever made."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

Block = TypeVar("Block")
Made = TypeVar("Made")

BLOCK_CELLS = 8_000_000
"""Scores of a block: 32 MB of them."""


def blocks(rows: int, width: int) -> Iterator[slice]:
    """Slices of so many rows as make up a block of scores of that width."""
    size = max(BLOCK_CELLS // max(width, 1), 1)
    for start in range(0, rows, size):
        yield slice(start, min(start + size, rows))


def ahead(make: Callable[[Block], Made], several: Iterable[Block]) -> Iterator[tuple[Block, Made]]:
    """Each of several with what is made of it: the next while this one is used, since NumPy lets others work meanwhile."""
    with ThreadPoolExecutor(1) as worker:
        waiting = None
        for block in several:
            following = block, worker.submit(make, block)
            if waiting is not None:
                yield waiting[0], waiting[1].result()
            waiting = following
        if waiting is not None:
            yield waiting[0], waiting[1].result()
