"""Another moment than the present, as somebody writes it who asks about it."""

from __future__ import annotations

from datetime import datetime, time

from segmentation.conf import conf
from segmentation.rules.values import read_moment

YEARS = range(2, 9999)
"""Years that have a year before and after them."""


def moment_called(text: str) -> datetime | None:
    """The moment, in the shop's zone, that a text in ISO 8601 spells: a time, of that zone where it has no offset, or a date,
    which is its midnight there. None for anything else."""
    zone = conf.time_zone
    found = read_moment(text, zone)
    if found is None or found.year not in YEARS:
        return None
    # Not in the zone it was written in: PostgreSQL knows no offset of sixteen hours.
    return found.astimezone(zone) if isinstance(found, datetime) else datetime.combine(found, time(), zone)
