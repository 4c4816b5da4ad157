"""`segments show SLUG`: one segment, its rule in every spelling."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.engine.shop import active_shop
from segmentation.errors import RuleError
from segmentation.facts.sentences import sentence
from segmentation.management.segments.console import Console, as_json
from segmentation.management.segments.table import shown, table
from segmentation.membership.read import segment_called
from segmentation.membership.status import share_of
from segmentation.models import Profile, Segment
from segmentation.rules import Rule, format_rule, load

HELP = "Shows one segment: its rule as sentence, text and JSON, its size and its versions."


def add_arguments(parser: CommandParser) -> None:
    """Which one."""
    parser.add_argument("slug", metavar="SLUG")


def run(console: Console, options: dict[str, Any]) -> None:
    """Show it; a definition that this release cannot read is shown as JSON only."""
    data = _data(segment_called(options["slug"]))
    console.tell(data, _lines(data))


def _data(segment: Segment) -> dict[str, Any]:
    rule = _rule(segment.definition)
    versions = segment.versions.values_list("number", "created_at", "definition")
    return {
        "slug": segment.slug,
        "name": segment.name,
        "description": segment.description,
        "state": segment.state,
        "version": segment.version,
        "sentence": sentence(rule, active_shop().catalogue) if rule else None,
        "text": format_rule(rule) if rule else None,
        "definition": segment.definition,
        "size": segment.size,
        "share": share_of(segment.size, Profile.objects.people(conf.shop).count()),
        "refreshed_at": segment.refreshed_at,
        "problem": segment.problem,
        "versions": [{"number": number, "created_at": at, "text": _text(definition)} for number, at, definition in versions],
    }


def _rule(definition: object) -> Rule | None:
    try:
        return load(definition)
    except RuleError:
        return None


def _text(definition: object) -> str | None:
    rule = _rule(definition)
    return format_rule(rule) if rule else None


def _lines(data: dict[str, Any]) -> Iterator[str]:
    rows = [
        (_("segment"), data["slug"]),
        (_("name"), data["name"]),
        (_("description"), data["description"]),
        (_("state"), data["state"]),
        (_("problem"), data["problem"]),
        (_("version"), str(data["version"])),
        (_("sentence"), data["sentence"]),
        (_("text"), data["text"]),
        (_("definition"), as_json(data["definition"])),
        (_("size"), f"{shown(data['size'])} ({shown(data['share'])})"),
        (_("last refresh"), data["refreshed_at"]),
        *(
            (_("version %(number)d") % version, f"{shown(version['created_at'])}  {shown(version['text'])}")
            for version in data["versions"]
        ),
    ]
    yield from table((), [row for row in rows if row[1] != ""])
