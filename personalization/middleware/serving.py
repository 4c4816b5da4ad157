"""What our middleware has in common: each serves sync and async shops."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any, cast

from asgiref.sync import iscoroutinefunction, markcoroutinefunction
from django.http import HttpRequest
from django.http.response import HttpResponseBase

Handler = Callable[[HttpRequest], HttpResponseBase | Awaitable[HttpResponseBase]]


class Middleware:
    """One that answers requests by `respond` or, in an async shop, by `arespond`."""

    sync_capable = True
    async_capable = True

    def __init__(self, get_response: Handler) -> None:
        self.get_response = get_response
        self.is_async = iscoroutinefunction(get_response)
        if self.is_async:
            markcoroutinefunction(self)

    def __call__(self, request: HttpRequest) -> Any:
        return self.arespond(request) if self.is_async else self.respond(request)

    def respond(self, request: HttpRequest) -> HttpResponseBase:
        """The response to a request."""
        raise NotImplementedError

    async def arespond(self, request: HttpRequest) -> HttpResponseBase:
        """The same, in an async shop."""
        raise NotImplementedError

    def rest(self, request: HttpRequest) -> HttpResponseBase:
        """What the rest of the shop answers."""
        return cast(HttpResponseBase, self.get_response(request))

    async def arest(self, request: HttpRequest) -> HttpResponseBase:
        """The same, in an async shop."""
        return await cast("Awaitable[HttpResponseBase]", self.get_response(request))
