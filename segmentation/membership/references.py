"""Segments inside segments: no circles, and none is taken away that others refer to."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils.translation import gettext as _

from segmentation.engine.bind import Others, bind
from segmentation.engine.others import others_of, references, users_of
from segmentation.engine.shop import Shop
from segmentation.errors import SegmentError
from segmentation.models import Segment
from segmentation.models.lock import locked
from segmentation.rules import Rule
from segmentation.rules.tree import segments_in


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
    """Raise SegmentError if a segment that is to stay refers to one of these."""
    going = {segment.slug: segment.shop for segment in segments}
    for slug, shop in going.items():
        used_by = [user for user in users_of(shop, slug) if user not in going]
        if used_by:
            said = {"slug": slug, "users": ", ".join(used_by)}
            raise SegmentError(_("%(slug)s is used by %(users)s: change these first") % said)
