"""How things stand: how current each segment is, and what somebody must look at."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.errors import RegularsError
from segmentation.models import Profile, RefreshRun, Segment
from segmentation.sources import active_source

STALE_AFTER = timedelta(hours=25)
"""A nightly refresh may be an hour late, but not left out."""

AHEAD = timedelta(minutes=5)
"""Clocks of two machines differ by less."""


@dataclass(frozen=True, slots=True)
class SegmentStatus:
    """One segment. `lag` is seconds since its last refresh, None before the first; `alarm` is "" where all is well.

    `note` is what the last refresh saw that its owner should look at: it was answered, perhaps not as she meant.
    """

    slug: str
    name: str
    state: str
    version: int
    size: int | None
    refreshed_at: datetime | None
    lag: int | None
    alarm: str
    note: str


@dataclass(frozen=True, slots=True)
class Status:
    """The shop's segments by slug. `last_refresh`, `ignored` and `faults` are of the last refresh that ran to its end:
    its moment, rows left out by relation, values not understood by column. `problems` are of the shop source."""

    shop: str
    people: int
    last_refresh: datetime | None
    segments: tuple[SegmentStatus, ...]
    problems: tuple[str, ...]
    ignored: Mapping[str, int]
    faults: Mapping[str, int]

    @property
    def alarms(self) -> tuple[str, ...]:
        """A sentence for each thing that must be looked at; none where all is well."""
        source = (_("shop source: %(problem)s") % {"problem": problem} for problem in self.problems)
        return (*source, *(segment.alarm for segment in self.segments if segment.alarm))

    @property
    def notes(self) -> tuple[str, ...]:
        """A sentence for each segment that its owner should look at; none of them is an alarm."""
        said = ({"slug": segment.slug, "note": segment.note} for segment in self.segments if segment.note)
        return tuple(_("%(slug)s: %(note)s") % each for each in said)


def status(*, now: datetime) -> Status:
    """How things stand at `now`, in three queries whatever the number of segments. Reads no row of the shop."""
    run = RefreshRun.objects.filter(shop=conf.shop).order_by("-pk").first()
    segments = Segment.objects.filter(shop=conf.shop).order_by("slug")
    return Status(
        shop=conf.shop,
        people=Profile.objects.people(conf.shop).count(),
        last_refresh=run.at if run else None,
        segments=tuple(_segment(segment, now) for segment in segments),
        problems=_source_problems(),
        ignored=run.ignored if run else {},
        faults=run.faults if run else {},
    )


def share_of(size: int | None, people: int) -> float | None:
    """The part of the people that a segment has; None while its size is not known, 0 where there is nobody."""
    if size is None:
        return None
    return size / people if people else 0.0


def _segment(segment: Segment, now: datetime) -> SegmentStatus:
    age = now - segment.refreshed_at if segment.refreshed_at else None
    return SegmentStatus(
        slug=segment.slug,
        name=segment.name,
        state=segment.state,
        version=segment.version,
        size=segment.size,
        refreshed_at=segment.refreshed_at,
        lag=None if age is None else int(age.total_seconds()),
        alarm=_alarm(segment, age),
        note=segment.problem if segment.state == Segment.State.LIVE else "",
    )


def _alarm(segment: Segment, age: timedelta | None) -> str:
    said = {"slug": segment.slug, "problem": segment.problem}
    if segment.state == Segment.State.BROKEN:
        return _("%(slug)s is broken and keeps the members it had: %(problem)s") % said
    if segment.state != Segment.State.LIVE:
        return ""
    if age is None:
        return _("%(slug)s was never refreshed") % said
    if age < -AHEAD:
        return _("%(slug)s was refreshed as of a moment that lies ahead: until then every refresh is refused") % said
    if age > STALE_AFTER:
        return _("%(slug)s was not refreshed for %(hours)d hours") % {**said, "hours": age // timedelta(hours=1)}
    return ""


def _source_problems() -> tuple[str, ...]:
    try:
        return tuple(map(str, active_source().problems()))
    except RegularsError as error:
        return (str(error),)
