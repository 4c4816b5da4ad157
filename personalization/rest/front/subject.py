"""Who asks: the session of the shop's own site, or a visitor's token; never an id that somebody sends."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.utils.translation import gettext as _
from rest_framework.authentication import CSRFCheck, SessionAuthentication
from rest_framework.exceptions import APIException, AuthenticationFailed, PermissionDenied
from rest_framework.request import Request

from personalization.visitor.token import HEADER

if TYPE_CHECKING:
    from personalization.visitor.who import Visitor

PROBLEMS = {"expired": "visitor-token-expired", "invalid": "visitor-token-invalid"}
"""Why a token counts for nothing -> code of the problem."""


class NoMiddleware(APIException):
    """The shop has not installed `VisitorMiddleware`."""

    status_code = 503
    default_code = "not-installed"


class Subject(SessionAuthentication):
    """Whoever has a token is who it says, whatever cookies come along. Without one, changes need the CSRF token.

    But for a view that can ask for none: `Subject(asks_csrf=False)`.
    """

    def __init__(self, *, asks_csrf: bool = True) -> None:
        self.asks_csrf = asks_csrf

    def authenticate(self, request: Request) -> tuple[Any, Any]:
        """(user, token). The account of a session is not looked up before something is asked of it."""
        visitor = visitor_of(request)
        if visitor.token is None:
            if self.asks_csrf:
                self.enforce_csrf(request)
            return request._request.user, None
        problem = visitor.token.problem
        if not problem and visitor.token.customer and not visitor.is_member:
            problem = "invalid"  # the account is gone, or may not log in any more
        if problem:
            said = _("The visitor's token has ended.") if problem == "expired" else _("The visitor's token does not count here.")
            raise AuthenticationFailed(said, PROBLEMS[problem])
        return AnonymousUser(), visitor.token

    def authenticate_header(self, request: Request) -> str:
        """What a 401 says to send."""
        return HEADER

    def enforce_csrf(self, request: Request) -> None:
        """Of everybody without a token, logged in or not: what they change is their browser's. Raises PermissionDenied."""
        check = CSRFCheck(_nothing)
        check.process_request(request._request)
        if check.process_view(request._request, _nothing, (), {}):
            said = _("Send the CSRF token of the session in X-CSRFToken, or a visitor's token in %(header)s.")
            raise PermissionDenied(said % {"header": HEADER}, "csrf")


def _nothing(request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
    """A view of which only that it is not exempt counts."""
    return HttpResponse()


def visitor_of(request: Request) -> Visitor:
    """Whoever looks. Raises NoMiddleware."""
    visitor: Visitor | None = getattr(request._request, "visitor", None)
    if visitor is None:
        raise NoMiddleware(_("This shop has not installed the middleware that knows its visitors."))
    return visitor
