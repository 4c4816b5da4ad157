"""Where a form leads back to."""

from __future__ import annotations

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme

MOST_CHARACTERS = 2_000


def way_back(request: HttpRequest, otherwise: str) -> str:
    """The page of this shop that the form names as `next`; `otherwise` where it names none, or another site's."""
    asked = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(asked, {request.get_host()}, require_https=request.is_secure())
    return asked if is_ours and len(asked) <= MOST_CHARACTERS else otherwise
