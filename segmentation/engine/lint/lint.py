"""All warnings about a rule, in reading order of their kinds."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime

from segmentation.engine.bind import bind_each
from segmentation.engine.lint import contradictions, same_row, twins, unknowns, windows
from segmentation.engine.lint.looked import Looked
from segmentation.engine.others import others_of
from segmentation.engine.shop import Shop
from segmentation.engine.stored import rules_of
from segmentation.errors import Problem
from segmentation.kernel.plan import Branch
from segmentation.models import Segment
from segmentation.rules import Rule

CHECKS: tuple[Callable[[Looked], Iterator[Problem]], ...] = (
    same_row.warnings,
    unknowns.warnings,
    windows.warnings,
    contradictions.warnings,
    twins.warnings,
)
"""What is looked for; a new one is a file and a line here."""


def lint(shop: Shop, rule: Rule, now: datetime, slug: str = "") -> tuple[Problem, ...]:
    """Warnings about a rule that can be asked; `slug` is the segment's own, which is no twin of itself.

    Raises RuleError for a rule that cannot be asked.
    """
    plan, refused = bind_each({"": rule}, shop.catalogue, shop.calendar, others_of(shop.name, {"": rule}, {}))
    for error in refused.values():
        raise error
    looked = Looked(rule, plan.roots[""], shop.calendar, now, _twins(shop, slug))
    return tuple(problem for check in CHECKS for problem in check(looked))


def _twins(shop: Shop, slug: str) -> Mapping[str, Branch]:
    """The bound rules of the other segments that are kept answered."""
    segments = {segment.pk: segment for segment in Segment.objects.evaluated(shop.name).exclude(slug=slug)}
    rules, _ = rules_of(segments.values())
    plan, _ = bind_each(rules, shop.catalogue, shop.calendar, others_of(shop.name, rules, {}))
    return {segment.slug: plan.roots[key] for key, segment in segments.items() if key in plan.roots}
