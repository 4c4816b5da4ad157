"""Lists in the database and in memory: written when a model is trained or somebody orders, read when a page is shown."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from personalization.models import RecommenderVersion
from personalization.recommend.listed import Lists


def read_lists(shop: str, keys: Collection[str]) -> tuple[int | None, Mapping[str, Lists]]:
    """The active version's id (None where nothing was trained yet), and its lists by key, without those that it has not.

    One query for those that are not remembered, which those are for `KEPT_SECONDS` at most, and none at all when warm.
    """
    raise NotImplementedError


def write_lists(version: RecommenderVersion, rows: Iterable[tuple[str, Lists]]) -> int:
    """Write rows of a version, in place of those of the same keys; how many. In short transactions."""
    raise NotImplementedError


def forget_lists(keys: Collection[str] | None = None) -> None:
    """These (or all) were written: this process and, by Django's cache, the others read them anew."""
    raise NotImplementedError
