"""`personalization audience [PRODUCT]`: people who might want a product, as a score that segments may ask."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from personalization.recommend.training.wants import Audience, audiences, forget_audience, make_audience
from segmentation.management.segments.console import Console
from segmentation.management.segments.table import shown, table

HELP = "Scores who might want a product, now and after every training, so that segments may ask it; lists what is scored."


def add_arguments(parser: CommandParser) -> None:
    """Which product; none for all that are scored."""
    parser.add_argument("product", nargs="?", metavar="PRODUCT", help="Its id; without one, all that are scored are listed.")
    parser.add_argument("--forget", action="store_true", help="Score it no more; segments that ask the score turn broken.")


def run(console: Console, options: dict[str, Any]) -> None:
    """Score, forget or list."""
    product = options["product"]
    if options["forget"]:
        _forget(console, product)
    elif product is None:
        found = audiences()
        console.tell([_audience(one) for one in found], _listed(found))
    else:
        made = make_audience(product, now=timezone.now())
        console.tell(_audience(made), _lines(made))


def _forget(console: Console, product: str | None) -> None:
    if product is None:
        raise CommandError(_("say which product is to be forgotten"))
    if not forget_audience(product):
        raise CommandError(_("%(product)s is not scored") % {"product": product})
    console.tell({"product": product, "forgotten": True}, [_("%(product)s is scored no more") % {"product": product}])


def _audience(audience: Audience) -> dict[str, Any]:
    return {
        "product": audience.product,
        "title": audience.title,
        "score": f"score.{audience.name}",
        "people": audience.people,
        "rule": audience.rule,
    }


def _lines(audience: Audience) -> Iterator[str]:
    said = {"people": shown(audience.people), "title": audience.title}
    yield ngettext("%(people)s person might want “%(title)s”", "%(people)s people might want “%(title)s”", audience.people) % said
    yield _("A segment of them: %(rule)s") % {"rule": audience.rule}


def _listed(found: list[Audience]) -> Iterator[str]:
    if not found:
        yield _("no product is scored yet")
        return
    rows = [[one.product, f"score.{one.name}", one.people, one.title] for one in found]
    yield from table([_("product"), _("score"), _("people"), _("title")], rows)
