"""Facts that not everybody may see: birth dates, genders, cities, and what is worked out from them."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _

from segmentation.membership.restricted import VIEW_RESTRICTED

HIDDEN = _("restricted")
"""Stands where a value is not shown."""


def may_see(request: HttpRequest) -> bool:
    """Whether restricted values may be shown to this reader."""
    return request.user.has_perm(VIEW_RESTRICTED)
