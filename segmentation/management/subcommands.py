"""A command of several subcommands, one file each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, ClassVar, Protocol

from django.core.checks import CheckMessage
from django.core.management.base import BaseCommand, CommandError, CommandParser

from segmentation.errors import RegularsError
from segmentation.management.segments.console import Console


class Subcommand(Protocol):
    """What the file of a subcommand has."""

    HELP: str

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what it takes."""

    def run(self, console: Console, options: dict[str, Any]) -> None:
        """Do it. Raises RegularsError, CommandError, or SystemExit once all is said."""


class SubcommandsCommand(BaseCommand):
    """Exit codes: 0 done, 1 refused or something to be looked at, 2 a wrong command line, 75 try again later."""

    subcommands: ClassVar[Mapping[str, Subcommand]]
    exit_codes: ClassVar[Mapping[type[Exception], int]] = {}
    """Other than 1."""

    # What has a fault must still be inspected and monitored: what works goes on.
    requires_system_checks = ()

    def add_arguments(self, parser: CommandParser) -> None:
        """A parser for each subcommand."""
        parsers = parser.add_subparsers(dest="subcommand", required=True, metavar="SUBCOMMAND")
        for name, subcommand in self.subcommands.items():
            own = parsers.add_parser(name, help=subcommand.HELP, description=subcommand.HELP)
            subcommand.add_arguments(own)
            own.add_argument("--json", action="store_true", help="Write JSON alone on standard output.")

    def wrong_settings(self) -> Sequence[CheckMessage]:
        """What must be mended in the settings before anything is done."""
        raise NotImplementedError

    def told(self, error: RegularsError) -> str:
        """What is said of an error of ours."""
        return str(error)

    def handle(self, *args: Any, **options: Any) -> None:
        """Run one; an error of ours becomes a sentence on standard error and an exit code."""
        wrong = self.wrong_settings()
        if wrong:
            raise CommandError("\n".join(message.msg for message in wrong))
        console = Console(self.stdout, self.stderr, options["json"])
        try:
            self.subcommands[options["subcommand"]].run(console, options)
        except RegularsError as error:
            raise CommandError(self.told(error), returncode=self.exit_codes.get(type(error), 1)) from error
