"""`segments preview 'RULE TEXT'`: whom a rule would take in."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.management.segments.console import Console
from segmentation.management.segments.moment import add_now, read_now
from segmentation.management.segments.table import shown
from segmentation.membership import Preview, preview
from segmentation.membership.plain import plain_preview

HELP = "Answers a rule for everyone and writes nothing."


def add_arguments(parser: CommandParser) -> None:
    """Which rule, as of when."""
    parser.add_argument("rule", metavar="RULE", help="The rule as text, such as 'orders.count(last 90 days) >= 3'.")
    add_now(parser)


def run(console: Console, options: dict[str, Any]) -> None:
    """Say how many, and what is odd about it."""
    found = preview(options["rule"], now=read_now(options["now"]) or timezone.now(), may_see_restricted=True)
    console.tell(plain_preview(found), _lines(found))


def _lines(found: Preview) -> Iterator[str]:
    yield found.sentence
    said = {"count": shown(found.count), "people": shown(found.population), "share": shown(found.share)}
    yield _("%(count)s of %(people)s people (%(share)s)") % said
    for warning in found.warnings:
        yield _("Note: %(warning)s") % {"warning": warning}
