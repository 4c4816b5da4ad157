"""`segments show SLUG`: one segment, its rule in every spelling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.engine.shop import active_shop
from segmentation.management.segments.console import Console, as_json
from segmentation.management.segments.table import shown, table
from segmentation.membership.plain import plain_version, shown_segment
from segmentation.membership.read import segment_called
from segmentation.models import Profile

HELP = "Shows one segment: its rule as sentence, text and JSON, its size and its versions."


def add_arguments(parser: CommandParser) -> None:
    """Which one."""
    parser.add_argument("slug", metavar="SLUG")


def run(console: Console, options: dict[str, Any]) -> None:
    """Show it; a definition that this release cannot read is shown as JSON only."""
    segment = segment_called(options["slug"])
    data = shown_segment(segment, Profile.objects.people(conf.shop).count(), active_shop().catalogue)
    data["versions"] = list(map(plain_version, segment.versions.all()))
    console.tell(data, _lines(data))


def _lines(data: dict[str, Any]) -> Iterator[str]:
    rows = [
        (_("segment"), data["slug"]),
        (_("name"), data["name"]),
        (_("description"), data["description"]),
        (_("state"), data["state"]),
        (_("told to storefronts"), _("yes") if data["is_published"] else ""),
        (_("problem"), data["problem"]),
        (_("version"), str(data["version"])),
        (_("sentence"), data["sentence"]),
        (_("text"), data["text"]),
        (_("definition"), as_json(data["definition"])),
        (_("size"), f"{shown(data['size'])} ({shown(data['share'])})"),
        (_("last refresh"), data["refreshed_at"]),
        (_("used by"), ", ".join(data["used_by"])),
        *(
            (_("version %(number)d") % version, f"{shown(version['created_at'])}  {shown(version['text'])}")
            for version in data["versions"]
        ),
    ]
    yield from table((), [row for row in rows if row[1] != ""])
