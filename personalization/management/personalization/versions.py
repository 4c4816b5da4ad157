"""`personalization versions`: the trained versions at a glance."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandParser
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.management.personalization.scores import score
from personalization.models import RecommenderVersion
from personalization.recommend.training.plain import version_plain
from segmentation.management.segments.console import Console
from segmentation.management.segments.table import table

HELP = "Lists the versions with state, scores and why one is not served."


def add_arguments(parser: CommandParser) -> None:
    """None of its own."""


def run(console: Console, options: dict[str, Any]) -> None:
    """List them, the last in front."""
    versions = [version_plain(version) for version in RecommenderVersion.objects.filter(shop=conf.shop).order_by("-number")]
    console.tell(versions, _lines(versions))


def _lines(versions: list[dict[str, Any]]) -> Iterator[str]:
    if not versions:
        yield _("no version was trained yet")
        return
    scores = ("next_ndcg_at_10", "new_ndcg_at_10", "basket_ndcg_at_10")
    head = [_("version"), _("state"), _("started"), _("people"), _("lines"), "next", "new", "basket", _("coverage"), ""]
    rows = []
    for version in versions:
        told = [score(version[name]) for name in scores]
        first = [version[name] for name in ("number", "state", "started_at", "people", "lines")]
        rows.append([*first, *told, version["coverage"], version["why"]])
    yield from table(head, rows)
