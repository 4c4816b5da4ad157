"""`segments status`: how things stand, with an exit code for monitoring."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.management.segments.console import Console
from segmentation.management.segments.table import shown, table
from segmentation.membership.plain import plain_status
from segmentation.membership.status import SegmentStatus, Status, status

HELP = "Shows how current each segment is; exit code 1 if something must be looked at."


def add_arguments(parser: CommandParser) -> None:
    """None of its own."""


def run(console: Console, options: dict[str, Any]) -> None:
    """Say how things stand."""
    found = status(now=timezone.now())
    console.tell(plain_status(found), _lines(found))
    if found.alarms:
        raise SystemExit(1)


def _lines(found: Status) -> Iterator[str]:
    said = {"shop": found.shop, "people": shown(found.people), "at": shown(found.last_refresh)}
    yield _("shop %(shop)s: people %(people)s, last refresh %(at)s") % said
    head = [_("segment"), _("state"), _("size"), _("version"), _("last refresh"), _("lag")]
    yield from table(head, [_row(segment) for segment in found.segments])
    yield from _counted(_("rows left out by the last refresh"), found.ignored)
    yield from _counted(_("values that the last refresh did not understand"), found.faults)
    for note in found.notes:
        yield _("Note: %(warning)s") % {"warning": note}
    for alarm in found.alarms:
        yield _("ALARM: %(alarm)s") % {"alarm": alarm}


def _row(segment: SegmentStatus) -> list[object]:
    lag = None if segment.lag is None else str(timedelta(seconds=segment.lag))
    return [segment.slug, segment.state, segment.size, segment.version, segment.refreshed_at, lag]


def _counted(label: str, counts: Mapping[str, int]) -> Iterator[str]:
    found = ", ".join(f"{name} {count:,}" for name, count in counts.items() if count)
    if found:
        yield f"{label}: {found}"
