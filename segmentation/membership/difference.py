"""Only differences are written: who enters, who leaves, in bulk, in short transactions, with the journal."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Greatest

from segmentation.models import Cause, JournalEntry, Membership, Profile, Segment
from segmentation.models.lock import locked
from segmentation.signals import segment_entered, segment_left

UNASKED = (Cause.MANUAL, Cause.GONE, Cause.MERGED)
"""Causes that are no answer to a definition."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Profile ids that enter and leave one segment at a moment, and why."""

    segment: Segment
    entering: Sequence[int]
    leaving: Sequence[int]
    at: datetime
    cause: Cause


def write(difference: Difference) -> tuple[list[int], list[int]]:
    """Write one difference inside the caller's transaction; returns who really entered and left.

    Who is in already does not enter, who is out does not leave: writing the same twice changes nothing. Nobody enters a
    segment that was archived, made a draft or deleted meanwhile, and the answer to a definition that was changed
    meanwhile is nobody's business. Lock profiles before you call this, never after: it locks the segment.
    """
    segment = difference.segment
    touched = [*difference.entering, *difference.leaving]
    if not touched:
        return [], []
    answered = locked(Segment.objects.evaluated(segment.shop).filter(pk=segment.pk)).first()
    if answered and answered.version != segment.version and difference.cause not in UNASKED:
        return [], []
    present, visitors = _known(segment, touched)
    entered = [profile for profile in difference.entering if profile not in present] if answered else []
    left = [profile for profile in difference.leaving if profile in present]
    _write_rows(difference, entered, left)
    _count(segment, len(set(entered) - visitors) - len(set(left) - visitors))
    if entered or left:
        transaction.on_commit(lambda: _tell(difference, entered, left), robust=True)
    return entered, left


def _known(segment: Segment, profiles: Collection[int]) -> tuple[set[int], set[int]]:
    """Those of the profiles that are in, and those that are visitors."""
    inside = Exists(Membership.objects.filter(segment=segment, profile=OuterRef("pk")))
    rows = list(Profile.objects.filter(pk__in=profiles).annotate(inside=inside).values_list("pk", "kind", "inside"))
    return {pk for pk, _, is_in in rows if is_in}, {pk for pk, kind, _ in rows if kind == Profile.Kind.VISITOR}


def _write_rows(difference: Difference, entered: Sequence[int], left: Sequence[int]) -> None:
    segment, at = difference.segment, difference.at
    Membership.objects.filter(segment=segment, profile__in=left).delete()
    Membership.objects.bulk_create(
        Membership(shop=segment.shop, segment=segment, profile_id=profile, since=at) for profile in entered
    )
    JournalEntry.objects.bulk_create([*_journal(difference, entered, True), *_journal(difference, left, False)])


def _count(segment: Segment, more: int) -> None:
    """Of people: visitors are in no size."""
    if more:
        grown = Greatest(F("size") + more, 0)  # a count must never stand in the way of a write
        Segment.objects.filter(pk=segment.pk, size__isnull=False).update(size=grown)


def _journal(difference: Difference, profiles: Iterable[int], entered: bool) -> Iterable[JournalEntry]:
    segment = difference.segment
    return (
        JournalEntry(
            segment=segment,
            profile_id=profile,
            entered=entered,
            at=difference.at,
            cause=difference.cause,
            version=segment.version,
        )
        for profile in profiles
    )


def _tell(difference: Difference, entered: list[int], left: list[int]) -> None:
    for signal, profiles in ((segment_entered, entered), (segment_left, left)):
        if profiles:
            signal.send_robust(Segment, segment=difference.segment, profiles=profiles, at=difference.at, cause=difference.cause)
