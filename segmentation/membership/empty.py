"""Segments that are no longer answered have no members: their membership would soon be untrue."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction
from django.db.models import Exists, OuterRef, Q

from segmentation.membership.difference import Difference, write
from segmentation.models import Cause, Membership, Profile, Segment
from segmentation.models.batch import BATCH
from segmentation.models.lock import locked

UNANSWERED = (Segment.State.DRAFT, Segment.State.ARCHIVED)


def empty(segment: Segment, now: datetime) -> None:
    """Let everybody leave, in short transactions; a run that is cut short is taken up by the next refresh."""
    members = Membership.objects.filter(segment=segment, segment__state__in=UNANSWERED).order_by("profile")
    while batch := list(members.values_list("profile", flat=True)[:BATCH]):
        with transaction.atomic():
            # Profiles before the segment, as everybody who writes memberships does.
            list(locked(Profile.objects.filter(pk__in=batch)).order_by("pk").values_list("pk"))
            write(Difference(segment, [], batch, now, Cause.DEFINITION))
    answers = Segment.objects.filter(pk=segment.pk, state__in=UNANSWERED)
    answers.update(size=None, refreshed_at=None, refreshed_version=None)


def empty_unanswered(shop: str, now: datetime) -> None:
    """Finish what was cut short."""
    has_members = Exists(Membership.objects.filter(segment=OuterRef("pk")))
    left = Segment.objects.filter(has_members | Q(refreshed_at__isnull=False), shop=shop, state__in=UNANSWERED)
    for segment in left:
        empty(segment, now)
