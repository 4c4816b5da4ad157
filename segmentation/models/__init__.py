"""What we remember: profiles, segments, memberships and their journal. Fields and constraints, no decisions."""

from __future__ import annotations

from segmentation.models.activity import Activity
from segmentation.models.api_token import ApiToken
from segmentation.models.consent import Consent, Purpose
from segmentation.models.cutoff import RankCutoff
from segmentation.models.imported import (
    ImportedCart,
    ImportedCartLine,
    ImportedCustomer,
    ImportedOrder,
    ImportedOrderLine,
    ImportedProduct,
    ImportedRefund,
    ImportedWishlistItem,
)
from segmentation.models.kept_answer import KeptAnswer
from segmentation.models.lease import Lease
from segmentation.models.membership import Cause, JournalEntry, Membership, Override
from segmentation.models.merge import MergeCause, ProfileMerge
from segmentation.models.profile import Profile
from segmentation.models.rate import Rate
from segmentation.models.refresh_run import RefreshRun
from segmentation.models.score import Score, ScoreKind
from segmentation.models.segment import Segment, SegmentVersion

__all__ = [
    "Activity",
    "ApiToken",
    "Cause",
    "Consent",
    "ImportedCart",
    "ImportedCartLine",
    "ImportedCustomer",
    "ImportedOrder",
    "ImportedOrderLine",
    "ImportedProduct",
    "ImportedRefund",
    "ImportedWishlistItem",
    "JournalEntry",
    "KeptAnswer",
    "Lease",
    "Membership",
    "MergeCause",
    "Override",
    "Profile",
    "ProfileMerge",
    "Purpose",
    "RankCutoff",
    "Rate",
    "RefreshRun",
    "Score",
    "ScoreKind",
    "Segment",
    "SegmentVersion",
]
