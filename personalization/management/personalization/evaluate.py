"""`personalization evaluate`: the models tested on the shop's own orders."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from personalization.management.personalization.bar import bar
from personalization.management.personalization.day import add_fit_until, read_day
from personalization.management.personalization.scores import baseline_lines
from personalization.models import Evaluation
from personalization.recommend.training.evaluate_shop import evaluate_shop
from segmentation.management.segments.console import Console
from segmentation.management.segments.table import shown

HELP = (
    "Learns from the orders before a day, and tests on those since what is recommended, beside simpler ways to do it. "
    "Exit code 1 if there is nothing to learn from, or nothing to test on."
)


def add_arguments(parser: CommandParser) -> None:
    """Where learning ends."""
    add_fit_until(parser, "The first day (of the shop) whose orders are not learned from but tested on.", required=True)


def run(console: Console, options: dict[str, Any]) -> None:
    """Evaluate and say what was found; it is kept for the admin too."""
    found = evaluate_shop(read_day(options["fit_until"]), now=timezone.now(), progress=bar(console))
    report = found.report
    data = {
        **report["tasks"],
        "fit_until": found.fit_until.isoformat(),
        **{name: report[name] for name in ("people", "products", "lines", "choice", "baselines")},
        "evaluation": found.pk,
    }
    console.tell(data, _lines(found, report))


def _lines(found: Evaluation, report: Mapping[str, Any]) -> Iterator[str]:
    said = {name: shown(report[name]) for name in ("people", "products", "lines")} | {"day": found.fit_until}
    yield _("learned from %(lines)s lines of %(people)s people before %(day)s: %(products)s products") % said
    yield from baseline_lines(report)
