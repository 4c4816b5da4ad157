"""Fragments: what a page that everyone was given fetches for its visitor."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.utils import timezone, translation
from django.utils.cache import patch_vary_headers
from django.views.decorators.http import require_safe

from personalization.conf import conf
from personalization.content.at_hand import AtHand, read
from personalization.content.keys import COOKIE, COOKIE_SECONDS, key_for, keyed_slots
from personalization.content.pages import default_html, fragment_html
from personalization.content.published import published
from personalization.content.snapshot import Published, SlotSnapshot

MOST_SLOTS = 20
"""Of one page."""


@require_safe
def slots(request: HttpRequest) -> HttpResponse:
    """`?slot=home-hero&slot=bar&language=fr`: JSON of slot -> HTML, of those that show this visitor something of their own.

    Behind a slot may stand what its page has at hand, as `at_hand.AtHand.text` writes it: `slot=more%3Fproduct%3D7`.
    Sets the visitor's key for pages that caches keep in several versions.
    """
    known = published()
    asked = (each.partition("?") for each in request.GET.getlist("slot")[:MOST_SLOTS])
    now = timezone.now()
    there = [(known.slots[slug], read(at, now, request)) for slug, _mark, at in asked if slug in known.slots]
    with translation.override(_language(request)):
        found = _fragments(request, there)
        response = JsonResponse({"slots": found})
        _set_key(request, response, known, now)
    return _kept_by_nobody(response)


@require_safe
def slot(request: HttpRequest, slug: str) -> HttpResponse:
    """One slot as HTML: the visitor's variant, or the default. 404 where no active slot has the slug.

    What the page has at hand may be said: `?product=7&basket=8,9&query=lamp`.
    """
    found = published().slots.get(slug)
    if found is None or not _is_fragment(found):
        raise Http404
    with translation.override(_language(request)):
        at = read(request.GET.dict(), timezone.now(), request)
        html = _fragments(request, [(found, at)]).get(slug)
        return _kept_by_nobody(HttpResponse(default_html(found, at.public) if html is None else html))


def _fragments(request: HttpRequest, asked: Iterable[tuple[SlotSnapshot, AtHand]]) -> dict[str, str]:
    visitor = getattr(request, "visitor", None)
    if visitor is None:
        return {}
    shown = {slot.slug: fragment_html(slot, visitor, at) for slot, at in asked if _is_fragment(slot)}
    return {slug: html for slug, html in shown.items() if html is not None}


def _is_fragment(slot: SlotSnapshot) -> bool:
    return slot.mode == "fragment" and slot.kind != "page"


def _language(request: HttpRequest) -> str:
    """That of the page that asks, where it is one of the shop's; else that of the request."""
    try:
        return translation.get_supported_language_variant(request.GET.get("language", ""))
    except LookupError:
        return translation.get_language() or conf.base_language


def _set_key(request: HttpRequest, response: HttpResponse, known: Published, now: datetime) -> None:
    visitor = getattr(request, "visitor", None)
    if visitor is None or not any(True for _ in keyed_slots(known)):
        return
    key = key_for(known, visitor, now)
    if key:
        response.set_cookie(COOKIE, key, max_age=COOKIE_SECONDS, secure=request.is_secure(), httponly=True, samesite="Lax")
    elif COOKIE in request.COOKIES:
        response.delete_cookie(COOKIE, samesite="Lax")


def _kept_by_nobody(response: HttpResponse) -> HttpResponse:
    response["Cache-Control"] = "private, no-store"
    patch_vary_headers(response, ["Cookie"])
    return response
