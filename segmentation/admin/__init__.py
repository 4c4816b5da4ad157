"""Segments in Django's own admin. Nothing is decided here: every page asks or calls the flows that all surfaces share."""

from __future__ import annotations

from segmentation.admin import journal, members, overrides, profiles, refreshes, segments, tokens

__all__ = ["journal", "members", "overrides", "profiles", "refreshes", "segments", "tokens"]
