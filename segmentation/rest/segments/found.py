"""The segment that stands in an address."""

from __future__ import annotations

from django.db.models import QuerySet
from django.http import Http404

from segmentation.conf import conf
from segmentation.models import Segment


def segments_here() -> QuerySet[Segment]:
    """Those of the shop."""
    return Segment.objects.filter(shop=conf.shop)


def segment_with(slug: str) -> Segment:
    """The shop's segment of that slug. Raises Http404 if there is none."""
    try:
        return segments_here().get(slug=slug)
    except Segment.DoesNotExist:
        raise Http404 from None
