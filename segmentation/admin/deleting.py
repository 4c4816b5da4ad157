"""What goes when a segment is deleted, as counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Model
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from segmentation.admin.figures import count_text
from segmentation.admin.links import to_segment
from segmentation.errors import SegmentError
from segmentation.membership.references import demand_unused
from segmentation.models import JournalEntry, Membership, Override, Segment, SegmentVersion

Summary = tuple[list[Any], dict[str, int], set[str], list[str]]
"""What Django's confirmation page takes: a nested list to show, counts by kind, permissions that lack, rows that forbid it."""

GOING: tuple[type[Model], ...] = (Membership, JournalEntry, Override, SegmentVersion)
"""All that hangs on a segment; who may delete the segment may delete it."""


def summary(segments: Sequence[Segment]) -> Summary:
    """The segments by name, and how much of each kind goes with them."""
    counts = {Segment: len(segments)} | {model: _count(model, segments) for model in GOING}
    named = {str(model._meta.verbose_name_plural): count for model, count in counts.items() if count}
    shown: list[Any] = [to_segment(segment) for segment in segments]
    below = [
        _("%(kind)s: %(count)s") % {"kind": capfirst(str(model._meta.verbose_name_plural)), "count": count_text(counts[model])}
        for model in GOING
        if counts[model]
    ]
    return [*shown, below] if below else shown, named, set(), _protected(segments)


def _protected(segments: Sequence[Segment]) -> list[str]:
    """Why they may not go: segments that stay refer to them."""
    try:
        demand_unused(segments)
    except SegmentError as error:
        return [str(error)]
    return []


def _count(model: type[Model], segments: Sequence[Segment]) -> int:
    return model._default_manager.filter(segment__in=segments).count()
