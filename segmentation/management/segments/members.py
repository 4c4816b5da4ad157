"""`segments members SLUG`: who is in, since when."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from segmentation.management.segments.console import Console, Item
from segmentation.management.segments.table import shown
from segmentation.membership.read import members, segment_called
from segmentation.models import Segment

HELP = "Lists the members of a segment by profile key; those a broken segment had when it broke."

CHUNK = 5_000
"""Rows held at a time: a segment may have millions."""


def add_arguments(parser: CommandParser) -> None:
    """Of which segment."""
    parser.add_argument("slug", metavar="SLUG")


def run(console: Console, options: dict[str, Any]) -> None:
    """List them as they are read; a segment that is not live says so on standard error."""
    segment = segment_called(options["slug"])
    if segment.state != Segment.State.LIVE:
        said = {"slug": segment.slug, "state": segment.get_state_display(), "problem": segment.problem}
        console.warn((_("%(slug)s is %(state)s: %(problem)s") if segment.problem else _("%(slug)s is %(state)s")) % said)
    rows = members(segment).values_list("profile__key", "since").iterator(CHUNK)
    console.stream(({"profile": key, "since": since} for key, since in rows), _line)


def _line(member: Item) -> str:
    return f"{member['profile']:<40}  {shown(member['since'])}"
