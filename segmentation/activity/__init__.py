"""What people do on the storefront, written down where they agreed to it."""

from __future__ import annotations

from segmentation.activity.deed import Context, Deed
from segmentation.activity.kinds import Kind
from segmentation.activity.recording import record, record_many

__all__ = ["Context", "Deed", "Kind", "record", "record_many"]
