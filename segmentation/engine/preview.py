"""What a rule would take in, before it is saved."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils.formats import number_format
from django.utils.translation import gettext as _

from segmentation.conf import conf
from segmentation.engine.absent import absent_values
from segmentation.engine.bind import bind
from segmentation.engine.lint import lint
from segmentation.engine.local import Answers, answer_everyone
from segmentation.engine.others import others_of
from segmentation.engine.quoting import quoted
from segmentation.engine.shop import Shop
from segmentation.facts.scores import SCORE
from segmentation.facts.sentences import sentence
from segmentation.kernel.plan import origins_of
from segmentation.rules import Rule
from segmentation.store import People

SAMPLE = 10

MANY = 0.1
"""Where this part of the people or more did not agree to be profiled, it is told whom a rule cannot ask."""


@dataclass(frozen=True, slots=True)
class Preview:
    """Of `population` people the rule takes in `count` and cannot tell for `unknown`; `sample` has ids of profiles.

    Visitors are no people.
    """

    count: int
    unknown: int
    population: int
    sentence: str
    sample: tuple[int, ...]
    warnings: tuple[str, ...]

    @property
    def share(self) -> float:
        """The part of the people that the rule takes in; 0 where there is nobody."""
        return self.count / self.population if self.population else 0.0


def preview(shop: Shop, rule: Rule, now: datetime, slug: str = "", *, may_see_restricted: bool = False) -> Preview:
    """Answer a rule for everyone as of `now`, writing nothing; `slug` is that of the segment it is meant for.

    Values of restricted facts are in no warning unless the asker may see them.

    Raises RuleError or SourceError.
    """
    others = others_of(shop.name, {"": rule}, {slug: ""} if slug else {})
    bind({"": rule}, shop.catalogue, shop.calendar, others)
    people = People.everyone(shop.name)
    answers = answer_everyone(shop, {"": rule}, people, now, others)
    for error in answers.refused.values():
        raise error
    truth = answers.truths[""]
    members = people.profiles[truth.members() & people.counted]
    unknown = int((truth.unknown() & people.counted).sum())
    count = len(members)
    absent = absent_values(rule, answers.columns, answers.plan, shop.catalogue, may_see_restricted=may_see_restricted)
    odd = [quoted(problem, rule) for problem in (*lint(shop, rule, now, slug), *absent)]
    return Preview(
        count,
        unknown,
        people.number,
        sentence(rule, shop.catalogue, now, shop.calendar),
        tuple(members[:SAMPLE].tolist()),
        (*_warnings(count, unknown, people.number), *_unasked(shop, answers), *odd),
    )


def _unasked(shop: Shop, answers: Answers) -> tuple[str, ...]:
    """Said once, however many conditions take consent."""
    people, plan = answers.people, answers.plan
    silent = int((people.counted & ~people.agreed).sum())
    unasked = frozenset[str]().union(*map(origins_of, plan.leaves())) & plan.by_consent
    if not silent or silent < MANY * people.number or not unasked:
        return ()
    said = {"silent": _figure(silent), "people": _figure(people.number)}
    if unasked == {SCORE}:
        return (_("%(silent)s of %(people)s people did not agree to profiling; what is predicted of them is not asked.") % said,)
    if plan.by_consent >= shop.catalogue.relations.keys():
        return (_("%(silent)s of %(people)s people did not agree to profiling; what they do is not asked.") % said,)
    return (_("%(silent)s of %(people)s people did not agree to profiling; what they look at is not asked.") % said,)


def _figure(count: int) -> str:
    return number_format(count, use_l10n=True, force_grouping=True)


def _warnings(count: int, unknown: int, population: int) -> tuple[str, ...]:
    narrow = conf.narrow
    found = {
        _("Nobody is in this segment."): count == 0,
        _("Fewer than %(narrow)d people are in: too narrow for a campaign, and it may single people out.") % {"narrow": narrow}: 0
        < count
        < narrow,
        _("Everybody is in this segment."): 0 < population == count,
        _("For %(unknown)d people the rule cannot tell, so they are left out.") % {"unknown": unknown}: unknown > 0,
    }
    return tuple(warning for warning, applies in found.items() if applies)
