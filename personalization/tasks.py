"""Celery tasks: five lines each, idempotent; all work is elsewhere."""

from __future__ import annotations

from celery import shared_task
from django.utils import timezone

from personalization.measure import expire


@shared_task
def expire_shown() -> None:
    """Lists that were shown long ago, deleted."""
    expire.expire_shown(now=timezone.now())
