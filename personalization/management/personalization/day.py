"""The argument `--fit-until`: the day on which learning ends."""

from __future__ import annotations

from datetime import date

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

USAGE = 2
"""Exit code of a command line that cannot be meant, as argparse has it."""

YEARS = range(2, 9999)
"""Years that have a year before and after them."""


def add_fit_until(parser: CommandParser, help_text: str, *, required: bool) -> None:
    """Let the user say where learning ends."""
    parser.add_argument("--fit-until", metavar="DATE", required=required, help=help_text)


def read_day(text: str) -> date:
    """The day that the argument spells. Raises CommandError with exit code 2 for anything else than an ISO date."""
    try:
        day = date.fromisoformat(text)
    except ValueError:
        day = None
    if day is None or day.year not in YEARS:
        raise CommandError(_("--fit-until: “%(text)s” is not a date in ISO 8601") % {"text": text}, returncode=USAGE)
    return day
