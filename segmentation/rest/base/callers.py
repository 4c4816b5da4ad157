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
    """One who asks. `kind` is a name of `conf.API_RATES`; `name` tells it from all others, in at most 80 characters."""

    kind: str
    name: str

    @property
    def is_known(self) -> bool:
        """Whether nobody else is called so; behind one address there may be many."""
        return self.kind != "stranger"


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
        return Caller("stranger", "address:")
    if isinstance(parsed, IPv6Address) and parsed.ipv4_mapped is None:
        return Caller("stranger", f"address:{ip_network((parsed, 64), strict=False)}")
    return Caller("stranger", f"address:{getattr(parsed, 'ipv4_mapped', None) or parsed}")


def is_among(names: Collection[str], request: Request, view: Any) -> bool:
    """Whether what is done is among these names of actions or methods."""
    return getattr(view, "action", None) in names or request.method in names
