"""Secrets of API tokens: made, shown once, and known again by their digest alone. No DRF here: admin and commands make them."""

from __future__ import annotations

import hashlib
import re
import secrets
from datetime import datetime
from typing import Any

from segmentation.conf import conf
from segmentation.models import ApiToken

PREFIX = "rgs_"
"""So that a secret that leaks is known for one of ours by whoever scans for them."""

SHAPE = re.compile(rf"{PREFIX}[A-Za-z0-9_-]{{43}}")
HINT = 8
"""Characters by which its owner knows a secret again; the other 39 are still 234 random bits."""


def issue(name: str, user: Any, scope: str, *, now: datetime, expires_at: datetime | None = None) -> tuple[ApiToken, str]:
    """A new token that acts for `user`, saved, and its secret, which nobody will know from then on but who is told it now."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token = ApiToken.objects.create(
        shop=conf.shop,
        name=name,
        user=user,
        scope=scope,
        digest=digest(secret),
        hint=secret[:HINT],
        created_at=now,
        expires_at=expires_at,
    )
    return token, secret


def digest(secret: str) -> str:
    """A plain SHA-256: the secret is 256 random bits, so a slow one would guard nothing and cost every request."""
    return hashlib.sha256(secret.encode()).hexdigest()


def found(secret: str, *, now: datetime) -> ApiToken | None:
    """The token of this secret, with its user; None where there is none of this shop that is good at `now`."""
    if not SHAPE.fullmatch(secret):
        return None
    token = ApiToken.objects.select_related("user").filter(shop=conf.shop, digest=digest(secret)).first()
    return token if token is not None and is_good(token, now=now) else None


def is_good(token: ApiToken, *, now: datetime) -> bool:
    """Whether it may be used: neither revoked nor over, and its user may still log in."""
    is_over = token.revoked_at is not None or (token.expires_at is not None and token.expires_at <= now)
    return not is_over and bool(token.user.is_active)


def revoke(token: ApiToken, *, now: datetime) -> None:
    """From now on it is worth nothing; the row stays, for the history names it."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    token.refresh_from_db(fields=["revoked_at"])
