"""Who may do what with segments: what the admin asks for the same."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission
from rest_framework.request import Request

APP = "regulars_segmentation"
VIEW = f"{APP}.view_segment"
ADD = f"{APP}.add_segment"
CHANGE = f"{APP}.change_segment"
VIEW_MEMBERS = f"{APP}.view_membership"
VIEW_PROFILE = f"{APP}.view_profile"
VIEW_OVERRIDES = f"{APP}.view_override"
CHANGE_OVERRIDE = f"{APP}.change_override"


class WritesRules(BasePermission):
    """Who may make segments, or change them: whoever writes a rule must know what can be asked, and what comes of it."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user.has_perm(ADD) or request.user.has_perm(CHANGE))
