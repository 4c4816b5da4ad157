"""What the slots of a page mean for the caches in front of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest
from django.http.response import HttpResponse, HttpResponseBase
from django.utils.cache import patch_cache_control, patch_vary_headers

from personalization.conf import conf
from personalization.content.keys import COOKIE, NONE_CHOSEN, read_key
from personalization.errors import CacheLeak
from personalization.visitor.caching import is_public

log = logging.getLogger(__name__)

HEADER = "X-Regulars-Variant"
"""Stands in `Vary` where a page has several versions; a proxy makes it of the cookie."""

_META = "HTTP_X_REGULARS_VARIANT"

View = Callable[..., Any]


class PageSlots:
    """The slots of one request's page: which keys it came with, and what was shown that is not for everyone."""

    def __init__(self, request: HttpRequest) -> None:
        sent = request.META.get(_META) or request.COOKIES.get(COOKIE, "")
        chosen = read_key(sent) if sent else NONE_CHOSEN
        self.chosen = chosen or NONE_CHOSEN
        self.is_forged = chosen is None
        self.varies = False
        self.knows_site_cache = False
        """Whether Django's site-wide cache will keep the page; it does so after we had our say on the response."""
        self.shown: list[tuple[str, str]] = []
        """(what was shown to this visitor alone, what everyone may see instead)."""
        # Django's own cache goes by the header too, so it stands there whatever the proxy does, and says only what is true.
        request.META[_META] = "" if self.is_forged else sent

    def see_site_cache(self, request: HttpRequest) -> None:
        """Before the view, and so before a cache of this view alone."""
        self.knows_site_cache = _is_to_be_stored(request)


def page_slots(request: Any) -> PageSlots | None:
    """Those of a request; None where our middleware is not installed."""
    return getattr(request, "regulars_page", None)


def may_be_personal(request: HttpRequest, slug: str, what: str = "is inline") -> bool:
    """Whether a slot may be rendered for one visitor into this page, which then is kept by no cache; `what` says why it is so.

    False, with a line in the log, where Django's cache is about to keep the page: everyone would see it. Raises CacheLeak
    instead where STRICT_CACHE says so.
    """
    if page_slots(request) is None:
        return _refused(f"slot {slug} {what}, and SlotMiddleware, which keeps its page from caches, is not in MIDDLEWARE")
    if _is_to_be_stored(request):
        return _refused(
            f"slot {slug} {what} on {request.path}, which Django's cache keeps for everyone: give the slot another mode, or "
            "decorate the view with personalization.content.caching.private_page"
        )
    request._cache_update_cache = False  # type: ignore[attr-defined]
    return True


def may_vary(request: HttpRequest, slug: str) -> bool:
    """Whether a slot may be rendered by its key into this page, of which caches then keep several versions.

    False, or CacheLeak, where a cache of this view alone would keep it before we can say that it varies.
    """
    page = page_slots(request)
    if page is None:
        return _refused(f"slot {slug} has keys, and SlotMiddleware, which says that its page varies, is not in MIDDLEWARE")
    if _is_to_be_stored(request) and not page.knows_site_cache and not getattr(request, "regulars_varies", False):
        return _refused(
            f"slot {slug} has keys and {request.path} is kept by cache_page: put "
            "personalization.content.caching.vary_on_variant below it"
        )
    page.varies = True
    return True


def finish(request: HttpRequest, response: HttpResponseBase) -> None:
    """Tell caches what they may keep. Raises CacheLeak where STRICT_CACHE says so."""
    page = page_slots(request)
    if page is None:
        return
    if page.varies:
        patch_vary_headers(response, [HEADER])
        if page.is_forged:  # or anybody could fill the cache with pages that are all the same
            _keep_from_caches(request, response)
    if page.shown:
        if is_public(response):
            _refused(
                f"{request.path} says that caches may keep it for everyone, and has an inline slot, or somebody's cart at hand"
            )
            _take_back(page, response)
        patch_cache_control(response, private=True)
        request._cache_update_cache = False  # type: ignore[attr-defined]


def private_page(view: View) -> View:
    """Decorates a view whose page is for one visitor: Django's cache does not keep it, and inline slots may stand on it."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request._cache_update_cache = False  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        patch_cache_control(response, private=True)
        return response

    return respond


def vary_on_variant(view: View) -> View:
    """Decorates a view below `cache_page`, so that the cache keeps a version for each key."""

    @wraps(view)
    def respond(request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        request.regulars_varies = True  # type: ignore[attr-defined]
        response = view(request, *args, **kwargs)
        patch_vary_headers(response, [HEADER])
        return response

    return respond


def _is_to_be_stored(request: HttpRequest) -> bool:
    """Whether Django's cache means to keep the response; it marks the request so."""
    return bool(getattr(request, "_cache_update_cache", False))


def _keep_from_caches(request: HttpRequest, response: HttpResponseBase) -> None:
    patch_cache_control(response, private=True, no_store=True)
    request._cache_update_cache = False  # type: ignore[attr-defined]


def _take_back(page: PageSlots, response: HttpResponseBase) -> None:
    """Everyone gets the default, as long as the page can still be written to."""
    if isinstance(response, HttpResponse):
        charset = response.charset
        for shown, default in page.shown:
            if shown:
                response.content = response.content.replace(shown.encode(charset), default.encode(charset))


def _refused(message: str) -> bool:
    if conf.strict_cache:
        raise CacheLeak(message)
    log.error("%s; the default is shown", message)
    return False
