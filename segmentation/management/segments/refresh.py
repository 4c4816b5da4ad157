"""`segments refresh`: live segments answered for everyone."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.management.segments.console import Console
from segmentation.management.segments.moment import add_now, read_now
from segmentation.management.segments.table import shown, table
from segmentation.membership import RefreshReport, refresh

HELP = (
    "Answers all live segments, or those named, for everyone. "
    "Exit code 1 if one of them is broken, 75 while another refresh runs."
)


def add_arguments(parser: CommandParser) -> None:
    """Which segments, as of when."""
    parser.add_argument("slugs", nargs="*", metavar="SLUG", help="Segments to refresh; all live ones if none is named.")
    add_now(parser)


def run(console: Console, options: dict[str, Any]) -> None:
    """Refresh and say who came and went."""
    present = timezone.now()
    now = read_now(options["now"]) or present
    if now > present:
        console.warn(_("as of a moment that lies ahead: until %(now)s every other refresh is refused") % {"now": shown(now)})
    report = refresh(options["slugs"] or None, now=now, progress=console.counter(_("segments")))
    console.tell(asdict(report), _lines(report))
    for segment in report.segments:
        if segment.note:
            console.warn(_("%(slug)s: %(note)s") % {"slug": segment.slug, "note": segment.note})
    broken = [segment for segment in report.segments if segment.problem]
    for segment in broken:
        said = {"slug": segment.slug, "problem": segment.problem}
        console.warn(_("%(slug)s is broken and keeps the members it had: %(problem)s") % said)
    if broken:
        raise SystemExit(1)


def _lines(report: RefreshReport) -> Iterator[str]:
    head = [_("segment"), _("entered"), _("left"), _("size"), ""]
    rows = [
        [segment.slug, segment.entered, segment.left, segment.size, _("broken") if segment.problem else ""]
        for segment in report.segments
    ]
    yield from table(head, rows)
    yield _("people %(people)s, as of %(at)s") % {"people": shown(report.people), "at": shown(report.at)}
