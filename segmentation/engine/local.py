"""Rules answered on this machine: bind, read the columns that the plan needs, evaluate."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass
from datetime import datetime

from segmentation.conf import conf
from segmentation.engine.bind import bind_each
from segmentation.engine.shop import Shop
from segmentation.errors import RuleError
from segmentation.kernel.evaluate import evaluate
from segmentation.kernel.plan import Plan
from segmentation.kernel.truth import Truth
from segmentation.rules import Rule
from segmentation.store import MemoryColumns, People, build, live
from segmentation.store.snapshot import snapshot


@dataclass(frozen=True)
class Answers:
    """The truth of each rule for each of the people; `refused` has the rules that cannot be asked any more."""

    people: People
    plan: Plan
    columns: MemoryColumns
    truths: Mapping[Hashable, Truth]
    refused: Mapping[Hashable, RuleError]


def answer_everyone(shop: Shop, rules: Mapping[Hashable, Rule], people: People, now: datetime) -> Answers:
    """Answers over the whole shop, read from `SOURCE_ALIAS`. Raises SourceError if it cannot be read to the end."""
    plan, refused = bind_each(rules, shop.catalogue, shop.calendar)
    alias = conf.source_alias or shop.source.read_alias
    with snapshot(alias):
        columns = build(shop.source, people, plan.needs(), shop.catalogue, shop.calendar, using=alias)
    return Answers(people, plan, columns, evaluate(plan, columns, now), refused)


def answer_few(shop: Shop, rules: Mapping[Hashable, Rule], people: People, now: datetime) -> Answers:
    """Answers for a few people, whose rows alone are read, and read live."""
    plan, refused = bind_each(rules, shop.catalogue, shop.calendar)
    columns = live(shop.source, people, plan.needs(), shop.catalogue, shop.calendar)
    return Answers(people, plan, columns, evaluate(plan, columns, now), refused)
