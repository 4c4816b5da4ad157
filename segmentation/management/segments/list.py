"""`segments list`: the shop's segments at a glance."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.management.segments.console import Console
from segmentation.management.segments.table import table
from segmentation.membership.plain import listed_segment
from segmentation.models import Profile, Segment

HELP = "Lists the segments with state, size and share."


def add_arguments(parser: CommandParser) -> None:
    """None of its own."""


def run(console: Console, options: dict[str, Any]) -> None:
    """List them by slug."""
    people = Profile.objects.people(conf.shop).count()
    segments = [listed_segment(segment, people) for segment in Segment.objects.filter(shop=conf.shop).order_by("slug")]
    head = [_("segment"), _("name"), _("state"), _("size"), _("share"), _("last refresh"), ""]
    console.tell(segments, table(head, list(map(_row, segments))))


def _row(segment: dict[str, Any]) -> list[object]:
    *cells, is_published = segment.values()
    return [*cells, _("told to storefronts") if is_published else ""]
