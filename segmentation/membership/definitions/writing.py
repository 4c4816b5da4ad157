"""Segments to a file that is the same whenever they are: nothing in it tells when it was written, or who is in."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

import yaml
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.errors import RuleError, SegmentError
from segmentation.membership.definitions.shape import PUBLISHED, VERSION
from segmentation.membership.read import segment_called
from segmentation.models import Segment
from segmentation.rules import Rule, format_rule, load
from segmentation.rules.tree import Group, Node

WIDE = 80
"""Longer texts are blocks of several lines."""

LINE = 100
"""Where the lines of a block end; what is no block fits in, with its key."""


def definitions_of(slugs: Collection[str] = ()) -> dict[str, Any]:
    """These segments, or all of the shop, by slug: what the file says.

    Raises SegmentError for a slug that no segment has, and for a stored rule that cannot be read or counts in another currency.
    """
    named = [segment_called(slug) for slug in dict.fromkeys(slugs)]
    ordered = sorted(named or Segment.objects.filter(shop=conf.shop), key=lambda segment: segment.slug)
    return {"version": VERSION, "base_currency": conf.base_currency, "segments": [_described(one) for one in ordered]}


def as_yaml(definitions: dict[str, Any]) -> str:
    """The file."""
    return yaml.dump(definitions, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=LINE)


def _described(segment: Segment) -> dict[str, Any]:
    is_broken = segment.state == Segment.State.BROKEN
    return {
        "slug": segment.slug,
        "name": segment.name,
        "description": segment.description,
        "state": Segment.State.LIVE.value if is_broken else segment.state,
        **({PUBLISHED: True} if segment.is_published else {}),
        "rule": rule_lines(_stored(segment)),
    }


def _stored(segment: Segment) -> Rule:
    try:
        rule = load(segment.definition)
    except RuleError as error:
        said = {"slug": segment.slug, "problem": error}
        raise SegmentError(_("the stored rule of %(slug)s cannot be read: %(problem)s") % said) from error
    if rule.base_currency not in (None, conf.base_currency):
        said = {"slug": segment.slug, "theirs": rule.base_currency, "ours": conf.base_currency}
        raise SegmentError(_("%(slug)s counts in %(theirs)s, the shop in %(ours)s") % said)
    return rule


def rule_lines(rule: Rule) -> str:
    """The text of a rule; of a long one each condition on a line of its own, so that a review shows which has changed."""
    text = format_rule(rule)
    lines = f"\n{rule.root.combinator} ".join(map(_written, rule.root.rules))
    # A root that is written as words ("not (…)", "at least 2 of (…)") stays on one line.
    return lines if len(text) > WIDE and lines.replace("\n", " ") == text else text


_WRAPPED = "all of ("
"""What a group is written in that would be the whole rule if it stood alone."""


def _written(node: Node) -> str:
    """A condition as it stands among others."""
    text = format_rule(Rule(Group("and", (node,))))
    return text.removeprefix(_WRAPPED).removesuffix(")") if text.startswith(_WRAPPED) else text


class _Dumper(yaml.SafeDumper):
    """Long texts as blocks."""


def _text(dumper: yaml.SafeDumper, text: str) -> yaml.ScalarNode:
    is_plain = all(line.isprintable() for line in text.split("\n"))
    style = "|" if "\n" in text else ">" if len(text) > WIDE else None
    return dumper.represent_scalar("tag:yaml.org,2002:str", text, style if is_plain else '"')


_Dumper.add_representer(str, _text)
