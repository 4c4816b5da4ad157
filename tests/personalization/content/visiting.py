"""Visitors of test pages: the cookie `who` is their name, and the segment they are in."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from tests.personalization.content.making import somebody


def visiting(get_response: Callable[[HttpRequest], HttpResponse]) -> Callable[[HttpRequest], HttpResponse]:
    """Middleware that stands for the one that knows visitors."""

    def respond(request: HttpRequest) -> HttpResponse:
        who = request.COOKIES.get("who", "")
        request.visitor = somebody(segments=frozenset({who} - {""}), first_name=who)  # type: ignore[attr-defined]
        return get_response(request)

    return respond


MIDDLEWARE = [
    "tests.personalization.content.visiting.visiting",
    "personalization.middleware.SlotMiddleware",
]
