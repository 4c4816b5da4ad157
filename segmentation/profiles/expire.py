"""What is not kept for ever: visitors who do not come back, what people did long ago, and what REST answered yesterday."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db import router, transaction
from django.db.models import QuerySet
from django.db.models.functions import Coalesce

from segmentation.conf import conf
from segmentation.models import Activity, KeptAnswer, Profile
from segmentation.models.batch import BATCH
from segmentation.models.lock import locked

ANSWERS_KEPT = timedelta(hours=24)
"""For so long whoever sends a request with the same `Idempotency-Key` is answered as the first time."""


@dataclass(frozen=True, slots=True)
class Expired:
    """How many visitors, and how many rows of activity, were deleted."""

    visitors: int
    activity: int


def expire_visitors(*, now: datetime) -> Expired:
    """Delete visitors who were not seen for VISITOR_DAYS, with all that is theirs, and activity older than ACTIVITY_DAYS.

    Each batch is a short transaction of its own, so a run that is cut short is taken up by the next. Whoever turned out to
    be a customer or a guest is part of that person, and stays.
    """
    unseen, old = now - timedelta(days=conf.visitor_days), now - timedelta(days=conf.activity_days)
    visitors = activity = 0
    while batch := list(_unseen_since(unseen).values_list("pk", flat=True)[:BATCH]):
        forgotten, deeds = _forget(_unseen_since(unseen).filter(pk__in=batch))
        visitors, activity = visitors + forgotten, activity + deeds
    rows = Activity.objects.filter(shop=conf.shop, at__lt=old)
    while batch := list(rows.order_by("at").values_list("pk", flat=True)[:BATCH]):
        activity += _delete(Activity.objects.filter(pk__in=batch))
    return Expired(visitors, activity)


def expire_answers(*, now: datetime) -> int:
    """Delete answers that were kept for those who ask again, ANSWERS_KEPT after they were begun; how many."""
    deleted, _tables = KeptAnswer.objects.filter(begun_at__lte=now - ANSWERS_KEPT).delete()
    return deleted


def _unseen_since(moment: datetime) -> QuerySet[Profile]:
    kept = Profile.objects.filter(shop=conf.shop, kind=Profile.Kind.VISITOR, merged_into=None)
    return kept.alias(last=Coalesce("seen_at", "created_at")).filter(last__lt=moment).order_by("pk")


def _forget(due: QuerySet[Profile]) -> tuple[int, int]:
    """(visitors, rows of activity) deleted; somebody who came back at this moment is not due any more."""
    with transaction.atomic(using=router.db_for_write(Profile)):
        visitors = list(locked(due))
        ids = [visitor.visitor_id for visitor in visitors]
        deeds = _delete(Activity.objects.filter(shop=conf.shop, visitor__in=ids, customer=""))
        Profile.objects.filter(pk__in=[visitor.pk for visitor in visitors]).delete()
    return len(visitors), deeds


def _delete(rows: QuerySet[Activity]) -> int:
    """Without a signal a row: nobody is evaluated anew because of what is too old to be kept; the next refresh sees it."""
    deleted: int = rows._raw_delete(router.db_for_write(Activity))
    return deleted
