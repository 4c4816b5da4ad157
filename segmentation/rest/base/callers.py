"""Who asks: whom limits and kept answers are kept apart by, and what a view says of what is done."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from ipaddress import IPv6Address, ip_address, ip_network
from typing import Any

from rest_framework.request import Request

from segmentation.models import ApiToken


@dataclass(frozen=True, slots=True)
class Caller:
    """One who asks. `kind` is a name of `conf.API_RATES`; `name` tells it from all others, in at most 80 characters.

    Not `is_known` is who shares the name with others, as all behind one address do.
    """

    kind: str
    name: str
    is_known: bool = True


def caller_of(request: Request) -> Caller:
    """By token, by account, or else by address."""
    if isinstance(request.auth, ApiToken):
        return Caller("machine", f"token:{request.auth.pk}")
    if request.user is not None and request.user.is_authenticated:
        return Caller("person", f"user:{request.user.pk}")
    return stranger(request.META.get("REMOTE_ADDR", ""))


def stranger(address: str) -> Caller:
    """Of whom only the address is known: with IPv6 one household has 2^64 of them."""
    try:
        parsed = ip_address(address)
    except ValueError:
        return Caller("stranger", "address:", is_known=False)
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return Caller("stranger", f"address:{ip_network((parsed, 64), strict=False)}", is_known=False)
    return Caller("stranger", f"address:{getattr(parsed, 'ipv4_mapped', None) or parsed}", is_known=False)


def is_among(names: Collection[str], request: Request, view: Any) -> bool:
    """Whether what is done is among these names of actions or methods."""
    return getattr(view, "action", None) in names or request.method in names
