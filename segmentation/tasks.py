"""Celery tasks: ids in, five lines each, idempotent; all work is elsewhere."""

from __future__ import annotations

from collections.abc import Sequence

from celery import shared_task
from django.utils import timezone

from segmentation import membership, profiles
from segmentation.conf import conf
from segmentation.errors import RefreshBusy
from segmentation.membership import RefreshReport, changes
from segmentation.profiles import expire


@shared_task
def sync() -> None:
    """Profiles in step with the shop."""
    profiles.sync(now=timezone.now())


@shared_task
def refresh(slugs: list[str] | None = None) -> None:
    """Segments (all, or these) answered for everyone; nothing to do while another worker is at it."""
    try:
        membership.refresh(slugs, now=timezone.now())
    except RefreshBusy:
        return


@shared_task
def expire_visitors() -> None:
    """Visitors who do not come back, what people did long ago, and answers of yesterday, deleted."""
    expire.expire_visitors(now=timezone.now())
    expire.expire_answers(now=timezone.now())


@shared_task
def follow(notices: list[tuple[str, str]]) -> None:
    """People whom something happened to."""
    changes.follow([(relation, key) for relation, key in notices], now=timezone.now())


def ask_refresh(slugs: Sequence[str]) -> RefreshReport | None:
    """Refresh these live segments for somebody who waits, as CHANGES says: here, or by a worker, who has no report yet (None).

    Raises what a refresh raises, and what a broker does that cannot be had: there is one try, since somebody waits.
    """
    if conf.changes == "celery":
        refresh.apply_async((list(slugs),), retry=False, ignore_result=True)
        return None
    return membership.refresh(slugs, now=timezone.now())
