"""`segments import FILE`: definitions of a file become the shop's."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.management.segments.console import Console
from segmentation.management.segments.moment import USAGE
from segmentation.membership.definitions import MAX_BYTES, TakenIn, take_in

HELP = "Makes and changes segments so that they are as a file says, all of it or nothing. Others stay as they are."


def add_arguments(parser: CommandParser) -> None:
    """Which file."""
    parser.add_argument("file", metavar="FILE", help="What `segments export` wrote.")
    parser.add_argument("--dry-run", action="store_true", help="Say what would become of the segments and write nothing.")


def run(console: Console, options: dict[str, Any]) -> None:
    """Take it in and say what became of each."""
    report = take_in(_content(options["file"]), dry_run=options["dry_run"], now=timezone.now())
    console.tell({**asdict(report), "dry_run": options["dry_run"]}, _lines(report, options["dry_run"]))


def _content(path: str) -> bytes:
    """No more of it than shows that it is too large."""
    try:
        with open(path, "rb") as file:
            return file.read(MAX_BYTES + 1)
    except OSError as error:
        raise CommandError(str(error), returncode=USAGE) from error


def _lines(report: TakenIn, dry_run: bool) -> Iterator[str]:
    for slug in report.created:
        yield _("created %(slug)s") % {"slug": slug}
    for slug in report.changed:
        yield _("changed %(slug)s") % {"slug": slug}
    for slug in report.unchanged:
        yield _("unchanged %(slug)s") % {"slug": slug}
    if not report.created and not report.changed:
        yield _("Nothing changed.")
    elif dry_run:
        yield _("A dry run: nothing was written.")
    else:
        yield _("The next refresh answers them.")
