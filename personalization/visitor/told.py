"""Segments that a front may read whether its visitor is in them: live ones that the owner published."""

from __future__ import annotations

from personalization.publishing import Publisher
from segmentation.models import Segment


def _read(shop: str) -> frozenset[str]:
    published = Segment.objects.filter(shop=shop, is_published=True, state=Segment.State.LIVE)
    return frozenset(published.values_list("slug", flat=True))


publisher = Publisher("told-segments", _read, frozenset[str])
"""This process's."""


def told_segments() -> frozenset[str]:
    """Their slugs: no query when warm, one when cold. Raises nothing."""
    return publisher.current()
