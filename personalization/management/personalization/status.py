"""`personalization status`: how things stand, with an exit code for monitoring."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.recommend.training.status import Status, status
from segmentation.management.segments.console import Console
from segmentation.management.segments.table import shown

HELP = "Shows which version is served and how old it is; exit code 1 if something must be looked at."


def add_arguments(parser: CommandParser) -> None:
    """None of its own."""


def run(console: Console, options: dict[str, Any]) -> None:
    """Say how things stand."""
    found = status(now=timezone.now())
    console.tell(asdict(found), _lines(found))
    if found.alarms:
        raise SystemExit(1)


def _lines(found: Status) -> Iterator[str]:
    if found.number is not None:
        yield _("version %(number)s is served since %(at)s") % {"number": found.number, "at": shown(found.activated_at)}
        said = {"at": shown(found.trained_at), "popular": shown(found.popular_at)}
        yield _("trained %(at)s, popularity of %(popular)s") % said
        said = {"people": shown(found.people), "products": shown(found.products), "coverage": shown(found.coverage)}
        yield _("people %(people)s, products %(products)s, coverage %(coverage)s") % said
    if found.training is not None:
        yield _("version %(number)s is in training: %(percent)s %% done") % {
            "number": found.training,
            "percent": found.percent,
        }
    for alarm in found.alarms:
        yield _("ALARM: %(alarm)s") % {"alarm": alarm}
