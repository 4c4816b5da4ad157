"""Addresses of our admin pages."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.urls import reverse


def page(name: str, *args: Any, **query: Any) -> str:
    """`page("variant_add", slot=3)`."""
    address = reverse(f"admin:regulars_personalization_{name}", args=args)
    return f"{address}?{urlencode(query)}" if query else address
