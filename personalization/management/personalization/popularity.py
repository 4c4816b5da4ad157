"""`personalization popularity`: what changes by the hour."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.recommend.training.freshness import refresh_popularity, watch_products
from segmentation.management.segments.console import Console

HELP = "Looks at prices and stock, and makes popular lists and shelves of the served version anew; exit code 1 if there is none."


def add_arguments(parser: CommandParser) -> None:
    """None of its own."""


def run(console: Console, options: dict[str, Any]) -> None:
    """Make them anew and say what changed."""
    now = timezone.now()
    better = watch_products(now=now)
    version = refresh_popularity(now=now)
    if version is None:
        raise CommandError(_("no version is served: train one first"))
    said = {"number": version.number, "count": better}
    line = _("version %(number)s has what is popular now; products that are cheaper or back since the last look: %(count)s")
    console.tell({"number": version.number, "popular_at": now, "better": better}, [line % said])
