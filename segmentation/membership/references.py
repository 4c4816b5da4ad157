"""Segments inside segments: no circles, and none is taken away that others refer to."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.utils.translation import gettext as _

from segmentation.engine.bind import Others, bind
from segmentation.engine.others import others_of, references, users_of
from segmentation.engine.shop import Shop
from segmentation.errors import SegmentError
from segmentation.models import Segment
from segmentation.models.lock import locked
from segmentation.rules import Rule
from segmentation.rules.tree import segments_in

Uses = Callable[[str, str], list[str]]
"""(shop, slug of a segment) -> what uses the segment, each as the owner knows it."""

_uses: list[Uses] = []


def also_used_by(uses: Uses) -> None:
    """Register what else uses segments, once, when an app is ready: it is shown on the segment and protects it."""
    if uses not in _uses:
        _uses.append(uses)


def used_by(segment: Segment) -> list[str]:
    """Slugs of segments that refer to this one, themselves or through others, and all else that uses it."""
    return [*users_of(segment.shop, segment.slug), *_elsewhere(segment.shop, segment.slug)]


def _elsewhere(shop: str, slug: str) -> list[str]:
    return [use for uses in _uses for use in uses(shop, slug)]


def demand_askable(shop: Shop, rule: Rule, slug: str = "") -> None:
    """Raise RuleError, with every problem, unless the rule can be asked as that of the segment of this slug."""
    others = others_of(shop.name, {"": rule}, {slug: ""} if slug else {})
    if slug and segments_in(rule):
        others = Others(others.states, others.keys, references(shop.name))
    bind({"": rule}, shop.catalogue, shop.calendar, others)


def hold_still(shop: str) -> None:
    """Inside a transaction: lock the shop's segments, so that no two owners close a circle between them."""
    list(locked(Segment.objects.filter(shop=shop)).order_by("pk").values_list("pk"))


def demand_unused(segments: Iterable[Segment]) -> None:
    """Raise SegmentError if a segment that is to stay refers to one of these, or anything else uses one."""
    going = {segment.slug: segment.shop for segment in segments}
    for slug, shop in going.items():
        users = [*(user for user in users_of(shop, slug) if user not in going), *_elsewhere(shop, slug)]
        if users:
            said = {"slug": slug, "users": ", ".join(users)}
            raise SegmentError(_("%(slug)s is used by %(users)s: change these first") % said)
