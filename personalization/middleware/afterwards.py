"""What is written once a response was sent: what its visitor did, and which lists the page showed them."""

from __future__ import annotations

import logging

from django.http.response import HttpResponseBase

from personalization.measure.shown import write_shown
from personalization.visitor.caching import is_public
from personalization.visitor.deeds import write_deeds
from personalization.visitor.visits import is_ahead
from personalization.visitor.who import Visitor

logger = logging.getLogger(__name__)


def write_afterwards(visitor: Visitor, response: HttpResponseBase) -> None:
    """Hand the response what it is to do when it is closed; nothing where there is nothing, or the page failed."""
    if response.status_code >= 500:
        return
    if visitor.deeds:
        response._resource_closers.append(lambda: write_deeds(visitor))  # type: ignore[attr-defined]
    if visitor.shown and not _is_for_many(visitor, response):
        response._resource_closers.append(lambda: write_lists(visitor))  # type: ignore[attr-defined]


def write_lists(visitor: Visitor) -> None:
    """The lists that somebody was shown: under their name if they may be followed, else under none. Never raises."""
    try:
        if not visitor.is_bot and not is_ahead(visitor.request):
            write_shown(visitor.shown, person=visitor.key if visitor.may_follow else "", now=visitor.now)
    except Exception:
        logger.exception("%d shown lists could not be written", len(visitor.shown))


def _is_for_many(visitor: Visitor, response: HttpResponseBase) -> bool:
    """Whether a cache will give the page to others too: how often, nobody would know."""
    return is_public(response) or bool(getattr(visitor.request, "_cache_update_cache", False))
