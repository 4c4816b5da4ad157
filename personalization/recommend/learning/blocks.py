"""Work by blocks of rows, so that no matrix of all people and all products is ever made."""

from __future__ import annotations

from collections.abc import Iterator

BLOCK_CELLS = 8_000_000
"""Scores of a block: 32 MB of them."""


def blocks(rows: int, width: int) -> Iterator[slice]:
    """Slices of so many rows as make up a block of scores of that width."""
    size = max(BLOCK_CELLS // max(width, 1), 1)
    for start in range(0, rows, size):
        yield slice(start, min(start + size, rows))
