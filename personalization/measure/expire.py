"""Shown lists are not kept for ever, and those whose person is gone or refuses are nobody's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, QuerySet

from personalization.conf import conf
from personalization.models import Click, ShownList
from segmentation.models import Profile

BATCH = 500
"""Rows a statement: a lock on a living shop's database is held for less than 100 ms."""


@dataclass(frozen=True, slots=True)
class Expired:
    """How many lists were deleted, and from how many the person was taken."""

    lists: int
    unnamed: int


def expire_shown(*, now: datetime) -> Expired:
    """Delete lists older than SHOWN_DAYS with their clicks; take the person from those of whom may no longer be followed.

    Each batch is a statement of its own, so a run that is cut short is taken up by the next.
    """
    old = now - timedelta(days=conf.shown_days)
    lists = unnamed = 0
    while batch := _batch(ShownList.objects.filter(shop=conf.shop, at__lt=old).order_by("at")):
        Click.objects.filter(shown__in=batch).delete()
        lists += ShownList.objects.filter(pk__in=batch).delete()[0]
    last = 0
    while batch := _batch(_of_nobody().filter(pk__gt=last).order_by("pk")):
        unnamed += ShownList.objects.filter(pk__in=batch).update(person="")
        last = batch[-1]
    return Expired(lists, unnamed)


def _of_nobody() -> QuerySet[ShownList]:
    """Lists of a person who is not known any more, or who refuses profiling."""
    known = Profile.objects.filter(shop=OuterRef("shop"), key=OuterRef("person"))
    may = known.exclude(profiling=False).exclude(merged_into__profiling=False)
    return ShownList.objects.filter(~Exists(may), shop=conf.shop).exclude(person="")


def _batch(rows: QuerySet[ShownList]) -> list[int]:
    return list(rows.values_list("pk", flat=True)[:BATCH])
