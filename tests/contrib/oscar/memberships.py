"""Who is in which segment."""

from __future__ import annotations

from segmentation.models import Membership
from segmentation.testing import refresh_now


def members() -> dict[str, set[str]]:
    """Segment -> profile keys, without the empty ones."""
    found: dict[str, set[str]] = {}
    for slug, key in Membership.objects.values_list("segment__slug", "profile__key"):
        found.setdefault(slug, set()).add(key)
    return found


def same_after_refresh() -> dict[str, set[str]]:
    """Who is in, which a refresh must leave as it is."""
    live = members()
    refresh_now()
    assert members() == live
    return live
