"""What people do on the storefront, written down where they agreed to it."""

from __future__ import annotations

from segmentation.activity.deed import SKEW, Context, Deed
from segmentation.activity.kinds import Kind, checked_kind
from segmentation.activity.recording import Recorded, record, record_counted, record_many

__all__ = ["SKEW", "Context", "Deed", "Kind", "Recorded", "checked_kind", "record", "record_counted", "record_many"]
