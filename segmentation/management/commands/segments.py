"""`manage.py segments`: segments from the command line. Nothing is decided here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.core.checks import CheckMessage

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
    token,
)
from segmentation.management.segments import list as list_
from segmentation.management.subcommands import Subcommand, SubcommandsCommand

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
    "token": token,
}


class Command(SubcommandsCommand):
    """Exit code 75 where another worker refreshes."""

    help = "Segments: look at the shop source, keep memberships true, ask who is in and why."
    subcommands = SUBCOMMANDS
    exit_codes = {RefreshBusy: 75}  # EX_TEMPFAIL, try again later

    def wrong_settings(self) -> Sequence[CheckMessage]:
        """Of segmentation."""
        return check_settings(None)

    def told(self, error: RegularsError) -> str:
        """Of a rule, each of its problems."""
        if isinstance(error, RuleError):
            return "\n".join(("the rule cannot be asked:", *map(str, error.problems)))
        return super().told(error)
