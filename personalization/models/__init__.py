"""What the shop shows to whom. Fields and constraints, no decisions."""

from __future__ import annotations

from personalization.models.failed_event import FailedEvent
from personalization.models.merchandising import MerchandisingRule
from personalization.models.recommender import Evaluation, RecommendationList, RecommenderVersion
from personalization.models.shown import Click, ShownList
from personalization.models.slot import Slot
from personalization.models.variant import Variant, VariantSegment
from personalization.models.watched import WatchedProduct

__all__ = [
    "Click",
    "Evaluation",
    "FailedEvent",
    "MerchandisingRule",
    "RecommendationList",
    "RecommenderVersion",
    "ShownList",
    "Slot",
    "Variant",
    "VariantSegment",
    "WatchedProduct",
]
