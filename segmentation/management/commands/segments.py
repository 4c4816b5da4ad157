"""`manage.py segments`: segments from the command line. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, Protocol

from django.core.management.base import BaseCommand, CommandError, CommandParser

from segmentation.checks import check_settings
from segmentation.errors import RefreshBusy, RegularsError, RuleError
from segmentation.management.segments import (
    explain,
    export,
    import_,
    import_orders,
    import_rates,
    inspect,
    members,
    presets,
    preview,
    refresh,
    show,
    status,
    sync,
)
from segmentation.management.segments import list as list_
from segmentation.management.segments.console import Console

EXIT_CODES: Mapping[type[Exception], int] = {RefreshBusy: 75}
"""Other than 1: EX_TEMPFAIL, try again later."""


class Subcommand(Protocol):
    """What a file of `segmentation.management.segments` has."""

    HELP: str

    def add_arguments(self, parser: CommandParser) -> None:
        """Say what it takes."""

    def run(self, console: Console, options: dict[str, Any]) -> None:
        """Do it. Raises RegularsError, CommandError, or SystemExit once all is said."""


SUBCOMMANDS: Mapping[str, Subcommand] = {
    "inspect": inspect,
    "sync": sync,
    "refresh": refresh,
    "status": status,
    "list": list_,
    "show": show,
    "members": members,
    "preview": preview,
    "explain": explain,
    "presets": presets,
    "export": export,
    "import": import_,
    "import-orders": import_orders,
    "import-rates": import_rates,
}


class Command(BaseCommand):
    """Exit codes: 0 done, 1 refused or something to be looked at, 2 a wrong command line, 75 try again later."""

    help = "Segments: look at the shop source, keep memberships true, ask who is in and why."

    # A shop whose source has a fault must still be inspected, monitored and refreshed: what works goes on.
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
        wrong = check_settings(None)
        if wrong:
            raise CommandError("\n".join(message.msg for message in wrong))
        console = Console(self.stdout, self.stderr, options["json"])
        try:
            SUBCOMMANDS[options["subcommand"]].run(console, options)
        except RuleError as error:
            raise CommandError("\n".join(("the rule cannot be asked:", *map(str, error.problems)))) from error
        except RegularsError as error:
            raise CommandError(str(error), returncode=EXIT_CODES.get(type(error), 1)) from error
