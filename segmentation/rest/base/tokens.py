"""`Authorization: Bearer rgs_…`: machines that act for somebody of the staff."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext as _
from rest_framework.authentication import BaseAuthentication, get_authorization_header
from rest_framework.exceptions import AuthenticationFailed
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from segmentation.models import ApiToken
from segmentation.rest.base.callers import is_among
from segmentation.rest.base.keys import found
from segmentation.rest.base.problems import Failed

SCHEME = "bearer"
REALM = 'Bearer realm="regulars"'
EVERY = timedelta(hours=1)
"""The last use is written down at most so often: a machine that asks ten times a second would write as often."""


class Bearer(BaseAuthentication):
    """The token's user, with the token as `request.auth`. All that is wrong with a token is said in the same words."""

    def authenticate(self, request: Request) -> tuple[Any, ApiToken] | None:
        """Raises AuthenticationFailed (401) for a token that is not good; None where none is shown."""
        scheme, _space, secret = get_authorization_header(request).decode("latin-1").partition(" ")
        if scheme.lower() != SCHEME:
            return None
        now = timezone.now()
        token = found(secret.strip(), now=now)
        if token is None:
            raise AuthenticationFailed(_("This token is not known, is over or was revoked."), "bad-token")
        note_use(token, now=now)
        return token.user, token

    def authenticate_header(self, request: Request) -> str:
        """Of RFC 6750."""
        is_shown = get_authorization_header(request).lower().startswith(SCHEME.encode())
        return f'{REALM}, error="invalid_token"' if is_shown else REALM


def note_use(token: ApiToken, *, now: datetime) -> None:
    """That it was used, to the hour."""
    if token.used_at is not None and token.used_at > now - EVERY:
        return
    stale = ApiToken.objects.filter(Q(used_at=None) | Q(used_at__lte=now - EVERY), pk=token.pk)
    stale.update(used_at=now.replace(minute=0, second=0, microsecond=0))


def check_scope(request: Request, view: Any) -> None:
    """A token that only reads changes nothing. Raises Failed (403).

    `only_reads` of a view names its actions or methods that change nothing though they are no GET, such as a preview by POST.
    """
    token = request.auth
    if not isinstance(token, ApiToken) or token.scope == ApiToken.Scope.WRITE or request.method in SAFE_METHODS:
        return
    if not is_among(view.only_reads, request, view):
        raise Failed(403, "read-only-token", _("This token may only read."))
