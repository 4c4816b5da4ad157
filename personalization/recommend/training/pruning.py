"""Old versions and their lists go, a few rows at a time."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from personalization.conf import conf
from personalization.models import RecommendationList, RecommenderVersion, ShownList
from personalization.recommend.keys import person_key
from segmentation.models import Profile
from segmentation.models.batch import batches

State = RecommenderVersion.State

STILL_SHOWN = timedelta(hours=1)
"""So long a page may be open that was made by another version; a training that began before its switch is over by then."""

DELETED = 500
"""Rows a statement."""


def prune(*, keep: int, now: datetime) -> int:
    """Delete all that is older than the last `keep` versions that can be served, in short transactions; how many.

    The active one stays, however old, and counts as one of them. So does, beside these, the one that was served until a moment
    ago: pages go by it for a minute more, and what they show is noted with it.
    """
    versions = RecommenderVersion.objects.filter(shop=conf.shop)
    spare = versions.filter(state__in=[State.READY, State.REFUSED]).order_by("-number").values_list("number", flat=True)
    kept = list(spare[: max(keep - 1, 0)])
    if len(kept) < keep - 1:
        return 0
    oldest = min(kept, default=versions.filter(state=State.ACTIVE).values_list("number", flat=True).first() or 0)
    gone = versions.filter(number__lt=oldest).exclude(state__in=[State.ACTIVE, State.TRAINING]).exclude(pk__in=_just_served(now))
    gone = gone.order_by("number")
    return sum(map(_delete, gone))


def _just_served(now: datetime) -> list[int]:
    """The version before the active one, if that took its place within `STILL_SHOWN`."""
    last = RecommenderVersion.objects.filter(shop=conf.shop, activated_at__isnull=False).order_by("-activated_at")
    rows = list(last.values_list("pk", "state", "activated_at")[:2])
    is_recent = any(state == State.ACTIVE and at is not None and at >= now - STILL_SHOWN for _, state, at in rows[:1])
    return [pk for pk, _, _ in rows[1:]] if is_recent else []


def _delete(version: RecommenderVersion) -> bool:
    """The version with all that it has; False, and nothing is done, where somebody switched to it meanwhile."""
    # One that has failed cannot be switched to while its lists go.
    doomed = RecommenderVersion.objects.filter(pk=version.pk, state=version.state)
    if not doomed.update(state=State.FAILED):
        return False
    delete_lists(version)
    _forget_in(version)
    version.delete()
    return True


def delete_lists(version: RecommenderVersion) -> None:
    """All that it has, in short transactions."""
    lists = RecommendationList.objects.filter(version=version).order_by("pk")
    while some := list(lists.values_list("pk", flat=True)[:DELETED]):
        RecommendationList.objects.filter(pk__in=some).delete()


def delete_refused(version: RecommenderVersion) -> None:
    """The lists of those who refused, or left the shop, while the version was trained on what they had bought."""
    refused = Profile.objects.filter(Q(profiling=False) | Q(gone_at__gte=version.started_at), shop=version.shop)
    keys = refused.exclude(kind=Profile.Kind.VISITOR).values_list("key", flat=True)
    for some in batches([person_key(key) for key in keys]):
        RecommendationList.objects.filter(version=version, key__in=some).delete()


def _forget_in(version: RecommenderVersion) -> None:
    """Lists that were shown lose the version they came from."""
    shown: QuerySet[ShownList] = ShownList.objects.filter(version=version)
    while some := list(shown.values_list("pk", flat=True)[:DELETED]):
        ShownList.objects.filter(pk__in=some).update(version=None)
