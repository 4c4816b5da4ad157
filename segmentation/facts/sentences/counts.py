"""How many of a thing: "no orders", "at least 3 orders", "from 2 to 5 orders"."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.lists import alternatives
from segmentation.facts.sentences.messages import Message
from segmentation.rules.tree import Value
from segmentation.rules.values import read_number


@dataclass(frozen=True, slots=True)
class Countable:
    """A thing with its number: `counted` stands as a subject does, `up_to` after "from 2 to" (often a genitive)."""

    none: Message
    counted: Message
    up_to: Message


_COMPARED: dict[str, Message] = {
    "=": pgettext_lazy("count", "exactly %(counted)s"),
    "!=": pgettext_lazy("count", "not exactly %(counted)s"),
    "<": pgettext_lazy("count", "fewer than %(counted)s"),
    "<=": pgettext_lazy("count", "at most %(counted)s"),
    ">": pgettext_lazy("count", "more than %(counted)s"),
    ">=": pgettext_lazy("count", "at least %(counted)s"),
}
_UP_TO = pgettext_lazy("count", "from %(low)d to %(counted)s")

_PLAINER: dict[tuple[str, int], tuple[str, int]] = {
    ("<=", 0): ("=", 0),
    ("<", 1): ("=", 0),
    ("!=", 0): (">=", 1),
    (">", 0): (">=", 1),
}
"""Comparison of a count -> one that takes in the same counts and is said more plainly."""


def count_said(thing: Countable, operator: str, value: Value, words: Mapping[str, str] | None = None) -> str | None:
    """So many of a thing; None for numbers that count nothing, such as 2.5. `words` fill what else the messages hold."""
    numbers = [_whole(one) for one in (value if isinstance(value, tuple) else (value,))]
    known = [number for number in numbers if number is not None]
    if len(known) < len(numbers):
        return None
    words = words or {}
    if operator == "in":
        counted = alternatives(thing.counted % {"n": number, **words} for number in known)
        return _COMPARED["="] % {"counted": counted}
    if operator == "between":
        low, high = known
        return _UP_TO % {"low": low, "counted": thing.up_to % {"n": high, **words}}
    operator, number = _PLAINER.get((operator, known[0]), (operator, known[0]))
    if (operator, number) == ("=", 0):
        return thing.none % words
    return _COMPARED[operator] % {"counted": thing.counted % {"n": number, **words}}


def some(thing: Countable, words: Mapping[str, str] | None = None) -> str:
    """At least one of a thing."""
    return _COMPARED[">="] % {"counted": thing.counted % {"n": 1, **(words or {})}}


def _whole(value: object) -> int | None:
    number = read_number(value) if isinstance(value, str) else None
    return int(number) if number is not None and number >= 0 and number == int(number) else None
