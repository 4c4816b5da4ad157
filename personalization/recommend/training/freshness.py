"""What changes between trainings: what is popular, what stands on the shelves, and a customer's list after an order."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime


def refresh_popularity(*, now: datetime) -> None:
    """Popular lists, of everyone, countries and segments, and shelves of the active version, made anew; nothing without one."""
    raise NotImplementedError


def refresh_people(keys: Collection[str], *, now: datetime) -> None:
    """The lists of these people (profile keys) by the active version, after they ordered; in a bounded number of queries."""
    raise NotImplementedError


def watch_products(*, now: datetime) -> int:
    """Compare the shop's prices and stock with the last look, and note what fell or came back; how many did."""
    raise NotImplementedError
