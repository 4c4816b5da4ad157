"""The clock on the shop's wall: times as the file has them, without a zone."""

from __future__ import annotations

import datetime as dt


def wall(text: str) -> dt.datetime:
    """ "2011-12-09 12:50" as a naive datetime."""
    return dt.datetime.fromisoformat(text)
