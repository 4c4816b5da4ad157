"""Which permissions people's resources ask for: the same as the admin's pages of them."""

from __future__ import annotations

VIEW_PROFILE = "regulars_segmentation.view_profile"
VIEW_MEMBERSHIP = "regulars_segmentation.view_membership"
VIEW_SCORE = "regulars_segmentation.view_score"
ADD_CONSENT = "regulars_segmentation.add_consent"
CHANGE_PROFILE = "regulars_segmentation.change_profile"
"""Who has this one may undo merges."""
