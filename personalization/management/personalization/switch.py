"""`personalization switch`: serve another version."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.models import RecommenderVersion
from personalization.recommend.training.catching_up import catch_up
from personalization.recommend.training.switch import switch_to
from segmentation.management.segments.console import Console

HELP = "Serves another version from now on: rolls back to an older one, or forward to one that was refused."


def add_arguments(parser: CommandParser) -> None:
    """Which."""
    parser.add_argument("number", type=int, metavar="NUMBER", help="Of the version, as `versions` lists it.")


def run(console: Console, options: dict[str, Any]) -> None:
    """Switch and say so."""
    versions = {version.number: version for version in RecommenderVersion.objects.filter(shop=conf.shop)}
    version = versions.get(options["number"])
    if version is None:
        known = ", ".join(map(str, sorted(versions))) or _("none yet")
        raise CommandError(
            _("there is no version %(number)s; there are %(known)s") % {"number": options["number"], "known": known}
        )
    try:
        switch_to(version, now=timezone.now())
    except ValueError as error:
        raise CommandError(str(error)) from error
    catch_up(version, now=timezone.now())
    line = _("version %(number)s is served") % {"number": version.number}
    console.tell({"number": version.number, "state": version.state, "activated_at": version.activated_at}, [line])
