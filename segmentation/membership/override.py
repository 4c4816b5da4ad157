"""The owner's word over the rule: put somebody in, keep somebody out, or let the rule decide again."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django.db import transaction

from segmentation.membership.difference import Difference, write
from segmentation.membership.live import evaluate_live
from segmentation.models import Cause, Override, Profile, Segment
from segmentation.models.lock import locked


def override(segment: Segment, profile: Profile, *, included: bool, by: Any = None, reason: str = "", now: datetime) -> Override:
    """Include or exclude a person at once; the word survives every refresh. A later word replaces an earlier one.

    A segment that is not live has no members: there the word waits until it is. So it does for a person who is gone.
    """
    with transaction.atomic():
        # Locked, so that no refresh writes an answer that does not know of the word.
        gone = locked(Profile.objects.filter(pk=profile.pk)).get().gone_at
        said, _ = Override.objects.update_or_create(
            segment=segment, profile=profile, defaults={"included": included, "by": by, "reason": reason, "at": now}
        )
        entering = [profile.pk] if included and gone is None else []
        leaving = [] if included else [profile.pk]
        write(Difference(segment, entering, leaving, now, Cause.MANUAL))
    return said


def withdraw(segment: Segment, profile: Profile, *, now: datetime) -> None:
    """Take the word back: the rule decides, at once, or, where the segment is broken, when it works again.

    Raises SourceError if the shop cannot be read; then the word stands.
    """
    with transaction.atomic():
        locked(Profile.objects.filter(pk=profile.pk)).get()
        Override.objects.filter(segment=segment, profile=profile).delete()
        evaluate_live([profile.pk], now=now, cause=Cause.MANUAL, segments=[segment])
