"""From when to when the shop has orders, and where to cut them for an evaluation."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.db.models import Max, Min

from personalization.conf import conf
from segmentation.sources import active_source

TESTED = 0.26
"""The share of the span that is kept for testing."""


def span() -> tuple[datetime, datetime] | None:
    """The times of the first and the last order, in one query; None where there are none, or the database cannot tell.

    Raises SourceError where the shop cannot be asked.
    """
    orders = active_source().relations["orders"]
    column = orders.columns.get("placed_at")
    if column is None or column.is_callable:
        return None
    asked: Any = column.value
    found = orders.queryset().order_by().aggregate(regulars_first=Min(asked), regulars_last=Max(asked))
    first, last = found["regulars_first"], found["regulars_last"]
    return (first, last) if isinstance(first, datetime) and isinstance(last, datetime) else None


def cut_of(first: datetime, last: datetime) -> date:
    """The day that leaves the last TESTED of the span, as the shop's calendar has it."""
    return (last - (last - first) * TESTED).astimezone(conf.time_zone).date()
