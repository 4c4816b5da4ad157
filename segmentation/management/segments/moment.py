"""The argument `--now`: another moment than the present."""

from __future__ import annotations

from datetime import datetime

from django.core.management.base import CommandError, CommandParser
from django.utils.translation import gettext as _

from segmentation.membership.moments import moment_called

USAGE = 2
"""Exit code of a command line that cannot be meant, as argparse has it."""


def add_now(parser: CommandParser) -> None:
    """Let the user ask as of another moment."""
    parser.add_argument("--now", metavar="ISO", help="As of this date or time (without an offset, in the shop's zone).")


def read_now(text: str | None) -> datetime | None:
    """The aware moment that the argument spells (of a date, its midnight), None if it was not given.

    Raises CommandError with exit code 2 for anything else than an ISO date or time.
    """
    if text is None:
        return None
    found = moment_called(text)
    if found is None:
        raise CommandError(_("--now: “%(text)s” is not a date or time in ISO 8601") % {"text": text}, returncode=USAGE)
    return found
