"""Entity tags: what did not change is not sent again, and what changed meanwhile is not overwritten.

Every 200 to a GET has a strong `ETag`, a digest of its bytes. With `If-None-Match` the answer is 304 while they are the same.
With `If-Match` a PUT, PATCH or DELETE is done only while a GET of the same address would give its caller these bytes, else 412;
of an answer that has fields which change by themselves (a view's `volatile`), the bytes of the others.
The row is locked before the comparison, so of two that begin with the same tag one is refused, whoever comes first.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from copy import copy
from hashlib import blake2b
from typing import Any

from django.db import transaction
from django.http import HttpRequest, HttpResponseBase, HttpResponseNotModified
from django.utils.http import parse_etags
from django.utils.translation import gettext as _
from rest_framework.request import Request

from segmentation.models.lock import locked
from segmentation.rest.base.problems import Failed

CHANGING = ("PUT", "PATCH", "DELETE")
KEPT = (
    "API-Version",
    "Access-Control-Allow-Origin",
    "Access-Control-Expose-Headers",
    "Cache-Control",
    "Content-Language",
    "ETag",
    "RateLimit-Limit",
    "RateLimit-Remaining",
    "RateLimit-Reset",
    "Vary",
)
"""Headers that an answer without body has all the same."""

WITHIN = "regulars_within"
"""Marks a request that we ask ourselves."""


def tag(response: Any, request: HttpRequest, volatile: Sequence[str] = ()) -> None:
    """Give the answer its tag once its bytes are there, and leave them out where the caller has them.

    `volatile` are fields of the answer that change by themselves: `If-Match` is about the others.
    """
    if request.method not in ("GET", "HEAD") or response.status_code != 200 or response.streaming:
        return
    if hasattr(response, "add_post_render_callback"):
        response.add_post_render_callback(lambda rendered: _tagged(rendered, request, volatile))
    else:
        _tagged(response, request, volatile)


def check(request: Request, view: Any) -> None:
    """In the transaction of the work: raises Failed (412) where `If-Match` names another state than this caller would get now."""
    asked = request._request
    if asked.method not in CHANGING or "If-Match" not in asked.headers:
        return
    view.hold()
    response = _current(request)
    tags = parse_etags(asked.headers["If-Match"])
    if response.status_code == 200 and (tags == ["*"] or _lasting(response["ETag"]) in map(_lasting, tags)):
        return
    raise Failed(412, "changed-meanwhile", _("It is not what you think it is any more: read it again."))


def _tagged(response: Any, request: HttpRequest, volatile: Sequence[str]) -> HttpResponseBase | None:
    if "ETag" not in response:
        response["ETag"] = f'"{_mark(response.content, volatile)}"'
    known = parse_etags(request.headers.get("If-None-Match", ""))
    if known != ["*"] and response["ETag"] not in [each.removeprefix("W/") for each in known]:
        return None
    unchanged = HttpResponseNotModified(headers={name: response[name] for name in KEPT if name in response})
    unchanged.cookies = response.cookies
    return unchanged


def _mark(content: bytes, volatile: Sequence[str]) -> str:
    """A digest of the bytes, behind one of what lasts in them where something does not."""
    if not volatile:
        return _digest(content)
    lasting = {name: value for name, value in json.loads(content).items() if name not in volatile}
    return f"{_digest(json.dumps(lasting).encode())}.{_digest(content)}"


def _lasting(tag: str) -> str:
    """The part that `If-Match` is about. A proxy that compresses makes a strong tag weak: it is of our bytes all the same."""
    return tag.removeprefix("W/").strip('"').partition(".")[0]


def _digest(content: bytes) -> str:
    return blake2b(content, digest_size=16).hexdigest()


def lock(view: Any) -> None:
    """The row that the address leads to, until the end of the transaction; nothing where there is none."""
    if (
        not transaction.get_connection().in_atomic_block
        or getattr(view, "queryset", None) is None
        or not getattr(view, "lookup_field", "")
    ):
        return
    value = view.kwargs.get(view.lookup_url_kwarg or view.lookup_field)
    if value is None:
        return
    row = view.get_object()
    list(locked(type(row)._default_manager.filter(pk=row.pk)).values_list("pk"))


def _current(request: Request) -> Any:
    """What a GET of this address answers to the same caller now."""
    asked = copy(request._request)
    match = asked.resolver_match
    asked.method = "GET"
    asked.META = {name: value for name, value in asked.META.items() if not name.startswith("HTTP_IF_")}
    asked.META |= {"REQUEST_METHOD": "GET", "CONTENT_LENGTH": "0"}
    asked.__dict__.pop("headers", None)
    # Who asks is known by now: DRF takes these as who it is.
    vars(asked).update({"_force_auth_user": request.user, "_force_auth_token": request.auth, WITHIN: True})
    response: Any = match.func(asked, *match.args, **match.kwargs)  # type: ignore[union-attr]
    return response.render() if hasattr(response, "render") else response
