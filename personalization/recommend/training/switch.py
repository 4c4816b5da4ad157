"""Which version is served."""

from __future__ import annotations

from datetime import datetime

from personalization.models import RecommenderVersion


def switch_to(version: RecommenderVersion, *, now: datetime) -> None:
    """Serve this version from now on, in one transaction. Raises ValueError for one that has no lists."""
    raise NotImplementedError


def prune(*, keep: int) -> int:
    """Delete versions beyond the last `keep`, in short transactions, never the active one; how many."""
    raise NotImplementedError
