"""`request.visitor`: who is looking. A request that never asks pays for one small object."""

from __future__ import annotations

import logging

from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from personalization.middleware.afterwards import write_afterwards
from personalization.middleware.serving import Middleware
from personalization.visitor import token, visits
from personalization.visitor.caching import is_public
from personalization.visitor.remembering import remember
from personalization.visitor.who import Visitor

logger = logging.getLogger(__name__)


class VisitorMiddleware(Middleware):
    """Stands after the session and authentication middleware. Serves sync and async shops."""

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        """With `request.visitor` on the way in, and what the response is to carry on the way out."""
        visitor = _attach(request)
        return _finish(visitor, self.rest(request))

    async def arespond(self, request: HttpRequest) -> HttpResponseBase:
        """The same, in an async shop."""
        visitor = _attach(request)
        return _finish(visitor, await self.arest(request))


def _attach(request: HttpRequest) -> Visitor:
    visitor = Visitor(request, timezone.now())
    request.visitor = visitor  # type: ignore[attr-defined]
    return visitor


def _finish(visitor: Visitor, response: HttpResponseBase) -> HttpResponseBase:
    """What the response is to carry, and what is to be written once it is sent. Asks no database; never raises."""
    try:
        if visitor.is_personal:
            _keep_private(visitor, response)
        if not is_public(response):
            visits.follow(visitor, response)
            remember(visitor)
            _carry(visitor, response)
        write_afterwards(visitor, response)
    except Exception:
        logger.exception("the visitor of %s could not be followed", visitor.request.path)
    return response


def _carry(visitor: Visitor, response: HttpResponseBase) -> None:
    """What changed goes where it came from: cookies, or the token, which no cache may keep."""
    if visitor.token is None:
        visitor.jar.apply(response, secure=visitor.request.is_secure())
    elif not visitor.token.problem and (visitor.jar.is_changed or visitor.token.is_new):
        response[token.HEADER] = visitor.token.sealed(visitor.jar.texts)
        patch_cache_control(response, private=True, no_store=True)
        patch_vary_headers(response, [token.HEADER])


def _keep_private(visitor: Visitor, response: HttpResponseBase) -> None:
    """A page that was made for one person goes to nobody else."""
    patch_vary_headers(response, ["Cookie"] if visitor.token is None else ["Cookie", token.HEADER])
    if is_public(response):
        logger.warning(
            "%s is made for one visitor and was to be cached for all: it is sent as private. Leave personal parts to a slot.",
            visitor.request.path,
        )
        patch_cache_control(response, private=True)
