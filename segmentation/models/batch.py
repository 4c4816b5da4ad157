"""Pieces for short transactions: a lock on a living shop's database is held for less than 100 ms."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TypeVar

BATCH = 500
"""Rows a transaction."""

Item = TypeVar("Item")


def batches(items: Sequence[Item], size: int = BATCH) -> Iterator[Sequence[Item]]:
    """The items in pieces of at most `size`."""
    return (items[start : start + size] for start in range(0, len(items), size))
