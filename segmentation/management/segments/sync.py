"""`segments sync`: profiles in step with the shop."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.management.segments.console import Console
from segmentation.profiles import SyncReport, sync

HELP = "Makes a profile for everybody the shop knows, and marks those whom it no longer knows."


def add_arguments(parser: CommandParser) -> None:
    """None of its own."""


def run(console: Console, options: dict[str, Any]) -> None:
    """Sync and say what changed."""
    report = sync(now=timezone.now(), progress=console.counter(_("profiles")))
    console.tell(asdict(report), _lines(report))


def _lines(report: SyncReport) -> Iterator[str]:
    yield _("created %(created)s, returned %(returned)s, gone %(gone)s; people %(people)s") % {
        name: f"{count:,}" for name, count in asdict(report).items()
    }
