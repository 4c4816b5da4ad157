"""Every segment answered for everyone, and the difference written."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import numpy as np
from django.db import transaction
from django.db.models import Count, Q, QuerySet
from django.utils import timezone

from segmentation.conf import conf
from segmentation.engine.local import Answers, answer_everyone
from segmentation.engine.others import others_of
from segmentation.engine.prior import remember_cutoffs
from segmentation.engine.shop import active_shop
from segmentation.engine.stored import rules_of
from segmentation.errors import ClockWentBack, RefreshError, RuleError, SegmentError
from segmentation.membership.difference import Difference, write
from segmentation.membership.empty import empty_unanswered
from segmentation.membership.lease import Held, hold
from segmentation.membership.live import evaluate_live
from segmentation.membership.notes import note_on
from segmentation.models import Cause, Membership, Override, Profile, RefreshRun, Segment
from segmentation.models.batch import batches
from segmentation.models.lock import locked
from segmentation.profiles import sync
from segmentation.profiles.sync import Progress
from segmentation.signals import segments_refreshed
from segmentation.store import People, Person

logger = logging.getLogger(__name__)

KEPT_RUNS = 500
"""So many refreshes are remembered for `segments status`."""


@dataclass(frozen=True, slots=True)
class SegmentReport:
    """What a refresh did to one segment; `problem` tells why a broken one was left as it is.

    People are counted; the `visitors` who are in are counted apart.
    `note` tells what the owner of an answered one should look at: values of its rule that stand in no row of the shop.
    """

    slug: str
    entered: int = 0
    left: int = 0
    size: int | None = None
    problem: str = ""
    visitors: int = 0
    note: str = ""


@dataclass(frozen=True, slots=True)
class RefreshReport:
    """What a refresh did. `ignored` counts rows of the shop left out, `faults` values that could not be read."""

    at: datetime
    people: int
    segments: tuple[SegmentReport, ...]
    ignored: Mapping[str, int] = field(default_factory=dict)
    faults: Mapping[str, int] = field(default_factory=dict)


def refresh(
    segments: Iterable[Segment | str] | None = None, *, now: datetime | None = None, progress: Progress | None = None
) -> RefreshReport:
    """Answer live segments (all, or those given as rows or slugs) for everyone as of `now`, and write who came and went.

    Profiles are synced first, so that newcomers count. Raises RefreshBusy while another refresh runs, ClockWentBack for a
    `now` before the last refresh, SegmentError for a segment that is not live, SourceError if the shop cannot be read:
    in all of these no membership is written. A segment that cannot be asked any more turns broken and keeps its members.
    """
    moment = now or timezone.now()  # noqa: TID251  the moment of the run, where no caller gave one
    if moment.tzinfo is None:
        raise RefreshError("now must be aware of its time zone")
    with hold(f"refresh:{conf.shop}") as lease:
        started = _clock()
        asked = _asked(segments, moment)
        shop = active_shop()
        empty_unanswered(shop.name, moment)
        sync(now=moment, source=shop.source, progress=lambda done, total: lease.renew())
        people, revisions = _people(shop.name)
        rules, unreadable = rules_of(asked)
        others = others_of(shop.name, rules, {segment.slug: segment.pk for segment in asked})
        answers = answer_everyone(shop, rules, people, moment, others)
        remember_cutoffs(shop, answers.fresh, moment)
        lease.renew()
        refused = {**unreadable, **answers.refused}
        writer = _Writer(lease, answers, revisions, moment)
        reports = []
        for number, segment in enumerate(asked, 1):
            error = refused.get(segment.pk)
            if error is None:
                reports.append(writer.segment(segment, note_on(rules[segment.pk], answers, shop.catalogue)))
            else:
                reports.append(_broken(segment, error))
            if progress:
                progress(number, len(asked))
        writer.late(asked, _clock() - started)
    report = RefreshReport(moment, people.number, tuple(reports), answers.columns.ignored, answers.columns.faults)
    _remember(shop.name, report)
    segments_refreshed.send_robust(Segment, report=report)
    return report


def _remember(shop: str, report: RefreshReport) -> None:
    counts = {"ignored": {**report.ignored}, "faults": {**report.faults}}
    RefreshRun.objects.create(shop=shop, at=report.at, people=report.people, segments=len(report.segments), **counts)
    old = RefreshRun.objects.filter(shop=shop).order_by("-pk").values_list("pk", flat=True)[KEPT_RUNS : KEPT_RUNS + 1].first()
    if old:
        RefreshRun.objects.filter(shop=shop, pk__lte=old).delete()


def _asked(segments: Iterable[Segment | str] | None, moment: datetime) -> list[Segment]:
    asked = {segment.slug: segment for segment in Segment.objects.evaluated(conf.shop).order_by("slug")}
    if segments is not None:
        slugs = list(dict.fromkeys(segment.slug if isinstance(segment, Segment) else segment for segment in segments))
        unknown = [slug for slug in slugs if slug not in asked]
        if unknown:
            raise SegmentError(f"no live segment is called {', '.join(unknown)}")
        asked = {slug: asked[slug] for slug in slugs}
    late = [segment for segment in asked.values() if segment.refreshed_at and segment.refreshed_at > moment]
    if late:
        last = max(segment.refreshed_at for segment in late if segment.refreshed_at)
        raise ClockWentBack(f"{late[0].slug} was refreshed as of {last.isoformat()}, which is after {moment.isoformat()}")
    return list(asked.values())


def _people(shop: str) -> tuple[People, dict[int, int]]:
    """Everyone, with the revision of each; read before the shop is: whoever is evaluated live from now on has a later one."""
    rows = list(Profile.objects.with_merged(shop).values_list("revision", *Person._fields))
    people = [Person._make(person) for _, *person in rows]
    return People.of(people), {person.pk: revision for person, (revision, *_) in zip(people, rows, strict=True)}


def _broken(segment: Segment, error: RuleError) -> SegmentReport:
    """Membership frozen, visible, alarmed; never silently everyone or no one."""
    logger.error("segment %s is broken and keeps its members: %s", segment.slug, error)
    # One that the owner changed meanwhile is judged by the next refresh.
    unchanged = Segment.objects.evaluated(segment.shop).filter(pk=segment.pk, version=segment.version)
    unchanged.update(state=Segment.State.BROKEN, problem=str(error))
    return SegmentReport(segment.slug, size=segment.size, problem=str(error))


class _Writer:
    """Writes the answers of one refresh, segment by segment, in batches."""

    def __init__(self, lease: Held, answers: Answers, revisions: Mapping[int, int], moment: datetime) -> None:
        self._lease = lease
        self._answers = answers
        self._revisions = revisions
        self._moment = moment

    def segment(self, segment: Segment, note: str) -> SegmentReport:
        """Bring the members of a segment in step with its answer, and keep the note for its owner."""
        current = np.array(list(Membership.objects.filter(segment=segment).values_list("profile", flat=True)), np.int64)
        wanted = self._wanted(segment)
        entering = np.setdiff1d(wanted, current)
        leaving = np.setdiff1d(current, wanted)
        # A member whom this refresh did not ask about (made meanwhile) stays; one who is gone, or somebody else, leaves.
        asked = np.isin(leaving, self._answers.people.profiles)
        lost = {} if asked.all() else _lost(segment)
        entered, left = self._write(segment, entering.tolist(), leaving[asked].tolist(), _cause(segment))
        left += sum(self._write(segment, [], profiles, cause)[1] for cause, profiles in lost.items())
        size, visitors = self._done(segment, note)
        if note not in ("", segment.problem):  # once, not every night
            logger.warning("segment %s: %s", segment.slug, note)
        return SegmentReport(segment.slug, entered, left, size, visitors=visitors, note=note)

    def _wanted(self, segment: Segment) -> np.ndarray[tuple[int], np.dtype[np.int64]]:
        """Those for whom the rule is true, and the owner's word on top."""
        people = self._answers.people.profiles
        members = people[self._answers.truths[segment.pk].members()]
        words = list(_said(segment).values_list("profile", "included"))
        included = np.array([profile for profile, said in words if said], np.int64)
        excluded = np.array([profile for profile, said in words if not said], np.int64)
        return np.setdiff1d(np.union1d(members, included), excluded)

    def _write(self, segment: Segment, entering: list[int], leaving: list[int], cause: Cause) -> tuple[int, int]:
        """How many people entered and left."""
        moves = [(profile, True) for profile in entering] + [(profile, False) for profile in leaving]
        entered = left = 0
        for batch in batches(moves):
            with transaction.atomic():
                self._lease.renew()
                fresh = self._untouched([profile for profile, _ in batch])
                kept_out, kept_in = _words(segment, fresh)
                may_enter = {pk for pk, profile in fresh.items() if profile.is_present} - kept_out
                came = [profile for profile, enters in batch if enters and profile in may_enter]
                went = [profile for profile, enters in batch if not enters and profile in fresh.keys() - kept_in]
                done = write(Difference(segment, came, went, self._moment, cause))
            entered += sum(fresh[profile].is_counted for profile in done[0])
            left += sum(fresh[profile].is_counted for profile in done[1])
        return entered, left

    def _untouched(self, profiles: Sequence[int]) -> dict[int, Profile]:
        """Those whom nobody evaluated live since this refresh read the shop, locked until commit."""
        rows = locked(Profile.objects.filter(pk__in=profiles)).order_by("pk")
        fields = ("kind", "revision", "gone_at", "merged_into")
        return {row.pk: row for row in rows.only(*fields) if self._revisions.get(row.pk, row.revision) == row.revision}

    def _done(self, segment: Segment, note: str) -> tuple[int, int]:
        """How many people, and how many visitors, are in."""
        with transaction.atomic():
            self._lease.renew()
            # One that the owner archived meanwhile stays so, one that she changed is left to the next refresh. Locked before
            # its members are counted: whoever comes or goes adds to this count.
            unchanged = Segment.objects.evaluated(conf.shop).filter(pk=segment.pk, version=segment.version)
            locked(unchanged).first()
            is_visitor = Q(profile__kind=Profile.Kind.VISITOR)
            members = Membership.objects.filter(segment=segment)
            found = members.aggregate(people=Count("pk", ~is_visitor), visitors=Count("pk", is_visitor))
            answer = {"size": found["people"], "refreshed_at": self._moment, "refreshed_version": segment.version}
            unchanged.update(**answer, state=Segment.State.LIVE, problem=note)
        return found["people"], found["visitors"]

    def late(self, segments: Collection[Segment], took: timedelta) -> None:
        """Answer those again who were evaluated live since this refresh read the shop, which left them alone.

        The live evaluation may have answered a few segments only (an owner's word), and leaves alone what was broken or not
        cut off yet.
        """
        present = Profile.objects.present(conf.shop).values_list("pk", "revision")
        touched = [pk for pk, revision in present if self._revisions.get(pk) != revision]
        if touched:
            causes = {segment.pk: _cause(segment) for segment in segments}
            # What happened since the refresh began lies after its moment.
            evaluate_live(touched, now=self._moment + took, causes=causes, segments=segments)


def _clock() -> datetime:
    # How long a refresh takes is a matter of this machine's present.
    return timezone.now()  # noqa: TID251


def _lost(segment: Segment) -> dict[Cause, list[int]]:
    """Members who turned out to be somebody else, and those whom the shop does not know any more."""
    members = Membership.objects.filter(segment=segment)
    lost = members.exclude(profile__gone_at=None, profile__merged_into=None).values_list("profile", "profile__merged_into")
    found: dict[Cause, list[int]] = {}
    for profile, merged_into in lost:
        found.setdefault(Cause.GONE if merged_into is None else Cause.MERGED, []).append(profile)
    return found


def _said(segment: Segment) -> QuerySet[Override]:
    """The owner's words on those who are there."""
    return Override.objects.filter(segment=segment, profile__gone_at=None, profile__merged_into=None)


def _words(segment: Segment, profiles: Collection[int]) -> tuple[set[int], set[int]]:
    """Whom the owner keeps out and whom in: read while they are locked, since a word may have come meanwhile."""
    words = dict(_said(segment).filter(profile__in=profiles).values_list("profile", "included"))
    return {profile for profile, included in words.items() if not included}, {profile for profile, word in words.items() if word}


def _cause(segment: Segment) -> Cause:
    if segment.refreshed_at is None:
        return Cause.FIRST_FILL
    return Cause.REFRESH if segment.refreshed_version == segment.version else Cause.DEFINITION
