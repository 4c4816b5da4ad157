"""Versions of the API: a header says which one is meant. What changes for those who wrote for the last one is another version."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext as _
from rest_framework.request import Request
from rest_framework.versioning import BaseVersioning

from segmentation.rest.base.problems import Failed

HEADER = "API-Version"
CURRENT = "1"
KNOWN = (CURRENT,)


class HeaderVersioning(BaseVersioning):
    """`API-Version: 1`; without it, the current one. The answer says by which it was made."""

    def determine_version(self, request: Request, *args: Any, **kwargs: Any) -> str:
        version = request.headers.get(HEADER, CURRENT)
        if version not in KNOWN:
            said = {"known": ", ".join(KNOWN)}
            raise Failed(400, "unknown-version", _("There is no such version of the API; there are: %(known)s.") % said)
        return version
