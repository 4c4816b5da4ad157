"""Why somebody is in a segment or not: each condition, its value against its limit, and the rows that made it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from segmentation.engine.bind import bind
from segmentation.engine.computed import demand_working
from segmentation.engine.local import everyones, with_cutoffs
from segmentation.engine.others import others_of
from segmentation.engine.prior import prior_of
from segmentation.engine.shop import Shop, active_shop
from segmentation.engine.values import limit_text, value_text
from segmentation.errors import RuleError, SegmentError
from segmentation.facts.sentences import kept_said, leaf_sentence, rows_named
from segmentation.kernel.evidence import LeafEvidence, evidence
from segmentation.kernel.plan import Plan
from segmentation.kernel.prior import Prior
from segmentation.membership.read import person_called, segment_called
from segmentation.models import Membership, Override, Profile, Segment
from segmentation.rules import Rule, load
from segmentation.rules.tree import Leaf, Rank, leaves
from segmentation.store import People, live

TRUTHS = {True: "true", False: "false", None: "unknown"}

NOT_ASKED = _("not asked: no consent to profiling")
"""Stands where a value would."""


@dataclass(frozen=True, slots=True)
class LeafExplanation:
    """One condition. `path` points into the definition; `evidence` has the keys of the shop's rows, the latest 20 of `rows`.

    Where it was not `asked`, for want of consent to profiling, nothing was looked at: there is no value, limit or row.
    `named` calls the rows as people do ("order A1 line 12"). `kept` says why a member is in who has lost her place in a rank; ""
    if nothing keeps her.
    """

    path: str
    sentence: str
    truth: str
    value: str | None
    limit: str | None
    rows: int
    evidence: tuple[str, ...]
    asked: bool = True
    named: tuple[str, ...] = ()
    kept: str = ""


@dataclass(frozen=True, slots=True)
class Explanation:
    """`member` is today's answer, the owner's word included; `since` is when the stored membership began."""

    member: bool
    truth: str
    since: datetime | None
    overridden: bool
    leaves: tuple[LeafExplanation, ...]


def explain(segment: Segment | str, profile: Profile | str, *, now: datetime | None = None) -> Explanation:
    """Explain a segment (row or slug) for a person (row, profile key, customer id or e-mail), read live; a profile that
    was merged stands for whoever it is now.

    Raises SegmentError if there is no such segment or person, or the segment is broken.
    """
    row = segment if isinstance(segment, Segment) else segment_called(segment)
    named = profile if isinstance(profile, Profile) else person_called(profile)
    person = named.merged_into or named
    moment = now or timezone.now()  # noqa: TID251  the moment of the question, where no caller gave one
    shop = active_shop()
    people = People.these([person])
    try:
        rule = load(row.definition)
        plan = bind({"": rule}, shop.catalogue, shop.calendar, others_of(shop.name, {"": rule}, {row.slug: ""}))
        columns = live(shop.source, people, plan.needs(), shop.catalogue, shop.calendar)
        demand_working(plan, columns, moment)
        prior = _prior(shop, plan, people, moment)
    except RuleError as error:
        raise SegmentError(f"{row.slug} is broken: {error}") from error
    found = evidence(plan, "", columns, 0, moment, prior)
    said = Override.objects.filter(segment=row, profile=person).first()
    member = person.gone_at is None and (found.truth is True if said is None else said.included)
    since = Membership.objects.filter(segment=row, profile=person).values_list("since", flat=True).first()
    return Explanation(member, TRUTHS[found.truth], since, said is not None, _leaves(shop, rule, found.leaves))


def _prior(shop: Shop, plan: Plan, people: People, moment: datetime) -> Prior:
    """What was before; a ranking that nobody has cut off today is cut off over everyone, which takes as long as a preview."""
    prior = prior_of(shop, plan, people, moment)
    if plan.rankings() <= prior.cutoffs.keys():
        return prior
    everyone = People.everyone(shop.name)
    columns = everyones(shop, plan, everyone)
    demand_working(plan, columns, moment)
    return with_cutoffs(plan, columns, moment, prior)[0]


def _leaves(shop: Shop, rule: Rule, found: tuple[LeafEvidence, ...]) -> tuple[LeafExplanation, ...]:
    return tuple(_leaf(shop, path, leaf, one) for (path, leaf), one in zip(leaves(rule), found, strict=True))


def _leaf(shop: Shop, path: str, leaf: Leaf, found: LeafEvidence) -> LeafExplanation:
    value = value_text(leaf, found.value, shop.catalogue, shop.calendar)
    sentence = leaf_sentence(leaf, shop.catalogue)
    limit = limit_text(leaf, found.cut_off, shop.catalogue, shop.calendar) if found.asked else None
    kept = kept_said(leaf, found.kept) if isinstance(leaf, Rank) and found.kept else ""
    named = rows_named(found.named)
    return LeafExplanation(path, sentence, TRUTHS[found.truth], value, limit, found.rows, found.keys, found.asked, named, kept)
