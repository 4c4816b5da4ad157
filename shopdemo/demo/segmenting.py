"""The demo's part of segmentation: profiles, the first segments, and who is in them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from segmentation.conf import conf
from segmentation.membership import RefreshReport, define, refresh
from segmentation.models import Segment
from segmentation.profiles import SyncReport, sync
from shopdemo.progress import Counter, Progress
from shopdemo.segments import SEGMENTS, DemoSegment


def sync_profiles(now: datetime, progress: Progress) -> SyncReport:
    """A profile for everybody in the shop."""
    with Counter("profiles", progress) as counter:
        return sync(now=now, progress=counter)


def define_missing(now: datetime, progress: Progress, segments: Sequence[DemoSegment] = SEGMENTS) -> list[str]:
    """Make those segments live that the shop has not (known by slug) and return their slugs; what is there is the owner's."""
    present = set(Segment.objects.filter(shop=conf.shop).values_list("slug", flat=True))
    missing = [segment for segment in segments if segment.slug not in present]
    with progress("segments", len(missing)) as advance:
        for segment in missing:
            define(
                segment.slug,
                segment.text,
                name=segment.name,
                description=segment.description,
                is_published=segment.is_published,
                now=now,
            )
            advance(1)
    return [segment.slug for segment in missing]


def refresh_all(now: datetime, progress: Progress) -> RefreshReport:
    """Every live segment answered for everyone."""
    with Counter("members", progress) as counter:
        return refresh(now=now, progress=counter)
