"""Which responses a cache may serve to others."""

from __future__ import annotations

import re

from django.http.response import HttpResponseBase

ALONE = ("private", "no-store")
SHARED = re.compile(r"\bpublic\b|\bs-maxage=0*[1-9]|\bmax-age=0*[1-9]", re.IGNORECASE)


def is_public(response: HttpResponseBase) -> bool:
    """Whether the response asks to be kept by caches that stand between the shop and everybody."""
    said = response.get("Cache-Control", "")
    return bool(said) and SHARED.search(said) is not None and not any(word in said.lower() for word in ALONE)
