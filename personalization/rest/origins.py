"""Whose pages a request comes from, as far as the browser says; scripts cannot write these headers."""

from __future__ import annotations

from collections.abc import Mapping

from personalization.conf import conf

SITE, ORIGIN = "Sec-Fetch-Site", "Origin"


def is_allowed(headers: Mapping[str, str], own: str) -> bool:
    """Whether it is a page of the shop itself (`own` is its origin), or of one of FRONT_ORIGINS.

    A request that says neither comes from no browser of these years: it is not allowed.
    """
    if headers.get(SITE) == "same-origin":
        return True
    origin = headers.get(ORIGIN, "")
    return bool(origin) and (origin == own or origin in conf.front_origins)
