"""What goes wrong is said as RFC 9457 wants it: `application/problem+json`, with a JSON pointer to each thing that is wrong."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from math import ceil
from typing import Any

from django.core.exceptions import PermissionDenied, RequestDataTooBig, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, UnreadablePostError
from django.http.multipartparser import MultiPartParserError
from django.utils.translation import gettext as _
from rest_framework import exceptions, status
from rest_framework.response import Response
from rest_framework.settings import api_settings

from segmentation.errors import (
    ConfigurationError,
    MergeError,
    Problem,
    RefreshBusy,
    RegularsError,
    RuleError,
    ScoreError,
    SegmentError,
    SourceError,
)

DJANGO: Mapping[type[Exception], Callable[[], exceptions.APIException]] = {
    Http404: exceptions.NotFound,
    PermissionDenied: exceptions.PermissionDenied,
    RequestDataTooBig: lambda: Failed(413, "too-large", _("The body is too large.")),
    SuspiciousOperation: lambda: Failed(400, "malformed", _("This request cannot be read.")),
    MultiPartParserError: lambda: Failed(400, "malformed", _("This request cannot be read.")),
    UnreadablePostError: lambda: Failed(400, "malformed", _("The body ended too early.")),
}
"""Of requests that cannot be. The first that fits counts."""

logger = logging.getLogger(__name__)

MEDIA_TYPE = "application/problem+json"
PREFIX = "urn:regulars:problem:"
"""Before the code of each kind of problem; `docs/rest.md` has the table."""


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: `pointer` (RFC 6901) leads to it in the body, or `parameter` names it in the query.

    `code` names its kind.
    """

    pointer: str
    detail: str
    code: str = "invalid"
    parameter: str | None = None
    more: Mapping[str, Any] = field(default_factory=dict)
    """What else there is to say of it: line and column of a text."""

    @property
    def place(self) -> dict[str, str]:
        """As it is told."""
        return {"pointer": self.pointer} if self.parameter is None else {"parameter": self.parameter}


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of problem: HTTP status and code, and after how many seconds it may be over."""

    status: int
    code: str
    retry_after: int | None = None


KINDS: Mapping[type[Exception], Kind] = {
    RuleError: Kind(400, "invalid-rule"),
    SegmentError: Kind(409, "conflict"),
    MergeError: Kind(409, "conflict"),
    ScoreError: Kind(400, "invalid"),
    RefreshBusy: Kind(409, "busy", retry_after=5),
    SourceError: Kind(503, "source"),
    ConfigurationError: Kind(503, "source"),
    RegularsError: Kind(409, "refused"),
}
"""Errors of ours that say something to whoever asked. The nearest class counts; a view may add some by its `kinds`."""


class Failed(exceptions.APIException):
    """A problem that a view raises by itself."""

    def __init__(
        self, status_code: int, code: str, detail: str, faults: tuple[Fault, ...] = (), *, retry_after: float | None = None
    ) -> None:
        super().__init__(detail, code)
        self.status_code, self.faults, self.wait = status_code, faults, retry_after


def wrong_address(faults: Iterable[Fault]) -> Failed:
    """The problem of an address whose parameters cannot be; each fault names one."""
    return Failed(400, "invalid", _("Something in the address cannot be."), tuple(faults))


def wrong_parameter(name: str, detail: str, code: str = "invalid") -> Failed:
    """The same of one parameter."""
    return wrong_address([Fault("", detail, code, name)])


def dashed(code: str | None) -> str:
    """A code of Django or DRF as it is told."""
    return (code or "invalid").replace("_", "-")


def problem(
    status_code: int, code: str, detail: str = "", *, faults: tuple[Fault, ...] = (), headers: Mapping[str, str] | None = None
) -> Response:
    """The response that says so. `detail` is for whoever reads it, `code` for machines."""
    said: dict[str, Any] = {"type": PREFIX + code, "title": str(TITLES.get(status_code, code)), "status": status_code}
    if detail:
        said["detail"] = detail
    if faults:
        said["errors"] = [{**fault.place, "detail": fault.detail, "code": fault.code, **fault.more} for fault in faults]
    return Response(said, status=status_code, headers=dict(headers or {}), content_type=MEDIA_TYPE)


def answer_to(error: Exception, context: Mapping[str, Any]) -> Response:
    """What a view answers where this was raised: a handler of exceptions, as DRF takes it."""
    view = context.get("view")
    kind = _kind(error, {**KINDS, **getattr(view, "kinds", {})})
    if isinstance(error, RuleError):
        pointer = getattr(view, "rule_pointer", "")
        return problem(400, "invalid-rule", _("The rule cannot be."), faults=rule_faults(error, pointer))
    if isinstance(error, SourceError | ConfigurationError):
        logger.error("the shop source failed: %s", error)
        return problem(503, "source", _("The shop cannot be read at the moment."))
    if kind is not None:
        headers = {} if kind.retry_after is None else {"Retry-After": str(kind.retry_after)}
        return problem(kind.status, kind.code, str(error), headers=headers)
    error = _as_ours(error)
    if isinstance(error, exceptions.APIException):
        return _said(error)
    return _ours(error, context.get("request"))


def _as_ours(error: Exception) -> Exception:
    """What Django raises of requests that cannot be, as DRF would have said it."""
    return next((make() for kind, make in DJANGO.items() if isinstance(error, kind)), error)


def _kind(error: Exception, kinds: Mapping[type[Exception], Kind]) -> Kind | None:
    return next((kinds[each] for each in type(error).__mro__ if each in kinds), None)


def _said(error: exceptions.APIException) -> Response:
    headers = {}
    if getattr(error, "auth_header", None):
        headers["WWW-Authenticate"] = str(error.auth_header)  # type: ignore[attr-defined]
    if getattr(error, "wait", None) is not None:
        headers["Retry-After"] = str(max(1, ceil(error.wait)))  # type: ignore[attr-defined]
    if isinstance(error, exceptions.ValidationError):
        return problem(error.status_code, "invalid", _("Something in it cannot be."), faults=faults_of(error.detail))
    codes: Any = error.get_codes()
    code = dashed(codes if isinstance(codes, str) else None)
    return problem(error.status_code, code, str(error.detail), faults=getattr(error, "faults", ()), headers=headers)


def faults_of(detail: Any) -> tuple[Fault, ...]:
    """Of what a serializer found wrong."""
    return tuple(_faults(detail))


def _faults(detail: Any, pointer: str = "") -> Iterator[Fault]:
    """Of what serializers say: nested dictionaries and lists that end in lists of messages."""
    if isinstance(detail, Mapping):
        for name, inner in detail.items():
            yield from _faults(inner, pointer if name == api_settings.NON_FIELD_ERRORS_KEY else f"{pointer}/{escaped(str(name))}")
    elif isinstance(detail, list):
        for place, inner in enumerate(detail):
            is_deep = isinstance(inner, (Mapping, list))
            yield from _faults(inner, f"{pointer}/{place}" if is_deep else pointer)
    else:
        yield Fault(pointer, str(detail), dashed(getattr(detail, "code", None)))


def escaped(name: str) -> str:
    """A name as it stands in a JSON pointer."""
    return name.replace("~", "~0").replace("/", "~1")


def rule_faults(error: RuleError, pointer: str, *, is_text: bool = False) -> tuple[Fault, ...]:
    """Of a rule that stands at `pointer`. No pointer leads into a text: line and column are told, or, where it could be read, the
    `path` in what would be stored."""
    return tuple(_rule_fault(each, pointer, is_text) for each in error.problems)


def _rule_fault(said: Problem, pointer: str, is_text: bool) -> Fault:
    if said.line is not None:
        return Fault(pointer, _placed(said), "rule", more={"line": said.line, "column": said.column})
    if is_text:
        return Fault(pointer, _placed(said), "rule", more={"path": said.path} if said.path else {})
    return Fault(pointer + said.path, _placed(said), "rule")


def _placed(said: Problem) -> str:
    message = _(said.template) % said.params if said.params else _(said.template)
    if said.line is None:
        return message
    return _("line %(line)d, column %(column)d: %(message)s") % {"line": said.line, "column": said.column, "message": message}


def _ours(error: Exception, request: HttpRequest | None) -> Response:
    """A fault of ours: logged and told to whoever listens for it, as Django does, and nothing of it is said outside."""
    logger.error("a REST view failed", exc_info=error)
    got_request_exception.send(sender=answer_to, request=getattr(request, "_request", request))
    return problem(status.HTTP_500_INTERNAL_SERVER_ERROR, "internal", _("Something went wrong here; it was noted."))


TITLES: Mapping[int, Any] = {
    400: "Bad request",
    401: "Not authenticated",
    403: "Not allowed",
    404: "Not found",
    405: "Method not allowed",
    406: "Not acceptable",
    409: "Conflict",
    411: "Length required",
    412: "Precondition failed",
    413: "Too large",
    415: "Unsupported media type",
    422: "Not the same request",
    429: "Too many requests",
    500: "Internal error",
    503: "Not available",
}

Handler = Callable[[Exception, Mapping[str, Any]], Response]
