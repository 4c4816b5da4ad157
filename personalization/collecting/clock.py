"""When something happened, by our clock."""

from __future__ import annotations

from datetime import datetime, timedelta

from segmentation.activity import SKEW


def moment(at: datetime | None, sent_at: datetime | None, now: datetime) -> datetime:
    """How long ago it was when it was sent is believed, whatever that clock says of the day; SKEW at most, and never less than 0.

    Without `sent_at` the clock is believed as it is.
    """
    if at is None:
        return now
    ago = (sent_at or now) - at
    return now - min(max(ago, timedelta(0)), SKEW)
