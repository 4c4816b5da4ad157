"""`request.visitor`: who is looking. A request that never asks pays for one small object."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.utils import timezone
from django.utils.cache import patch_cache_control, patch_vary_headers

from personalization.visitor import visits
from personalization.visitor.caching import is_public
from personalization.visitor.deeds import write_deeds
from personalization.visitor.remembering import remember
from personalization.visitor.who import Visitor

logger = logging.getLogger(__name__)

Handler = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class VisitorMiddleware:
    """Stands after the session and authentication middleware. Serves sync and async shops."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        if self.is_async:
            return self.__acall__(request)
        visitor = _attach(request)
        return _finish(visitor, cast(HttpResponseBase, self.get_response(request)))

    async def __acall__(self, request: HttpRequest) -> HttpResponseBase:
        visitor = _attach(request)
        return _finish(visitor, await cast("Awaitable[HttpResponseBase]", self.get_response(request)))


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
            visitor.jar.apply(response, secure=visitor.request.is_secure())
        if visitor.deeds and response.status_code < 500:
            response._resource_closers.append(lambda: write_deeds(visitor))  # type: ignore[attr-defined]
    except Exception:
        logger.exception("the visitor of %s could not be followed", visitor.request.path)
    return response


def _keep_private(visitor: Visitor, response: HttpResponseBase) -> None:
    """A page that was made for one person goes to nobody else."""
    patch_vary_headers(response, ["Cookie"])
    if is_public(response):
        logger.warning(
            "%s is made for one visitor and was to be cached for all: it is sent as private. Leave personal parts to a slot.",
            visitor.request.path,
        )
        patch_cache_control(response, private=True)
