"""What a rule would take in, asked by any surface."""

from __future__ import annotations

from datetime import datetime

from django.utils import timezone

from segmentation.engine.preview import Preview
from segmentation.engine.preview import preview as answer
from segmentation.engine.shop import active_shop
from segmentation.rules import Rule, parse

__all__ = ["Preview", "preview"]


def preview(rule: Rule | str, *, slug: str = "", now: datetime | None = None, may_see_restricted: bool = False) -> Preview:
    """Answer a rule, or the rule that a text writes, for everyone, as of `now`; writes nothing.

    `slug` is that of the segment it is meant for, which is then no twin of itself. Warnings name values of restricted facts
    only to those who may see them.

    Raises RuleError with every problem, SourceError if the shop cannot be read.
    """
    moment = now or timezone.now()  # noqa: TID251  the moment of the question, where no caller gave one
    tree = parse(rule) if isinstance(rule, str) else rule
    return answer(active_shop(), tree, moment, slug, may_see_restricted=may_see_restricted)
