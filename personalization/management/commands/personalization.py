"""`manage.py personalization`: recommendations from the command line. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError, CommandParser

from personalization.checks import check_settings
from personalization.errors import TrainingBusy
from personalization.management.personalization import (
    audience,
    evaluate,
    popularity,
    recommend,
    status,
    switch,
    train,
    versions,
)
from segmentation.errors import RegularsError
from segmentation.management.segments.console import Console

EXIT_CODES: Mapping[type[Exception], int] = {TrainingBusy: 75}
"""Other than 1: EX_TEMPFAIL, try again later."""


class Subcommand(Protocol):
    """What a file of `personalization.management.personalization` has."""

    HELP: str

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what it takes."""

    def run(self, console: Console, options: dict[str, Any]) -> None:
        """Do it. Raises RegularsError, CommandError, or SystemExit once all is said."""


SUBCOMMANDS: Mapping[str, Subcommand] = {
    "train": train,
    "popularity": popularity,
    "recommend": recommend,
    "evaluate": evaluate,
    "status": status,
    "versions": versions,
    "switch": switch,
    "audience": audience,
}


class Command(BaseCommand):
    """Exit codes: 0 done, 1 refused or something to be looked at, 2 a wrong command line, 75 try again later."""

    help = "Recommendations: train, test and serve them, and write them to a file."

    # What works goes on, whatever else is wrong with the shop.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """A parser for each subcommand."""
        parsers = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
        for name, subcommand in SUBCOMMANDS.items():
            own = parsers.add_parser(name, help=subcommand.HELP, description=subcommand.HELP)
            subcommand.add_arguments(own)
            own.add_argument("--json", action="store_true", help="Write JSON alone on standard output.")

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one; an error of ours becomes a sentence on standard error and an exit code."""
        wrong = [message for message in check_settings(None) if message.is_serious()]
        if wrong:
            raise CommandError("\n".join(message.msg for message in wrong))
        console = Console(self.stdout, self.stderr, options["json"])
        try:
            SUBCOMMANDS[options["subcommand"]].run(console, options)
        except RegularsError as error:
            raise CommandError(str(error), returncode=EXIT_CODES.get(type(error), 1)) from error
