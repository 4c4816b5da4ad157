"""`personalization train`: a new version of the recommender."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from personalization.management.personalization.bar import bar
from personalization.management.personalization.scores import baseline_lines
from personalization.models import RecommenderVersion
from personalization.recommend.training.train import train
from segmentation.management.segments.console import Console
from segmentation.management.segments.table import shown

HELP = (
    "Trains a recommender on all orders, and serves it unless it does worse than the one before. "
    "Exit code 1 if there is nothing to learn from, 75 while another training runs."
)

OUTCOMES: Mapping[str, str | Promise] = {
    RecommenderVersion.State.ACTIVE: gettext_lazy("version %(number)s is served"),
    RecommenderVersion.State.READY: gettext_lazy("version %(number)s is ready, and not served"),
    RecommenderVersion.State.REFUSED: gettext_lazy("version %(number)s is not served: %(why)s"),
}


def add_arguments(parser: CommandParser) -> None:
    """Whether it is served."""
    parser.add_argument("--no-switch", action="store_true", help="Go on serving the version before.")


def run(console: Console, options: dict[str, Any]) -> None:
    """Train and say what came of it."""
    version = train(now=timezone.now(), progress=bar(console), switches=not options["no_switch"])
    data = {"number": version.number, "state": version.state, "why": version.why, "card": version.card}
    console.tell(data, _lines(version))


def _lines(version: RecommenderVersion) -> Iterator[str]:
    data, sizes = version.card["data"], version.card["sizes"]
    said = {name: shown(data[name]) for name in ("people", "products", "orders", "lines")}
    yield _("learned from %(lines)s lines in %(orders)s orders of %(people)s people: %(products)s products") % said
    yield from baseline_lines(version.card["report"])
    counts = {"people": shown(sizes["people"]), "products": shown(sizes["products"])}
    seconds = {"seconds": f"{sum(version.card['seconds'].values()):.0f}"}
    yield _("lists of %(people)s people and %(products)s products written; %(seconds)s s in all") % {**counts, **seconds}
    yield OUTCOMES[version.state] % {"number": version.number, "why": version.why}
