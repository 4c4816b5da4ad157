"""Rules answered on this machine: bind, read the columns that the plan needs, evaluate."""

from __future__ import annotations

from collections.abc import Hashable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime

from segmentation.conf import conf
from segmentation.engine.bind import ALONE, Others, bind_each
from segmentation.engine.computed import without_failing
from segmentation.engine.prior import prior_of
from segmentation.engine.shop import Shop
from segmentation.errors import RuleError
from segmentation.kernel.evaluate import cutoffs, evaluate
from segmentation.kernel.plan import Plan, Ranking, RankLeaf, leaves_of
from segmentation.kernel.prior import Cutoff, Prior
from segmentation.kernel.truth import Truth
from segmentation.rules import Rule
from segmentation.store import MemoryColumns, People, build, live
from segmentation.store.snapshot import snapshot


@dataclass(frozen=True)
class Answers:
    """The truth of each rule for each of the people; `refused` has the rules that cannot be asked any more.

    `fresh` are the day's cut-offs that nobody had worked out before.
    """

    people: People
    plan: Plan
    columns: MemoryColumns
    truths: Mapping[Hashable, Truth]
    refused: Mapping[Hashable, RuleError]
    fresh: Mapping[Ranking, Cutoff] = field(default_factory=dict)


def answer_everyone(shop: Shop, rules: Mapping[Hashable, Rule], people: People, now: datetime, others: Others = ALONE) -> Answers:
    """Answers over the whole shop, read from `SOURCE_ALIAS`. Raises SourceError if it cannot be read to the end."""
    plan, refused = bind_each(rules, shop.catalogue, shop.calendar, others)
    columns = everyones(shop, plan, people)
    plan, failing = without_failing(plan, columns, now)
    prior, fresh = with_cutoffs(plan, columns, now, prior_of(shop, plan, people, now))
    return Answers(people, plan, columns, evaluate(plan, columns, now, prior), {**refused, **failing}, fresh)


def answer_few(shop: Shop, rules: Mapping[Hashable, Rule], people: People, now: datetime, others: Others = ALONE) -> Answers:
    """Answers for a few people, whose rows alone are read, and read live.

    A ranking takes the whole base to be cut off: rules with one that nobody has cut off today are not answered here.
    """
    plan, refused = bind_each(rules, shop.catalogue, shop.calendar, others)
    prior = prior_of(shop, plan, people, now)
    plan = _answerable(plan, prior)
    columns = live(shop.source, people, plan.needs(), shop.catalogue, shop.calendar)
    plan, failing = without_failing(plan, columns, now)
    return Answers(people, plan, columns, evaluate(plan, columns, now, prior), {**refused, **failing})


def everyones(shop: Shop, plan: Plan, people: People) -> MemoryColumns:
    """The columns that a plan needs, of everyone, as of one moment where the database can do that."""
    alias = conf.source_alias or shop.source.read_alias
    with snapshot(alias):
        return build(shop.source, people, plan.needs(), shop.catalogue, shop.calendar, using=alias)


def with_cutoffs(plan: Plan, columns: MemoryColumns, now: datetime, prior: Prior) -> tuple[Prior, dict[Ranking, Cutoff]]:
    """The prior with the cut-offs that it lacks, taken from columns of everyone, and these alone."""
    missing = plan.rankings() - prior.cutoffs.keys()
    if not missing:
        return prior, {}
    found = cutoffs(plan, columns, now)
    fresh = {ranking: found[ranking] for ranking in missing}
    return replace(prior, cutoffs={**prior.cutoffs, **fresh}), fresh


def _answerable(plan: Plan, prior: Prior) -> Plan:
    """Without the rules whose rankings are not cut off yet."""
    waiting = {
        key
        for key, root in plan.roots.items()
        if any(leaf.ranking not in prior.cutoffs for leaf in leaves_of(root) if isinstance(leaf, RankLeaf))
    }
    return plan.without(waiting) if waiting else plan
