"""Something happened to a few people: every live segment answered for them at once."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping, Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import F, Q, QuerySet

from segmentation.engine.local import Answers, answer_few
from segmentation.engine.others import others_of
from segmentation.engine.shop import Shop, active_shop
from segmentation.engine.stored import rules_of
from segmentation.membership.difference import Difference, write
from segmentation.models import Cause, Membership, Override, Profile, Segment
from segmentation.models.batch import batches
from segmentation.models.lock import locked
from segmentation.store import People, Person

BATCH = 100
"""People a transaction: their rows are read inside it, while they are locked."""


def evaluate_live(
    profiles: Collection[int],
    *,
    now: datetime,
    cause: Cause = Cause.CHANGE,
    causes: Mapping[int, Cause] | None = None,
    segments: Collection[Segment] | None = None,
) -> None:
    """Bring the memberships of these profiles (ids), in all live segments or those given, in step with the shop as it is now.

    `causes` says of segments (ids) why, where it is not `cause`. Raises SourceError if the shop cannot be read; then nothing
    is written for the batch at hand.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware of its time zone")
    shop = active_shop()
    asked = Segment.objects.filter(shop=shop.name, state=Segment.State.LIVE).order_by("pk")
    if segments is not None:
        asked = asked.filter(pk__in=[segment.pk for segment in segments])
    for batch in batches(sorted(set(profiles)), BATCH):
        with transaction.atomic():
            _evaluate(shop, batch, now, asked, lambda segment: (causes or {}).get(segment.pk, cause))


def _evaluate(
    shop: Shop, profiles: Sequence[int], now: datetime, asked: QuerySet[Segment], cause_of: Callable[[Segment], Cause]
) -> None:
    # Locked before the shop is read: a refresh that read earlier sees the new revision and leaves them alone.
    # So are those who were merged into them, since rows still go by their names.
    named = Q(pk__in=profiles) | Q(merged_into__in=profiles)
    found = list(locked(Profile.objects.filter(named, shop=shop.name)).order_by("pk"))
    known = [profile for profile in found if profile.pk in profiles]
    Profile.objects.filter(pk__in=[profile.pk for profile in known]).update(revision=F("revision") + 1)
    segments = list(asked.all())
    # What waited in a queue while a refresh passed is answered as of that refresh: the journal never runs backwards.
    now = max([now, *(segment.refreshed_at for segment in segments if segment.refreshed_at)])
    merged = {profile.pk for profile in known if profile.merged_into_id is not None}
    gone = {profile.pk for profile in known if not profile.is_present} - merged
    rules, _ = rules_of(segments)
    people = People.of(Person.of(profile) for profile in found if profile.pk not in gone)
    others = others_of(shop.name, rules, {segment.slug: segment.pk for segment in segments})
    answers = answer_few(shop, rules, people, now, others)
    current = _current(segments, profiles)
    words = _words(segments, profiles)
    for segment in segments:
        if segment.pk not in answers.truths:
            continue  # broken, or ranked and not cut off yet today: as it is until a refresh
        wanted = _wanted(answers, segment, words.get(segment.pk, {}))
        inside = current.get(segment.pk, set())
        leaving = inside - wanted - gone - merged
        write(Difference(segment, sorted(wanted - inside), sorted(leaving), now, cause_of(segment)))
        write(Difference(segment, [], sorted(inside & gone), now, Cause.GONE))
        write(Difference(segment, [], sorted(inside & merged), now, Cause.MERGED))


def _wanted(answers: Answers, segment: Segment, words: Mapping[int, bool]) -> set[int]:
    people = answers.people.profiles
    wanted = set(people[answers.truths[segment.pk].members()].tolist())
    for profile in people.tolist():
        if profile in words:
            (wanted.add if words[profile] else wanted.discard)(profile)
    return wanted


def _words(segments: Sequence[Segment], profiles: Collection[int]) -> dict[int, dict[int, bool]]:
    """Segment -> profile -> whether the owner says that they are in."""
    words: dict[int, dict[int, bool]] = {}
    rows = Override.objects.filter(segment__in=segments, profile__in=profiles)
    for segment, profile, included in rows.values_list("segment", "profile", "included"):
        words.setdefault(segment, {})[profile] = included
    return words


def _current(segments: Sequence[Segment], profiles: Collection[int]) -> dict[int, set[int]]:
    current: dict[int, set[int]] = {}
    rows = Membership.objects.filter(segment__in=segments, profile__in=profiles).values_list("segment", "profile")
    for segment, profile in rows:
        current.setdefault(segment, set()).add(profile)
    return current
