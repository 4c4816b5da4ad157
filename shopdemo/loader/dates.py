"""Moves the file's year so that it ends just now."""

from __future__ import annotations

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

# The file has no zone; the shop is in Britain, so its times are London's wall clock.
ZONE = ZoneInfo("Europe/London")


def weeks_to_move(last: datetime, now: datetime) -> int:
    """How many whole weeks bring the wall time `last` into the 7 days up to `now` (aware): weekdays and hours stay true."""
    return (now.astimezone(ZONE).replace(tzinfo=None) - last) // timedelta(weeks=1)


def moved(at: datetime, weeks: int) -> datetime:
    """The wall time `at`, so many weeks later, as an aware moment in London."""
    return (at + timedelta(weeks=weeks)).replace(tzinfo=ZONE)
