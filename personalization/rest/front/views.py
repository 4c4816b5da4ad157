"""What all views of the front API have in common."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils import translation
from django.utils.cache import patch_vary_headers
from rest_framework.request import Request
from rest_framework.response import Response

from personalization.conf import conf
from personalization.rest.front import scheme as scheme  # how the document says who asks
from personalization.rest.front.languages import language_of
from personalization.rest.front.origins import allow
from personalization.rest.front.subject import Subject, visitor_of
from personalization.visitor.address import client_address, networks
from personalization.visitor.token import HEADER
from segmentation.rest.base.callers import Caller, stranger
from segmentation.rest.base.views import Manners

PUBLIC = "public, max-age=60"
PRIVATE = "private, no-store"


class FrontView(Manners):
    """For whoever looks. `may_be_public` says that an answer which asked nothing of them is everyone's, and may be kept."""

    authentication_classes = [Subject]
    permission_classes = []
    http_method_names = [*Manners.http_method_names, "options"]
    may_be_public = False

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        """In the language that is asked for, from the first question to the last word."""
        with translation.override(language_of(request)):
            return super().dispatch(request, *args, **kwargs)

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        """Whoever asks is found out, and told that a front does so."""
        super().initial(request, *args, **kwargs)
        visitor_of(request).is_at_front = True

    def caller(self, request: Request) -> Caller:
        """By the key of their profile; of whom we keep nothing could be anybody."""
        key = visitor_of(request).key
        return Caller("visitor", key) if key else self.payer(request)

    def payer(self, request: Request) -> Caller:
        """By the address behind the shop's own proxies: a token is had for the asking. Asks the database nothing."""
        peer, chain = request.META.get("REMOTE_ADDR", ""), request.headers.get("X-Forwarded-For", "")
        address = client_address(peer, chain, networks(conf.trusted_proxies))
        return Caller("visitor", stranger(address or peer).name, is_known=False)

    def options(self, request: Any, *args: Any, **kwargs: Any) -> Response:
        """What a browser asks before it lets a page of another origin call."""
        return Response(status=204)

    def finalize_response(self, request: Any, response: Any, *args: Any, **kwargs: Any) -> Any:
        """Said to caches: what was asked of a visitor is theirs alone."""
        response["Cache-Control"] = PUBLIC if self._is_public(request, response) else PRIVATE
        response["Content-Language"] = translation.get_language() or ""
        patch_vary_headers(response, ["Accept-Language"] if response["Cache-Control"] == PUBLIC else VARY)
        allow(getattr(request, "_request", request), response)
        return super().finalize_response(request, response, *args, **kwargs)

    def _is_public(self, request: Any, response: Any) -> bool:
        visitor = getattr(getattr(request, "_request", request), "visitor", None)
        if not self.may_be_public or visitor is None or request.method not in ("GET", "HEAD") or response.status_code != 200:
            return False
        is_to_be_given_a_token = visitor.token is not None and visitor.token.is_new
        # Django then sends the cookie of whoever has a session along with every answer.
        is_to_be_given_a_cookie = settings.SESSION_SAVE_EVERY_REQUEST and conf.session_cookie in visitor.request.COOKIES
        return not (visitor.is_personal or is_to_be_given_a_token or is_to_be_given_a_cookie)


VARY = ["Accept-Language", "Cookie", HEADER]
