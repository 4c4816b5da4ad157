"""`segments presets list` and `segments presets add`: ready-made segments."""

from __future__ import annotations

from argparse import SUPPRESS
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from django.core.management.base import CommandError, CommandParser
from django.utils import timezone
from django.utils.translation import gettext as _

from segmentation.engine.shop import active_shop
from segmentation.management.segments.console import Console
from segmentation.management.segments.moment import USAGE
from segmentation.management.segments.table import table
from segmentation.models import Segment
from segmentation.presets import Added, add_all, add_named
from segmentation.presets.plain import plain_added, plain_presets

HELP = "Lists ready-made segments, or adds some of them to the shop's."


def add_arguments(parser: CommandParser) -> None:
    """Which of the two, and of which presets."""
    verbs = parser.add_subparsers(dest="verb", required=True, metavar="list|add")
    help_list = "What there is: what for, parameters, whether this shop can have it."
    listing = verbs.add_parser("list", help=help_list, description=help_list)
    help_add = "Makes segments of presets; what is there stays as it is."
    adding = verbs.add_parser("add", help=help_add, description=help_add)
    adding.add_argument("slugs", nargs="*", metavar="SLUG", help="Presets to add.")
    adding.add_argument("--all", action="store_true", help="All but those that the shop cannot have or that want a value.")
    adding.add_argument("--set", action="append", default=[], metavar="NAME=VALUE", help="A parameter, of those that have it.")
    adding.add_argument("--draft", action="store_true", help="Make drafts, which nobody is in until they are made live.")
    for verb in (listing, adding):
        # Beside the subcommand's own, and without undoing it.
        verb.add_argument("--json", action="store_true", default=SUPPRESS, help="Write JSON alone on standard output.")


def run(console: Console, options: dict[str, Any]) -> None:
    """List or add."""
    _VERBS[options["verb"]](console, options)


def _list(console: Console, options: dict[str, Any]) -> None:
    presets = plain_presets(active_shop())
    head = [_("preset"), _("family"), _("parameters"), _("purpose"), ""]
    rows = [[one["slug"], one["family"], _settings(one["parameters"]), one["purpose"], _note(one)] for one in presets]
    console.tell(presets, table(head, rows))


def _settings(parameters: list[dict[str, Any]]) -> str:
    return " ".join(f"{one['name']}={'…' if one['default'] is None else one['default']}" for one in parameters)


def _note(preset: Mapping[str, Any]) -> str:
    if preset["present"]:
        return _("is there")
    return _("cannot be asked: %(why)s") % {"why": preset["lacks"]} if preset["lacks"] else ""


def _add(console: Console, options: dict[str, Any]) -> None:
    if options["all"] == bool(options["slugs"]):
        raise CommandError(_("name the presets to add, or --all"), returncode=USAGE)
    values = dict(map(_value, options["set"]))
    state = Segment.State.DRAFT if options["draft"] else Segment.State.LIVE
    now = timezone.now()
    if options["all"]:
        added = add_all(values=values, state=state, now=now)
    else:
        added = add_named(options["slugs"], values=values, state=state, now=now)
    console.tell(plain_added(added), _lines(added, state))


def _value(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals:
        raise CommandError(_("--set: “%(text)s” is not NAME=VALUE") % {"text": text}, returncode=USAGE)
    return name.strip(), value.strip()


def _lines(added: Added, state: str) -> Iterator[str]:
    for segment in added.made:
        yield _("added %(slug)s: %(name)s") % {"slug": segment.slug, "name": segment.name}
    for slug in added.present:
        yield _("%(slug)s is there and stays as it is") % {"slug": slug}
    for slug, reason in added.left_out.items():
        yield _("left out %(slug)s: %(reason)s") % {"slug": slug, "reason": reason}
    if added.made and state == Segment.State.LIVE:
        yield _("The next refresh fills them.")


_VERBS: dict[str, Callable[[Console, dict[str, Any]], None]] = {"list": _list, "add": _add}
