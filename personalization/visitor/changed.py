"""Marks in Django's cache: of whom something changed a moment ago, so that signatures older than that do not count.

They make a change visible at once where the cache is shared by all processes. Without them a signature ends by its age.
"""

from __future__ import annotations

import logging
from collections.abc import Collection

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from personalization.visitor.cookies import SEGMENTS

logger = logging.getLogger(__name__)

EVERYONE = "rg:changed:*"
MOST_MARKS = 200
"""Beyond so many people at once everybody is marked: a cache is no place for a million of marks."""


def mark_of(profile: int) -> str:
    """The name that a profile's changes are marked under; tells nobody its number."""
    return salted_hmac("personalization.changed", str(profile), algorithm="sha256").hexdigest()[:24]


def mark(profiles: Collection[int], at: int) -> None:
    """Something of these people changed at that millisecond. Never raises: the signatures' age is the guarantee."""
    keys = [f"rg:changed:{mark_of(profile)}" for profile in profiles] if len(profiles) <= MOST_MARKS else [EVERYONE]
    try:
        # A little longer than a signature lives, for clocks that differ.
        cache.set_many(dict.fromkeys(keys, at), timeout=SEGMENTS.seconds + 30)
    except Exception:
        logger.exception("a change could not be marked; signatures will end by their age")


def changed_since(name: str, at: int) -> bool:
    """Whether the person of that mark changed at or after the millisecond. Never raises; who cannot be asked says no."""
    try:
        marks = cache.get_many([f"rg:changed:{name}", EVERYONE])
    except Exception:
        logger.exception("the cache could not be asked for changes; signatures end by their age")
        return False
    return any(isinstance(marked, int) and marked >= at for marked in marks.values())
