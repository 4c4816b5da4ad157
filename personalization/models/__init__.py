"""What the shop shows to whom. Fields and constraints, no decisions."""

from __future__ import annotations

from personalization.models.slot import Slot
from personalization.models.variant import Variant, VariantSegment

__all__ = ["Slot", "Variant", "VariantSegment"]
