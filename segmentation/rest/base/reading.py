"""What is sent to us, read in one place: nothing that a database or a serializer could stumble over gets past it."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from math import isinf
from typing import Any, NoReturn

from django.utils.translation import gettext as _
from rest_framework.parsers import BaseParser
from rest_framework.request import Request

from segmentation.rest.base.problems import Failed, Fault, escaped, wrong_address

MOST_BYTES = 1_000_000
"""Of a body, unless the view says more by its `most_bytes`."""

DEEPEST = 64
"""Lists and objects one in another: rules at their deepest have half of it."""

LARGEST = 2**63
"""No database column of ours, nor of a shop, holds a whole number beyond."""

MOST_FAULTS = 20
"""So many are told at once."""


class JsonReader(BaseParser):
    """JSON as RFC 8259 has it: UTF-8, no NaN, no name twice in an object; no deeper and no larger than we can work with.

    Raises Failed: 413 for a body beyond the view's `most_bytes`, 400 for all else, with a pointer where there is a place.
    """

    media_type = "application/json"

    def parse(self, stream: Any, media_type: str | None = None, parser_context: Mapping[str, Any] | None = None) -> Any:
        """The value."""
        context = parser_context or {}
        most_bytes = getattr(context.get("view"), "most_bytes", MOST_BYTES)
        return parsed(body(context["request"], most_bytes) if "request" in context else read(stream, most_bytes))


def body(request: Request, most_bytes: int) -> bytes:
    """The whole body, which whoever reads the request later gets too. Raises Failed (413) where it has more bytes."""
    asked = request._request
    if not hasattr(asked, "_body"):
        # Django's own limit (DATA_UPLOAD_MAX_MEMORY_SIZE) is the shop's, and about forms.
        asked._body = read(asked, most_bytes)
    if len(asked.body) > most_bytes:
        _too_large(most_bytes)
    return asked.body


def read(stream: Any, most_bytes: int) -> bytes:
    """All of it. Raises Failed (413) as soon as it is known to have more bytes."""
    try:
        taken: bytes = stream.read(most_bytes + 1)
    except OSError as error:  # who sent it went away
        raise _malformed(_("The body ended too early.")) from error
    if len(taken) > most_bytes:
        _too_large(most_bytes)
    return taken


def parsed(raw: bytes) -> Any:
    """The JSON value that these bytes are. Raises Failed (400)."""
    try:
        value = json.loads(raw.decode(), parse_constant=_constant, object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise _malformed(_("The body is not UTF-8.")) from error
    except RecursionError as error:
        raise _malformed(_("The body is nested too deep.")) from error
    except json.JSONDecodeError as error:
        said = {"line": error.lineno, "column": error.colno}
        raise _malformed(_("The body is no JSON: line %(line)d, column %(column)d.") % said) from error
    except ValueError as error:  # a number of thousands of digits
        raise _malformed(_("The body has a number that is too large.")) from error
    faults = tuple(_some(_faults(value)))
    if faults:
        raise Failed(400, "invalid", _("Something in it cannot be."), faults)
    return value


def check_length(request: Request) -> None:
    """A body whose length nobody says would be left unread, without a word. Raises Failed (411)."""
    if "HTTP_TRANSFER_ENCODING" in request.META and not request.META.get("CONTENT_LENGTH"):
        raise Failed(411, "length-required", _("Say with Content-Length how long the body is."))


def check_address(request: Request, kwargs: Mapping[str, Any]) -> None:
    """Nothing can be found by a text with NUL in it, and PostgreSQL fails at it. Raises Failed: 404 in a path, 400 in a query."""
    if any("\0" in str(value) for value in kwargs.values()):
        raise Failed(404, "not-found", _("There is nothing at this address."))
    asked = request.query_params
    names = [name for name in asked if "\0" in name or any("\0" in value for value in asked.getlist(name))]
    if names:
        faults = tuple(Fault("", _("It has a NUL character."), "nul", name.replace("\0", "")) for name in names[:MOST_FAULTS])
        raise wrong_address(faults)


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        names = [name for name, _value in pairs]
        twice = next(name for name in names if names.count(name) > 1)
        raise _malformed(_("An object has the name “%(name)s” twice.") % {"name": twice[:100]})
    return found


def _constant(word: str) -> NoReturn:
    raise _malformed(_("%(word)s is no JSON.") % {"word": word})


def _malformed(detail: str) -> Failed:
    return Failed(400, "malformed", detail)


def _too_large(most_bytes: int) -> NoReturn:
    raise Failed(413, "too-large", _("The body has more than %(count)d bytes.") % {"count": most_bytes})


def _some(faults: Iterator[Fault]) -> Iterator[Fault]:
    for _number, fault in zip(range(MOST_FAULTS), faults, strict=False):
        yield fault


def _faults(value: Any) -> Iterator[Fault]:
    """Walked without recursion: it may be as deep as Python's parser goes."""
    waiting: list[tuple[str, int, Any]] = [("", 0, value)]
    while waiting:
        pointer, depth, value = waiting.pop()
        if isinstance(value, dict):
            for name in value:
                yield from _text_faults(pointer, name)
            inner = [(f"{pointer}/{escaped(name)}", depth + 1, each) for name, each in value.items()]
        elif isinstance(value, list):
            inner = [(f"{pointer}/{place}", depth + 1, each) for place, each in enumerate(value)]
        else:
            yield from _leaf_faults(pointer, value)
            continue
        if depth >= DEEPEST:
            yield Fault(pointer, _("It is nested too deep."), "too-deep")
            return
        waiting.extend(reversed(inner))


def _leaf_faults(pointer: str, value: Any) -> Iterator[Fault]:
    if isinstance(value, str):
        yield from _text_faults(pointer, value)
    elif (isinstance(value, int) and not -LARGEST <= value < LARGEST) or (isinstance(value, float) and isinf(value)):
        yield Fault(pointer, _("The number is too large."), "too-large")


def _text_faults(pointer: str, text: str) -> Iterator[Fault]:
    pointer = pointer.encode("utf-8", "replace").decode().replace("\0", "�")
    if "\0" in text:
        yield Fault(pointer, _("It has a NUL character."), "nul")
    if not text.isascii() and any("\ud800" <= each <= "\udfff" for each in text):
        yield Fault(pointer, _("It has half of a character."), "surrogate")
