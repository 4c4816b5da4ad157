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
    token = ApiToken(name=name, user=user, scope=scope, expires_at=expires_at)
    secret = equip(token, now=now)
    token.save()
    return token, secret


def equip(token: ApiToken, *, now: datetime) -> str:
    """Give a token that is not saved yet a secret, which is returned and not kept."""
    secret = PREFIX + secrets.token_urlsafe(32)
    token.shop, token.digest, token.hint, token.created_at = conf.shop, digest(secret), secret[:HINT], now
    return secret


def digest(secret: str) -> str:
    """A plain SHA-256: the secret is 256 random bits, so a slow one would guard nothing and cost every request."""
    return hashlib.sha256(secret.encode()).hexdigest()


def found(secret: str, *, now: datetime) -> ApiToken | None:
    """The token of this secret, with its user; None where there is none of this shop that is good at `now`."""
    if not SHAPE.fullmatch(secret):
        return None
    token = ApiToken.objects.select_related("user").filter(shop=conf.shop, digest=digest(secret)).first()
    return token if token is not None and standing(token, now=now) == "good" else None


def standing(token: ApiToken, *, now: datetime) -> str:
    """How a token stands: "good", or why it may not be used: "revoked", "over", or "closed", for its user may not log in."""
    if token.revoked_at is not None:
        return "revoked"
    if token.expires_at is not None and token.expires_at <= now:
        return "over"
    return "good" if token.user.is_active else "closed"


def is_within(user: Any, maker: Any) -> bool:
    """Whether `maker` may make a token that acts for `user`: who could do more by it would give rights to himself."""
    if user.pk == maker.pk or maker.is_superuser:
        return True
    return not user.is_superuser and user.get_all_permissions() <= maker.get_all_permissions()


def revoke(token: ApiToken, *, now: datetime) -> None:
    """From now on it is worth nothing; the row stays, for the history names it."""
    ApiToken.objects.filter(pk=token.pk, revoked_at=None).update(revoked_at=now)
    token.refresh_from_db(fields=["revoked_at"])
