"""The owner's word over the rule: put somebody in, keep somebody out, or let the rule decide again."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import transaction

from segmentation.engine.others import users_of
from segmentation.membership.difference import Difference, write
from segmentation.membership.live import evaluate_live
from segmentation.models import Cause, Override, Profile, Segment
from segmentation.models.lock import locked


def may_be_said(segment: Segment, profile: Profile) -> bool:
    """Whether a word on this person is heard today: nobody is in a draft or an archived segment, and who is gone, or somebody
    else now, is in none."""
    return segment.state in (Segment.State.LIVE, Segment.State.BROKEN) and profile.is_present


def override(segment: Segment, profile: Profile, *, included: bool, by: Any = None, reason: str = "", now: datetime) -> Override:
    """Include or exclude a person at once; the word survives every refresh. A later word replaces an earlier one.

    A segment that is not live has no members: there the word waits until it is. So it does for a person who is gone, or
    somebody else now.
    Segments that refer to this one follow at once. Raises SourceError if there are any and the shop cannot be read; then
    nothing was said.
    """
    with transaction.atomic():
        # Locked, so that no refresh writes an answer that does not know of the word.
        is_present = locked(Profile.objects.filter(pk=profile.pk)).get().is_present
        users = _users(segment)
        said, _ = Override.objects.update_or_create(
            segment=segment, profile=profile, defaults={"included": included, "by": by, "reason": reason, "at": now}
        )
        entering = [profile.pk] if included and is_present else []
        leaving = [] if included else [profile.pk]
        write(Difference(segment, entering, leaving, now, Cause.MANUAL))
        _tell(users, profile, now)
    return said


def withdraw(segment: Segment, profile: Profile, *, now: datetime) -> None:
    """Take the word back: the rule decides, at once, or, where the segment is broken, when it works again.

    Raises SourceError if the shop cannot be read; then the word stands.
    """
    with transaction.atomic():
        locked(Profile.objects.filter(pk=profile.pk)).get()
        users = _users(segment)
        Override.objects.filter(segment=segment, profile=profile).delete()
        evaluate_live([profile.pk], now=now, cause=Cause.MANUAL, segments=[segment])
        _tell(users, profile, now)


def _users(segment: Segment) -> list[Segment]:
    """The segments that refer to this one, locked with it: in the order in which a live evaluation locks segments."""
    slugs = users_of(segment.shop, segment.slug)
    if not slugs:
        return []
    together = locked(Segment.objects.filter(shop=segment.shop, slug__in=[*slugs, segment.slug])).order_by("pk")
    return [user for user in together if user.pk != segment.pk]


def _tell(users: Collection[Segment], profile: Profile, now: datetime) -> None:
    """They follow at once."""
    if users:
        evaluate_live([profile.pk], now=now, cause=Cause.CHANGE, segments=users)
