"""What we remember: profiles, segments, memberships and their journal. Fields and constraints, no decisions."""

from __future__ import annotations

from segmentation.models.lease import Lease
from segmentation.models.membership import Cause, JournalEntry, Membership, Override
from segmentation.models.profile import Profile
from segmentation.models.refresh_run import RefreshRun
from segmentation.models.segment import Segment, SegmentVersion

__all__ = ["Cause", "JournalEntry", "Lease", "Membership", "Override", "Profile", "RefreshRun", "Segment", "SegmentVersion"]
