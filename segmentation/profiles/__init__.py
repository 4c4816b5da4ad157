"""Profiles: one for each person of the shop source, in step with it, and for visitors until they are one of these."""

from __future__ import annotations

from segmentation.profiles.identity import guest_key, user_key, visitor_key
from segmentation.profiles.sync import SyncReport, sync

__all__ = ["SyncReport", "guest_key", "sync", "user_key", "visitor_key"]
