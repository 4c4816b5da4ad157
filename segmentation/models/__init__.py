"""What we remember: profiles, segments, memberships and their journal. Fields and constraints, no decisions."""

from __future__ import annotations

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
from segmentation.models.lease import Lease
from segmentation.models.membership import Cause, JournalEntry, Membership, Override
from segmentation.models.profile import Profile
from segmentation.models.rate import Rate
from segmentation.models.refresh_run import RefreshRun
from segmentation.models.segment import Segment, SegmentVersion

__all__ = [
    "Cause",
    "ImportedCart",
    "ImportedCartLine",
    "ImportedCustomer",
    "ImportedOrder",
    "ImportedOrderLine",
    "ImportedProduct",
    "ImportedRefund",
    "ImportedWishlistItem",
    "JournalEntry",
    "Lease",
    "Membership",
    "Override",
    "Profile",
    "RankCutoff",
    "Rate",
    "RefreshRun",
    "Segment",
    "SegmentVersion",
]
