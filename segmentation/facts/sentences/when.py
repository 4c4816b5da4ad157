"""Adverbs of time, for windows and for the operators of dates alike."""

from __future__ import annotations

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.durations import LAST, NEXT, NOT_LAST, said
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.moments import dated, moment_said
from segmentation.facts.sentences.voice import Voice
from segmentation.rules.tree import Duration

_BETWEEN = pgettext_lazy("when", "from %(start)s to %(end)s")
_SINCE = pgettext_lazy("when", "since %(start)s")
_BEFORE = pgettext_lazy("when", "before %(end)s")
_AFTER = pgettext_lazy("when", "after %(start)s")

_THIS: dict[str, Message] = {
    "day": pgettext_lazy("when", "today"),
    "week": pgettext_lazy("when", "in this week"),
    "month": pgettext_lazy("when", "in this month"),
    "quarter": pgettext_lazy("when", "in this quarter"),
    "year": pgettext_lazy("when", "in this year"),
}

_PREVIOUS: dict[str, Message] = {
    "day": pgettext_lazy("when", "yesterday"),
    "week": pgettext_lazy("when", "in the previous week"),
    "month": pgettext_lazy("when", "in the previous month"),
    "quarter": pgettext_lazy("when", "in the previous quarter"),
    "year": pgettext_lazy("when", "in the previous year"),
}

_PERIODS = {"this": _THIS, "previous": _PREVIOUS}
_DURATIONS = {"last": LAST, "not_last": NOT_LAST, "next": NEXT}

RELATIVE = frozenset(_PERIODS) | frozenset(_DURATIONS)
"""Names of those that mean other dates tomorrow."""


def relative(voice: Voice, name: str, value: object) -> str:
    """ "in the last 30 days" or "in this month", with the dates that it comes to where the moment is known."""
    when = said(_DURATIONS[name], value) if isinstance(value, Duration) else str(_PERIODS[name][str(value)])
    return dated(voice, when, lambda calendar, now: calendar.span(name, value, now))


def between(voice: Voice, start: str, end: str) -> str:
    """From one day or time to another."""
    return _BETWEEN % {"start": moment_said(voice, start), "end": moment_said(voice, end)}


def since(voice: Voice, start: str) -> str:
    """From a day or time on."""
    return _SINCE % {"start": moment_said(voice, start)}


def before(voice: Voice, end: str) -> str:
    """Earlier than a day or time."""
    return _BEFORE % {"end": moment_said(voice, end)}


def after(voice: Voice, start: str) -> str:
    """Later than a day or time."""
    return _AFTER % {"start": moment_said(voice, start)}
