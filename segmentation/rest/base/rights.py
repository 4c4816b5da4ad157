"""Who may do what: Django's permissions of the models, asked of people who may enter the admin."""

from __future__ import annotations

from typing import Any

from rest_framework.permissions import BasePermission, DjangoModelPermissions
from rest_framework.request import Request


class IsStaff(BasePermission):
    """Who may enter the admin, by whatever way they are known."""

    def has_permission(self, request: Request, view: Any) -> bool:
        return bool(request.user and request.user.is_active and request.user.is_staff)


class ModelRights(DjangoModelPermissions):
    """The model's permissions, to look as well as to change. A view names further ones in `rights`: action or method -> names."""

    perms_map = DjangoModelPermissions.perms_map | {
        "GET": ["%(app_label)s.view_%(model_name)s"],
        "HEAD": ["%(app_label)s.view_%(model_name)s"],
    }


class NamedRights(BasePermission):
    """What the view's `rights` name for what is done: action or method -> permissions, all of which are needed."""

    def has_permission(self, request: Request, view: Any) -> bool:
        rights = getattr(view, "rights", {})
        method = "GET" if request.method == "HEAD" else request.method  # its length and its tag tell of what is there
        wanted = rights.get(getattr(view, "action", None) or "", ()) or rights.get(method, ())
        return all(request.user.has_perm(right) for right in wanted)
