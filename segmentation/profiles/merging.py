"""Two profiles that turn out to be one person: a visitor who logs in, a guest who verifies the e-mail.

Nothing of either is lost: the merged profile keeps its rows and its receipts, so that a merge can be undone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

from django.db import router, transaction
from django.db.models import Q

from segmentation.errors import MergeError
from segmentation.models import Consent, MergeCause, Profile, ProfileMerge, Purpose
from segmentation.models.lock import locked
from segmentation.profiles import consents
from segmentation.signals import profile_merged

INTO: Mapping[str, tuple[str, ...]] = {
    Profile.Kind.VISITOR: (Profile.Kind.GUEST, Profile.Kind.USER),
    Profile.Kind.GUEST: (Profile.Kind.USER,),
}
"""Kind -> what it may turn out to be. A customer is a customer: two accounts on one shared computer stay two people."""


def merge(source: Profile, target: Profile, *, now: datetime, cause: str, by: Any = None) -> ProfileMerge | None:
    """Find `source` to be `target`, or whoever that is merged into; returns the entry of the log.

    None, and nothing is changed, where it makes no sense: the source is somebody already, or the two kinds are never one.
    By hand (MergeCause.MANUAL) that raises MergeError.
    """
    with transaction.atomic(using=router.db_for_write(Profile)):
        source_row, target_row = _both(source, target)
        refusal = _refusal(source_row, target_row)
        if refusal and cause == MergeCause.MANUAL:
            raise MergeError(f"{source} cannot be merged into {target}: {refusal}")
        if refusal:
            return None
        entry = ProfileMerge.objects.create(
            source=source_row, target=target_row, at=now, cause=cause, by=by, first_key_before=target_row.first_key
        )
        Profile.objects.filter(Q(pk=source_row.pk) | Q(merged_into=source_row)).update(merged_into=target_row)
        _draw_first_key(target_row)
        _bring_consent(source_row, target_row, now)
        transaction.on_commit(lambda: _tell(entry, undone=False), robust=True)
    source.merged_into = target_row
    if target.pk == target_row.pk:
        target.refresh_from_db(fields=["first_key", "profiling"])
    return entry


def undo(merge: ProfileMerge, *, now: datetime, by: Any = None) -> None:
    """Make two of them again, as if they had never been one; a second time changes nothing."""
    with transaction.atomic(using=router.db_for_write(Profile)):
        pks = [merge.source_id, merge.target_id]
        list(locked(Profile.objects.filter(Q(pk__in=pks) | Q(merged_into__in=pks))).order_by("pk"))
        entry = locked(ProfileMerge.objects.filter(pk=merge.pk, undone_at=None)).first()
        if entry is None:
            return
        entry.undone_at, entry.undone_by = now, by
        entry.save(update_fields=["undone_at", "undone_by"])
        source = Profile.objects.get(pk=entry.source_id)
        Profile.objects.filter(pk=source.pk).update(merged_into=None)
        Profile.objects.filter(pk__in=_all_in(source) - {source.pk}).update(merged_into=source)
        brought_by: Profile | None = source
        for person in _upwards(entry.target_id):
            _draw_first_key(person)
            taken_back = brought_by is not None and _take_consent_back(brought_by, person, now)
            brought_by = person if taken_back else None
        transaction.on_commit(lambda: _tell(entry, undone=True), robust=True)
    merge.undone_at, merge.undone_by = entry.undone_at, entry.undone_by


def _tell(entry: ProfileMerge, *, undone: bool) -> None:
    profile_merged.send_robust(ProfileMerge, merge=entry, undone=undone)


def _both(source: Profile, target: Profile) -> tuple[Profile, Profile]:
    """The two as they are now, locked with what is merged into the source, in one order; the target is who it is by now."""
    person = Profile.objects.filter(pk=target.pk).values_list("merged_into", flat=True).get() or target.pk
    rows = locked(Profile.objects.filter(Q(pk__in=[source.pk, person]) | Q(merged_into=source.pk))).order_by("pk")
    found = {profile.pk: profile for profile in rows}
    return found[source.pk], found[person]


def _refusal(source: Profile, target: Profile) -> str:
    """Why the two cannot be made one; "" where they can."""
    if source.shop != target.shop:
        return "they are people of two shops"
    if source.pk == target.pk:
        return "they are one already"
    if source.merged_into_id:
        return "it is somebody already; undo that merge first"
    if target.merged_into_id:  # while we waited for the lock
        return "the other was merged at this moment"
    if target.kind not in INTO.get(source.kind, ()):
        return f"a {source.get_kind_display()} never turns out to be a {target.get_kind_display()}"
    return ""


def _upwards(pk: int) -> Iterator[Profile]:
    """The profile, the one it was found to be, and so on."""
    following: int | None = pk
    while following is not None:
        yield Profile.objects.get(pk=following)
        following = _standing().filter(source=following).values_list("target", flat=True).first()


def _all_in(profile: Profile) -> set[int]:
    """The profile and all that were found to be it, also by way of others."""
    found, new = {profile.pk}, {profile.pk}
    while new:
        new = set(_standing().filter(target__in=new).values_list("source", flat=True)) - found
        found |= new
    return found


def _standing() -> Any:
    return ProfileMerge.objects.filter(undone_at=None)


def _draw_first_key(person: Profile) -> None:
    """Stable shares go by the profile that was known first, of all that are the person."""
    known = Profile.objects.filter(pk__in=_all_in(person)).values_list("created_at", "pk", "key")
    *_, first = min((created_at, pk != person.pk, pk, key) for created_at, pk, key in known)
    person.first_key = first if first != person.key else ""
    Profile.objects.filter(pk=person.pk).update(first_key=person.first_key)


def _bring_consent(source: Profile, target: Profile, now: datetime) -> None:
    """Whoever said nothing yet is taken at the word they gave before they were known."""
    said = consents.last_receipt(source, Purpose.PROFILING)
    if target.profiling is not None or said is None or consents.word(said) is None:
        return
    notice = {"notice_version": said.notice_version, "notice_hash": said.notice_hash, "language": said.language}
    _note(target, said.granted, now, consents.MERGE, source.key, **notice)


def _take_consent_back(source: Profile, target: Profile, now: datetime) -> bool:
    """Unless they said something since; returns whether there was something to take back."""
    said = consents.last_receipt(target, Purpose.PROFILING)
    brought = said is not None and (said.method, said.source) == (consents.MERGE, source.key[:200])
    if brought:
        _note(target, False, now, consents.UNDO, source.key)
    return brought


def _note(person: Profile, granted: bool, now: datetime, method: str, source: str, **notice: str) -> None:
    purpose = Purpose.PROFILING
    consents.write(Consent(profile=person, purpose=purpose, granted=granted, at=now, method=method, source=source, **notice))
