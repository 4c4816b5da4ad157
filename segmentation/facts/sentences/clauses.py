"""A subject under an operator: "country is “FR”"."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import npgettext_lazy, pgettext_lazy

from segmentation.facts.sentences import when
from segmentation.facts.sentences.calendar_words import MONTHS, WEEKDAYS
from segmentation.facts.sentences.counts import Countable, count_said
from segmentation.facts.sentences.lists import alternatives
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.moments import moment_said
from segmentation.facts.sentences.values import number_said, value_said
from segmentation.facts.sentences.voice import Voice
from segmentation.rules.tree import Value
from segmentation.rules.values import Kind

_COMPARED: dict[str, Message] = {
    "=": pgettext_lazy("clause", "%(subject)s is %(value)s"),
    "!=": pgettext_lazy("clause", "%(subject)s is not %(value)s"),
    "in": pgettext_lazy("clause", "%(subject)s is one of %(value)s"),
    "not_in": pgettext_lazy("clause", "%(subject)s is none of %(value)s"),
    "contains": pgettext_lazy("clause", "%(subject)s contains %(value)s"),
    "not_contains": pgettext_lazy("clause", "%(subject)s does not contain %(value)s"),
    "starts_with": pgettext_lazy("clause", "%(subject)s starts with %(value)s"),
    "ends_with": pgettext_lazy("clause", "%(subject)s ends with %(value)s"),
    "<": pgettext_lazy("clause", "%(subject)s is less than %(value)s"),
    "<=": pgettext_lazy("clause", "%(subject)s is at most %(value)s"),
    ">": pgettext_lazy("clause", "%(subject)s is more than %(value)s"),
    ">=": pgettext_lazy("clause", "%(subject)s is at least %(value)s"),
    "between": pgettext_lazy("clause", "%(subject)s is from %(low)s to %(high)s"),
    "is": pgettext_lazy("yes or no", "%(subject)s: %(value)s"),
    "has_any": pgettext_lazy("clause", "%(subject)s has at least one of %(value)s"),
    "has_all": pgettext_lazy("clause", "%(subject)s has all of %(value)s"),
    "has_none": pgettext_lazy("clause", "%(subject)s has none of %(value)s"),
    "is_set": pgettext_lazy("clause", "%(subject)s is known"),
    "is_not_set": pgettext_lazy("clause", "%(subject)s is not known"),
}

_ON = pgettext_lazy("clause", "%(subject)s is on %(day)s")
WHEN = pgettext_lazy("clause", "%(subject)s is %(when)s")
_ANNIVERSARY = pgettext_lazy("clause", "%(subject)s has its anniversary %(when)s")
_FALLS = pgettext_lazy("clause", "%(subject)s falls %(when)s")
_SIZE = pgettext_lazy("clause", "%(subject)s has %(count)s")
_SIZE_OF = pgettext_lazy("measure", "the number of entries of %(subject)s")
_NEAR = pgettext_lazy("clause", "%(subject)s is within %(km)s km of %(lat)s, %(lon)s")

_ENTRIES = Countable(
    none=pgettext_lazy("count", "no entries"),
    counted=npgettext_lazy("count", "%(n)d entry", "%(n)d entries", "n"),
    up_to=npgettext_lazy("count: up to", "%(n)d entry", "%(n)d entries", "n"),
)


def clause(voice: Voice, subject: str, kind: Kind | None, operator: str, value: Value) -> str:
    """What is said of a subject whose values are of this kind."""
    own = _OWN.get(operator)
    if own is not None and (operator != "between" or kind in (Kind.DATE, Kind.TIME)):
        return own(voice, subject, value)
    if operator in when.RELATIVE:
        return WHEN % {"subject": subject, "when": when.relative(voice, operator, value)}
    return compared(subject, operator, value, lambda one: value_said(voice, kind, one))


def compared(subject: str, operator: str, value: Value, said: Callable[[Value], str]) -> str:
    """A subject against a value, or between two; `said` says one value, or all of a list."""
    words = {"subject": subject, "value": said(value)}
    if operator == "between" and isinstance(value, tuple):
        words |= {"low": said(value[0]), "high": said(value[1])}
    return _COMPARED[operator] % words


def _on(voice: Voice, subject: str, value: Any) -> str:
    return _ON % {"subject": subject, "day": moment_said(voice, value)}


def _before(voice: Voice, subject: str, value: Any) -> str:
    return WHEN % {"subject": subject, "when": when.before(voice, value)}


def _after(voice: Voice, subject: str, value: Any) -> str:
    return WHEN % {"subject": subject, "when": when.after(voice, value)}


def _between(voice: Voice, subject: str, value: Any) -> str:
    return WHEN % {"subject": subject, "when": when.between(voice, *value)}


def _anniversary(voice: Voice, subject: str, value: Any) -> str:
    return _ANNIVERSARY % {"subject": subject, "when": when.relative(voice, "next", value)}


def _month(voice: Voice, subject: str, value: Any) -> str:
    return _falls(subject, MONTHS, value)


def _weekday(voice: Voice, subject: str, value: Any) -> str:
    return _falls(subject, WEEKDAYS, value)


def _falls(subject: str, names: tuple[Message, ...], value: Any) -> str:
    known = {str(number): str(name) for number, name in enumerate(names, 1)}
    numbers: tuple[str, ...] = value if isinstance(value, tuple) else (value,)
    return _FALLS % {"subject": subject, "when": alternatives(known.get(one, one) for one in numbers)}


def _size(voice: Voice, subject: str, value: Any) -> str:
    count = count_said(_ENTRIES, value.operator, value.value)
    if count is not None:
        return _SIZE % {"subject": subject, "count": count}
    return clause(voice, _SIZE_OF % {"subject": subject}, Kind.NUMBER, value.operator, value.value)


def _near(voice: Voice, subject: str, value: Any) -> str:
    place = {"km": number_said(value.km), "lat": number_said(value.lat), "lon": number_said(value.lon)}
    return _NEAR % {"subject": subject, **place}


_OWN: dict[str, Callable[[Voice, str, Any], str]] = {
    "on": _on,
    "before": _before,
    "after": _after,
    "between": _between,
    "anniversary_next": _anniversary,
    "month_is": _month,
    "weekday_is": _weekday,
    "size": _size,
    "within_km": _near,
}
"""Operators whose values are said in a way of their own; `between` only of dates."""
