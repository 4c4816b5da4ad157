"""Chains that several strategies share: from what is somebody's own to what is everyone's."""

from __future__ import annotations

ANYWHERE = ("trending", "best_sellers")

POPULAR = ("trending_segment", "trending_country", *ANYWHERE)

SESSION = ("because_you_viewed", *POPULAR)

PERSONAL = ("for_you", *SESSION)
