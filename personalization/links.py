"""Addresses that content may lead to, or take an image from."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

SCHEMES = ("http", "https")

_ODD = re.compile(r"[\x00-\x20\x7f\\]")
"""Browsers drop some of these and read others as a slash, so an address with one leads elsewhere than it says."""


def is_safe(address: str) -> bool:
    """Whether it is a path of the shop's own ("/sale/", "sale/", "?page=2", "#more") or an http(s) address with a host."""
    if not address or _ODD.search(address):
        return False
    if address[0] == "/":
        return not address.startswith("//")
    try:
        parts = urlsplit(address)
    except ValueError:
        return False
    if parts.scheme or parts.netloc:
        return parts.scheme in SCHEMES and bool(parts.netloc)
    return True
