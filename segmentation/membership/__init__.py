"""Membership: who is in which segment, since when, why, and how it is kept true."""

from __future__ import annotations

from segmentation.membership.define import define
from segmentation.membership.explain import NOT_ASKED, Explanation, LeafExplanation, explain
from segmentation.membership.live import evaluate_live
from segmentation.membership.override import override, withdraw
from segmentation.membership.preview import Preview, preview
from segmentation.membership.refresh import RefreshReport, SegmentReport, refresh

__all__ = [
    "NOT_ASKED",
    "Explanation",
    "LeafExplanation",
    "Preview",
    "RefreshReport",
    "SegmentReport",
    "define",
    "evaluate_live",
    "explain",
    "override",
    "preview",
    "refresh",
    "withdraw",
]
