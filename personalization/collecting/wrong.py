"""What cannot be taken, and why."""

from __future__ import annotations

import re
from dataclasses import dataclass

import msgspec

from personalization.errors import PersonalizationError


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing that is wrong: a JSON pointer (RFC 6901) to it, what is wrong, and a word for machines."""

    pointer: str
    detail: str
    code: str


class CannotTake(PersonalizationError):
    """A batch, or one event of it, that is none."""

    def __init__(self, wrong: Wrong) -> None:
        super().__init__(wrong.detail)
        self.wrong = wrong


class TooLarge(CannotTake):
    """A batch with too much in it."""


_PLACE = re.compile(r" - at `\$(?P<path>[^`]*)`$")
_STEP = re.compile(r"\.(\w+)|\[(\d+)\]")
_FIELD = re.compile(r"field `(?P<name>[\w-]{1,40})`")


def of_decoder(error: Exception) -> Wrong:
    """What msgspec found; it never repeats what was sent, but for the name of a property."""
    message = str(error)
    place = _PLACE.search(message)
    steps = [name or number for name, number in _STEP.findall(place["path"])] if place else []
    said = message[: place.start()] if place else message
    if not isinstance(error, msgspec.ValidationError):
        return Wrong("", said if isinstance(error, msgspec.DecodeError) else "JSON is malformed", "malformed")
    for words, code in (("unknown field", "unknown-property"), ("missing required field", "required")):
        if words in said:
            field = _FIELD.search(said)
            if field:
                steps.append(field["name"])
            return Wrong(_pointer(steps), words.capitalize(), code)
    return Wrong(_pointer(steps), said, "invalid")


def _pointer(steps: list[str]) -> str:
    return "".join(f"/{step}" for step in steps)
