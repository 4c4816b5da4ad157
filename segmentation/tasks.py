"""Celery tasks: ids in, five lines each, idempotent; all work is elsewhere."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from segmentation import membership, profiles
from segmentation.errors import RefreshBusy
from segmentation.membership import changes
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
