"""How things stand."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from segmentation.membership.status import SegmentStatus, Status


def plain_status(found: Status) -> dict[str, Any]:
    """The shop's segments by slug, and in sentences what somebody must, or should, look at."""
    return {
        "shop": found.shop,
        "people": found.people,
        "last_refresh": found.last_refresh,
        "alarms": found.alarms,
        "notes": found.notes,
        "segments": list(map(_segment, found.segments)),
        "ignored": found.ignored,
        "faults": found.faults,
    }


def _segment(segment: SegmentStatus) -> dict[str, Any]:
    data = asdict(segment)
    del data["alarm"], data["note"]  # told beside the segments
    return data
