"""When a visit begins, and that it goes on: half an hour without a page ends it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from django.http import HttpRequest
from django.http.response import HttpResponseBase

from personalization.conf import conf
from personalization.visitor import choice
from personalization.visitor.arrival import arrival_of
from personalization.visitor.audience import VisitorKind
from personalization.visitor.cookies import VISIT, VISITOR
from personalization.visitor.viewed import fit, latest, remembered
from segmentation.activity import Kind
from segmentation.profiles.visitors import new_visitor_id

if TYPE_CHECKING:
    from personalization.visitor.who import Visitor

RENEWED_AFTER = 60
"""Seconds; not every page of a visit needs to say again that it goes on."""


def follow(visitor: Visitor, response: HttpResponseBase) -> None:
    """Begin a visit with this page, or note that one goes on. Asks no database, so it may run in an event loop."""
    is_shown = is_page(visitor.request, response)
    is_at_front = visitor.is_at_front and response.status_code < 400
    # A fragment that a page fetches may look up what the visit is to remember.
    is_fragment = visitor.has_looked_back and response.status_code == 200
    if not (is_shown or is_at_front or is_fragment) or not _may_follow(visitor):
        return
    if is_shown and not visitor.visit:
        start(visitor, visitor.request.GET, visitor.request.headers.get("Referer", ""))
    changed = _views(visitor)
    if visitor.visit and (changed or _seconds(visitor) - visitor.visit.get("at", 0) >= RENEWED_AFTER):
        _note(visitor, {**visitor.visit, **changed})


def _views(visitor: Visitor) -> dict[str, Any]:
    """What the visit's cookie is to say of products looked at, where that is something else than before.

    What was looked up of earlier visits is kept, so that it is looked up once a visit.
    """
    here = [deed.product_id for deed in reversed(visitor.deeds) if deed.kind == Kind.VIEW]
    products = latest(here, visitor.__dict__.get("viewed", ()), remembered(visitor.visit))
    said = {"viewed": fit(products)} if any(here) or visitor.has_looked_back else {}
    return {**said, "past": visitor.is_member} if visitor.has_looked_back else said


def start(visitor: Visitor, query: Mapping[str, str], referrer: str) -> None:
    """Begin a visit of somebody who may be followed: they came with this query, from that page."""
    if visitor.is_bot:
        return
    visitor.arrival = arrival_of(query, referrer, visitor.request.get_host())
    kind = _kind(visitor)
    if not visitor.visitor_id and not conf.asks_consent:
        give_id(visitor, new_visitor_id())
    visitor.record(Kind.VISIT)
    _note(visitor, {"kind": kind.value})


def go_on(visitor: Visitor, products: Sequence[str]) -> None:
    """A visit goes on without a page, or begins so: they looked at these products, the last in front.

    For whoever wrote down what they did, of somebody who may be followed.
    """
    visit = visitor.visit or {"kind": _kind(visitor).value}
    changed = {"viewed": fit(latest(products, remembered(visitor.visit)))} if products else {}
    if changed or not visitor.visit or _seconds(visitor) - visit.get("at", 0) >= RENEWED_AFTER:
        _note(visitor, {**visit, **changed})


def here(visitor: Visitor, query: Mapping[str, str], referrer: str) -> bool:
    """A headless front says that they look at a page of it, with this query, coming from that page. Whether a visit began.

    Nothing of somebody who may not be followed. A visit that is under way goes on.
    """
    if visitor.visit or not visitor.may_follow:
        return False
    start(visitor, query, referrer)
    return bool(visitor.visit)


def give_id(visitor: Visitor, visitor_id: str) -> None:
    """Have their browser keep an id."""
    visitor.jar.put(VISITOR, {"id": visitor_id, "at": _seconds(visitor)})
    visitor.visitor_id = visitor_id


def is_page(request: HttpRequest, response: HttpResponseBase) -> bool:
    """Whether somebody asked for a page to look at, and got one: no script, no image, nothing that is fetched ahead."""
    if request.method != "GET" or response.status_code != 200 or is_ahead(request):
        return False
    is_document = request.headers.get("Sec-Fetch-Dest", "document") == "document"
    return is_document and response.get("Content-Type", "").startswith("text/html")


def is_ahead(request: HttpRequest) -> bool:
    """Whether a browser fetches the page in case somebody will want it."""
    asked = request.headers.get("Sec-Purpose", "") or request.headers.get("Purpose", "") or request.headers.get("X-Moz", "")
    return "prefetch" in asked or "preview" in asked


def _note(visitor: Visitor, visit: dict[str, Any]) -> None:
    visitor.visit = {**visit, "at": _seconds(visitor)}
    visitor.jar.put(VISIT, visitor.visit)


def _may_follow(visitor: Visitor) -> bool:
    """By what is known already: whoever the database has another word of is found out before anything is written."""
    known = visitor.__dict__.get("known")
    here = visitor.words.get(choice.PROFILING)
    word = choice.settled(here, known.profiling if known is not None else None, visitor.refused_by_browser)
    return word is True or (word is None and not conf.asks_consent)


def _kind(visitor: Visitor) -> VisitorKind:
    return VisitorKind.NEW if visitor.is_first_visit else VisitorKind.RETURNING


def _seconds(visitor: Visitor) -> int:
    return int(visitor.now.timestamp())
