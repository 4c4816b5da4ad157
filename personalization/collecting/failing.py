"""Events that could not be taken: a few of them are kept for some days, for whoever writes the front."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import datetime, timedelta

from django.core.cache import cache

from personalization.collecting.personal import masked
from personalization.collecting.wrong import Wrong
from personalization.conf import conf
from personalization.models import FailedEvent

logger = logging.getLogger(__name__)

MOST_OF_A_BATCH = 3
MOST_A_MINUTE = 20
"""A front that is wrong is wrong in all its events: a few of them tell as much."""

MOST_CHARACTERS = 500

BATCH = 500
"""Rows a statement."""


def note_failed(failed: Sequence[tuple[bytes, Wrong]], *, now: datetime) -> int:
    """Keep a sample of these (each as it was sent, and what is wrong); gives how many. Never raises: nothing depends on it."""
    try:
        sample = failed[: min(MOST_OF_A_BATCH, _room(now))]
        FailedEvent.objects.bulk_create(_row(raw, wrong, now) for raw, wrong in sample)
    except Exception:
        logger.exception("%d failed events could not be noted", len(failed))
        return 0
    return len(sample)


def expire_failed(*, now: datetime) -> int:
    """Delete those older than FAILED_EVENT_DAYS, a batch a statement; gives how many."""
    old = FailedEvent.objects.filter(shop=conf.shop, at__lt=now - timedelta(days=conf.failed_event_days)).order_by("at")
    gone = 0
    while batch := list(old.values_list("pk", flat=True)[:BATCH]):
        gone += FailedEvent.objects.filter(pk__in=batch).delete()[0]
    return gone


def _room(now: datetime) -> int:
    """How many more this minute has room for."""
    minute = f"rg:failed:{conf.shop}:{int(now.timestamp()) // 60}"
    cache.add(minute, 0, timeout=120)
    taken = cache.incr(minute, MOST_OF_A_BATCH)
    return max(0, MOST_A_MINUTE - (taken - MOST_OF_A_BATCH))


def _row(raw: bytes, wrong: Wrong, now: datetime) -> FailedEvent:
    # Masked before it is cut: half an e-mail looks like none. A batch has 64 kB, so there is an end to it.
    event = masked(raw.decode(errors="replace").replace("\0", ""))[:MOST_CHARACTERS]
    return FailedEvent(
        shop=conf.shop, at=now, reason=wrong.code[:64], pointer=wrong.pointer[:200], detail=wrong.detail[:500], event=event
    )
