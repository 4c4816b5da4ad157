"""Where pages tell which product of a list was opened."""

from __future__ import annotations

import logging
import re

from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from personalization.measure.clicked import note_click

logger = logging.getLogger(__name__)

MOST_BYTES = 200
FORM = "application/x-www-form-urlencoded"
_PLACE = re.compile(r"[1-9]\d?", re.ASCII)


@never_cache
@csrf_exempt  # a beacon carries no token of Django's, and changes nothing but a count
@require_POST
def clicked(request: HttpRequest) -> HttpResponse:
    """A form of `shown` (the list's token) and `place`. 204 whether or not anything was counted, 400 for no such form."""
    if not _is_small_form(request):
        return HttpResponseBadRequest()
    token, place = request.POST.get("shown", ""), request.POST.get("place", "")
    if _is_from_here(request) and _PLACE.fullmatch(place) and not _is_bot(request):
        try:
            note_click(token, int(place), now=timezone.now())
        except Exception:  # the database's, of any kind: a click less
            logger.exception("a click could not be written")
    return HttpResponse(status=204)


def _is_small_form(request: HttpRequest) -> bool:
    length = request.headers.get("Content-Length") or "0"
    return request.content_type == FORM and length.isdecimal() and len(length) < 9 and 0 < int(length) <= MOST_BYTES


def _is_from_here(request: HttpRequest) -> bool:
    """Whether a page of the shop sent it, as far as the browser says."""
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    origin = request.headers.get("Origin")
    return origin is None or origin.partition("://")[2] == request.get_host()


def _is_bot(request: HttpRequest) -> bool:
    visitor = getattr(request, "visitor", None)
    return visitor is not None and bool(visitor.is_bot)
