"""What is the same in every operation of the OpenAPI document: headers that may be sent, headers of answers, and problems."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from segmentation.rest.base.problems import MEDIA_TYPE, PREFIX, TITLES
from segmentation.rest.base.versions import CURRENT, KNOWN

SAFE = ("GET", "HEAD")
CONDITIONAL = ("PUT", "PATCH", "DELETE")
WITH_BODY = ("POST", "PUT", "PATCH")

EXAMPLES: Mapping[int, tuple[str, str, dict[str, Any]]] = {
    400: (
        "invalid",
        "Something in it cannot be.",
        {"errors": [{"pointer": "/name", "detail": "This field is required.", "code": "required"}]},
    ),
    401: ("bad-token", "This token is not known, is over or was revoked.", {}),
    403: ("permission-denied", "You do not have permission to perform this action.", {}),
    404: ("not-found", "Not found.", {}),
    406: ("not-acceptable", "Could not satisfy the request Accept header.", {}),
    409: ("conflict", "It cannot be in the state things are in.", {}),
    411: ("length-required", "Say with Content-Length how long the body is.", {}),
    412: ("changed-meanwhile", "It is not what you think it is any more: read it again.", {}),
    413: ("too-large", "The body has more than 1000000 bytes.", {}),
    415: ("unsupported-media-type", 'Unsupported media type "text/csv" in request.', {}),
    422: ("other-request", "This Idempotency-Key came with another request before.", {}),
    429: ("throttled", "Request was throttled. Expected available in 2 seconds.", {}),
    503: ("source", "The shop cannot be read at the moment.", {}),
}
"""Status -> code, words and the rest of a problem of it."""

DESCRIPTIONS: Mapping[int, str] = {
    400: "What was sent cannot be: `errors` points to each place.",
    401: "Nobody we know.",
    403: "A permission is missing, or the CSRF token.",
    404: "Nothing is there, or nothing that the caller may see.",
    406: "Only JSON is given.",
    409: "It cannot be done in the state things are in, or is under way.",
    411: "Nobody said how long the body is.",
    412: "`If-Match` names another state than the one it has.",
    413: "The body is too large.",
    415: "Only JSON is taken.",
    422: "The `Idempotency-Key` came with another request.",
    429: "Too many requests.",
    503: "The shop cannot be read at the moment.",
}

DONE: Mapping[str, str] = {
    "200": "Done.",
    "201": "Made.",
    "202": "Taken; it will be done.",
    "204": "Done; there is nothing to say.",
}
"""Descriptions of answers that the operation does not describe."""

PROBLEM: Mapping[str, Any] = {
    "type": "object",
    "description": "What went wrong, as RFC 9457 has it.",
    "required": ["type", "title", "status"],
    "properties": {
        "type": {"type": "string", "format": "uri", "description": f"`{PREFIX}…`: machines go by it."},
        "title": {"type": "string"},
        "status": {"type": "integer"},
        "detail": {"type": "string", "description": "For people."},
        "errors": {"type": "array", "items": {"$ref": "#/components/schemas/Fault"}},
    },
}

FAULT: Mapping[str, Any] = {
    "type": "object",
    "description": "One thing that is wrong, at a `pointer` (RFC 6901) in the body or a `parameter` of the address.",
    "required": ["detail", "code"],
    "properties": {
        "pointer": {"type": "string"},
        "parameter": {"type": "string"},
        "detail": {"type": "string", "description": "For people."},
        "code": {"type": "string", "description": "For machines."},
        "line": {"type": "integer", "description": "Of a rule that is written as text."},
        "column": {"type": "integer", "description": "Likewise."},
        "path": {"type": "string", "description": "Of a rule that is written as text: where it would stand in the stored one."},
    },
}


def _whole(description: str, example: int) -> dict[str, Any]:
    return {"description": description, "schema": {"type": "integer", "minimum": 0}, "example": example}


HEADERS: Mapping[str, Any] = {
    "API-Version": {"description": "By which version it was made.", "schema": {"type": "string"}, "example": CURRENT},
    "ETag": {
        "description": "Of the bytes: for `If-None-Match`, and for `If-Match` with a change.",
        "schema": {"type": "string"},
        "example": '"0d3adbeef0d3adbeef0d3adbeef0d3ad"',
    },
    "Idempotency-Replayed": {
        "description": "It was answered before; nothing was done.",
        "schema": {"type": "string", "enum": ["true"]},
    },
    "RateLimit-Limit": _whole("So many requests may be made at once.", 500),
    "RateLimit-Remaining": _whole("So many of them are left.", 499),
    "RateLimit-Reset": _whole("In so many seconds all of them are there again.", 1),
    "Retry-After": _whole("In so many seconds it may be tried again.", 2),
    "WWW-Authenticate": {"description": "How to say who asks.", "schema": {"type": "string"}},
}

PARAMETERS: Mapping[str, Any] = {
    "API-Version": {
        "description": "The version that is meant; the current one without it.",
        "schema": {"type": "string", "enum": list(KNOWN)},
    },
    "If-None-Match": {
        "description": "Tags of what the caller has: 304 while one of them is the right one.",
        "schema": {"type": "string"},
        "example": '"0d3adbeef0d3adbeef0d3adbeef0d3ad"',
    },
    "If-Match": {
        "description": "Tag of what the caller saw: 412 if it is another by now.",
        "schema": {"type": "string"},
        "example": '"0d3adbeef0d3adbeef0d3adbeef0d3ad"',
    },
    "Idempotency-Key": {
        "description": "With the same key it is done once, however often it is sent.",
        "schema": {"type": "string", "minLength": 1, "maxLength": 255, "pattern": "^[!-~]+$"},
        "example": "5f0c2a3e-6f0e-4f9a-9d0b-2a9d6c1b7e11",
    },
}

ALWAYS = ("API-Version", "RateLimit-Limit", "RateLimit-Remaining", "RateLimit-Reset")
"""Headers of every answer; those of limits where there are some."""


def _problem(status: int) -> dict[str, Any]:
    code, detail, rest = EXAMPLES[status]
    example = {"type": PREFIX + code, "title": TITLES[status], "status": status, "detail": detail, **rest}
    more = {401: ["WWW-Authenticate"], 409: ["Retry-After"], 429: ["Retry-After"]}.get(status, [])
    return {
        "description": DESCRIPTIONS[status],
        "headers": _headers([*ALWAYS, *more]),
        "content": {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}, "examples": {code: {"value": example}}}},
    }


def _headers(names: list[str]) -> dict[str, Any]:
    return {name: {"$ref": f"#/components/headers/{name}"} for name in names}


COMPONENTS: Mapping[str, Any] = {
    "schemas": {"Problem": PROBLEM, "Fault": FAULT},
    "headers": HEADERS,
    "parameters": {name: {"name": name, "in": "header", "required": False, **said} for name, said in PARAMETERS.items()},
    "responses": {
        **{f"Problem{status}": _problem(status) for status in EXAMPLES},
        "NotModified": {"description": "The caller has it: nothing changed.", "headers": _headers([*ALWAYS, "ETag"])},
    },
}
"""What operations refer to."""


def complete(operation: dict[str, Any], path: str, method: str, view: Any) -> None:
    """Add to an operation what all have in common."""
    operation.setdefault("parameters", []).extend({"$ref": f"#/components/parameters/{name}"} for name in _sent(method))
    for status, response in operation["responses"].items():
        if not response["description"]:
            response["description"] = DONE.get(status, "Done.")
        response.setdefault("headers", {}).update(_headers(_told(method, status)))
    for status in _problems(path, method, view):
        operation["responses"].setdefault(str(status), {"$ref": f"#/components/responses/Problem{status}"})
    if method == "GET":
        operation["responses"]["304"] = {"$ref": "#/components/responses/NotModified"}
    operation["responses"] = dict(sorted(operation["responses"].items()))
    operation["description"] = " ".join([operation.get("description", ""), *_notes(method, view)]).strip()


def _sent(method: str) -> Iterator[str]:
    yield "API-Version"
    if method == "GET":
        yield "If-None-Match"
    if method in CONDITIONAL:
        yield "If-Match"
    if method == "POST":
        yield "Idempotency-Key"


def _told(method: str, status: str) -> list[str]:
    more = {"ETag": method == "GET" and status == "200", "Idempotency-Replayed": method == "POST"}
    return [*ALWAYS, *(name for name, is_there in more.items() if is_there)]


def _problems(path: str, method: str, view: Any) -> list[int]:
    """Statuses of problems that it may have."""
    is_asked_who = bool(view.authentication_classes)
    may_be = {
        400: True,
        401: is_asked_who,
        403: is_asked_who,
        404: "{" in path or method == "DELETE",
        406: True,
        409: method not in SAFE,
        411: method in WITH_BODY,
        412: method in CONDITIONAL,
        413: method in WITH_BODY,
        415: method in WITH_BODY,
        422: method == "POST",
        429: True,
        503: is_asked_who,
    }
    return [status for status, may in may_be.items() if may]


def _notes(method: str, view: Any) -> Iterator[str]:
    """What the view says of what is done, for whoever reads the document."""
    names = (getattr(view, "action", None), method)
    cost = next((cost for name, cost in view.costs.items() if name in names), None)
    if cost is not None:
        yield f"Costs as much as {cost:g} requests."
    if any(name in view.works_in_pieces for name in names):
        yield "Works in pieces."
