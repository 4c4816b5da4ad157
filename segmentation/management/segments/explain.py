"""`segments explain SLUG PROFILE`: why somebody is in a segment, or is not."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain
from typing import Any

from django.core.management.base import CommandParser
from django.utils import timezone
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from segmentation.management.segments.console import Console
from segmentation.management.segments.moment import add_now, read_now
from segmentation.management.segments.table import shown
from segmentation.membership import NOT_ASKED, Explanation, LeafExplanation, explain
from segmentation.membership.plain import plain_explanation
from segmentation.membership.read import person_called, segment_called
from segmentation.models import Profile, Segment

HELP = "Explains each condition of a segment for one person: its value, its limit, and the orders that made it."

_TRUTHS: dict[str, Promise] = {
    "true": gettext_lazy("true"),
    "false": gettext_lazy("false"),
    "unknown": gettext_lazy("unknown"),
}


def add_arguments(parser: CommandParser) -> None:
    """Which segment, which person, as of when."""
    parser.add_argument("slug", metavar="SLUG")
    parser.add_argument("profile", metavar="PROFILE", help="Profile key, customer id or e-mail.")
    add_now(parser)


def run(console: Console, options: dict[str, Any]) -> None:
    """Explain; the rows are today's, `--now` says which of them have happened."""
    segment = segment_called(options["slug"])
    profile = person_called(options["profile"])
    now = read_now(options["now"])
    found = explain(segment, profile, now=now or timezone.now())
    lines = _heading(segment, profile, found), _late(segment, found) if now is None else (), _conditions(found)
    console.tell(plain_explanation(found), chain.from_iterable(lines))


def _heading(segment: Segment, profile: Profile, found: Explanation) -> Iterator[str]:
    said = {"profile": profile.key, "name": segment.name, "since": shown(found.since)}
    yield (_("%(profile)s is in “%(name)s”.") if found.member else _("%(profile)s is not in “%(name)s”.")) % said
    if found.overridden:
        yield _("That is the owner's word, whatever the rule says.")
    if found.since:
        yield _("Member since %(since)s.") % said


def _late(segment: Segment, found: Explanation) -> Iterator[str]:
    if segment.state == Segment.State.LIVE and found.member is not bool(found.since):
        yield _("What is stored still says otherwise; the next refresh writes it.")


def _conditions(found: Explanation) -> Iterator[str]:
    width = max(len(str(word)) for word in _TRUTHS.values())
    for leaf in found.leaves:
        yield f"  {_TRUTHS[leaf.truth]!s:<{width}}  {leaf.sentence}"
        for line in _details(leaf):
            yield f"  {'':<{width}}    {line}"


def _details(leaf: LeafExplanation) -> Iterator[str]:
    if not leaf.asked:
        yield str(NOT_ASKED)
        return
    yield _("value %(value)s, limit %(limit)s") % {"value": shown(leaf.value), "limit": shown(leaf.limit)}
    if leaf.kept:
        yield leaf.kept
    said = {"keys": ", ".join(leaf.named), "named": len(leaf.named), "rows": leaf.rows}
    if leaf.rows > len(leaf.evidence):
        yield _("rows: the latest %(named)d of %(rows)d: %(keys)s") % said
    elif leaf.evidence:
        yield _("rows: %(keys)s") % said
