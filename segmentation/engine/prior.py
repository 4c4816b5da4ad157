"""What was before, as the kernel reads it: stored memberships, the owner's words and the day's cut-offs."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from datetime import UTC, date, datetime
from fractions import Fraction
from hashlib import sha256
from itertools import groupby
from operator import itemgetter
from typing import Any

import numpy as np
from django.db.models import F, Max, QuerySet
from numpy.typing import NDArray

from segmentation.engine.shop import Shop
from segmentation.kernel.columns import MISSING
from segmentation.kernel.moments import seconds
from segmentation.kernel.plan import MemberLeaf, Plan, Ranking, RankLeaf, origins_of
from segmentation.kernel.prior import Cutoff, Overrides, Prior, Standing
from segmentation.models import JournalEntry, Membership, Override, RankCutoff, Segment
from segmentation.rules.tree import SEMANTICS
from segmentation.store import People

KEPT_DAYS = 40
"""So many days of cut-offs are kept."""


def prior_of(shop: Shop, plan: Plan, people: People, now: datetime) -> Prior:
    """The prior that a plan looks at: no query where it looks at none."""
    leaves = list(plan.leaves())
    referred = {leaf.segment for leaf in leaves if isinstance(leaf, MemberLeaf)}
    owners = {leaf.owner for leaf in leaves if isinstance(leaf, RankLeaf) and leaf.owner is not None}
    left = {leaf.segment for leaf in leaves if isinstance(leaf, MemberLeaf) and not leaf.inside and leaf.for_at_least}
    standings = _standings(shop.name, referred | owners, left, people)
    overrides = _overrides(shop.name, referred & plan.segments.keys(), people)
    return Prior(standings, overrides, stored_cutoffs(shop, plan.rankings(), now))


def stored_cutoffs(shop: Shop, rankings: Collection[Ranking], now: datetime) -> dict[Ranking, Cutoff]:
    """The cut-offs of the day that somebody has worked out already."""
    if not rankings:
        return {}
    digests = {digest(shop, ranking): ranking for ranking in rankings}
    rows = RankCutoff.objects.filter(shop=shop.name, day=_day(shop, now), ranking__in=digests)
    return {digests[row.ranking]: Cutoff(row.population, _read(row.limit), _read(row.leave_at)) for row in rows}


def remember_cutoffs(shop: Shop, cutoffs: Mapping[Ranking, Cutoff], now: datetime) -> None:
    """Keep the cut-offs of the day; the first to work them out is believed."""
    day = _day(shop, now)
    RankCutoff.objects.bulk_create(
        (
            RankCutoff(
                shop=shop.name,
                ranking=digest(shop, ranking),
                day=day,
                population=cutoff.population,
                limit=_written(cutoff.limit),
                leave_at=_written(cutoff.leave_at),
            )
            for ranking, cutoff in cutoffs.items()
        ),
        ignore_conflicts=True,
    )
    RankCutoff.objects.filter(shop=shop.name, day__lt=date.fromordinal(max(day.toordinal() - KEPT_DAYS, 1))).delete()


def digest(shop: Shop, ranking: Ranking) -> str:
    """What is asked, in 64 characters: the same on every host. A score that was written anew is another than it was."""
    asked: tuple[object, ...] = (ranking, shop.calendar, shop.catalogue.base_currency, SEMANTICS)
    fact = shop.catalogue.attributes.get(ranking.asked) if isinstance(ranking.asked, str) else None
    if fact is not None and fact.written_at is not None:
        asked = (*asked, fact.written_at.astimezone(UTC).isoformat())
    if not shop.catalogue.by_consent.isdisjoint(origins_of(RankLeaf(ranking))):
        asked = (*asked, "of those who agreed to be profiled")
    return sha256(repr(asked).encode()).hexdigest()


def _day(shop: Shop, now: datetime) -> date:
    return shop.calendar.today(now)


def _read(limit: str) -> tuple[int, int] | None:
    return Fraction(limit).as_integer_ratio() if limit else None


def _written(limit: tuple[int, int] | None) -> str:
    return "" if limit is None else f"{limit[0]}/{limit[1]}"


def _standings(shop: str, slugs: Collection[str], left: Collection[str], people: People) -> dict[str, Standing]:
    """The stored membership of each segment; of those in `left` also when others last left. Queries do not grow with them."""
    if not slugs:
        return {}
    segments = dict(Segment.objects.filter(shop=shop, slug__in=slugs).values_list("slug", "pk"))
    entered = _moments(people, Membership.objects.filter(segment__in=segments.values()).annotate(moment=F("since")))
    asked = [segments[slug] for slug in left if slug in segments]
    exits = JournalEntry.objects.filter(segment__in=asked, entered=False).values("segment", "profile").annotate(moment=Max("at"))
    gone = _moments(people, exits) if asked else {}
    never = np.full(people.size, MISSING, np.int64)
    since = {slug: entered.get(pk, never) for slug, pk in segments.items()}
    return {slug: Standing(since[slug] != MISSING, since[slug], gone.get(pk, never)) for slug, pk in segments.items()}


def _overrides(shop: str, slugs: Collection[str], people: People) -> dict[str, Overrides]:
    if not slugs:
        return {}
    rows = people.rows_of(Override.objects.filter(segment__shop=shop, segment__slug__in=slugs))
    told = list(rows.values_list("segment__slug", "profile", "included"))
    said = {slug: Overrides(*np.zeros((2, people.size), np.bool_)) for slug, *_ in told}
    for (slug, _, included), place in zip(told, people.places([profile for _, profile, _ in told]).tolist(), strict=True):
        if place >= 0:
            (said[slug].included if included else said[slug].excluded)[place] = True
    return said


def _moments(people: People, rows: QuerySet[Any]) -> dict[int, NDArray[np.int64]]:
    """Segment -> the moment of each of the people, MISSING of those who have none. A segment's rows are in memory at a time."""
    told = people.rows_of(rows).order_by("segment_id").values_list("segment_id", "profile_id", "moment").iterator()
    return {segment: _placed(people, list(group)) for segment, group in groupby(told, key=itemgetter(0))}


def _placed(people: People, rows: Sequence[tuple[int, int, datetime]]) -> NDArray[np.int64]:
    index = people.places([profile for _, profile, _ in rows])
    moments = np.full(people.size, MISSING, np.int64)
    moments[index[index >= 0]] = np.array([seconds(at) for *_, at in rows], np.int64)[index >= 0]
    return moments
