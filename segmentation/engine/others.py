"""The segments of the shop, as rules refer to them."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from segmentation.engine.bind import Others
from segmentation.engine.stored import rules_of
from segmentation.models import Segment
from segmentation.rules import Rule
from segmentation.rules.tree import segments_in


def others_of(shop: str, rules: Mapping[Hashable, Rule], keys: Mapping[str, Hashable]) -> Others:
    """What these rules may refer to; `keys` has the slugs of those that are segments. No query where they refer to none."""
    refers = any(segments_in(rule) for rule in rules.values())
    states = dict(Segment.objects.filter(shop=shop).values_list("slug", "state")) if refers else {}
    return Others(states, keys)


def references(shop: str) -> dict[str, tuple[str, ...]]:
    """The slugs that each segment of the shop refers to; archived ones and those that cannot be read refer to none."""
    segments: dict[Hashable, Segment] = {
        segment.pk: segment for segment in Segment.objects.filter(shop=shop).exclude(state=Segment.State.ARCHIVED)
    }
    rules, _ = rules_of(segments.values())
    return {segments[key].slug: tuple(segments_in(rule)) for key, rule in rules.items()}


def users_of(shop: str, slug: str) -> list[str]:
    """The segments that refer to this one, themselves or through others; the nearest first."""
    known = references(shop)
    found: list[str] = []
    sought = [slug]
    while sought:
        fresh = [user for user, used in known.items() if user not in (*found, slug) and set(used) & set(sought)]
        found += fresh
        sought = fresh
    return found
