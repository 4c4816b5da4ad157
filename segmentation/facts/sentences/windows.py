"""Windows in words: when the rows were that count."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences import when
from segmentation.facts.sentences.nouns import noun
from segmentation.facts.sentences.rows import rows_where
from segmentation.facts.sentences.voice import Voice
from segmentation.rules.tree import Before, Between, Group, Last, NotLast, Previous, Since, SinceLast, This, Window

ROWS_WHEN = pgettext_lazy("rows", "%(rows)s %(when)s")
_SINCE_LAST = pgettext_lazy("when", "since %(last)s (ever, if there is none)")


def window_said(voice: Voice, window: Window) -> str:
    """A window as an adverb: "in the last 30 days"."""
    return _WINDOWS[type(window)](voice, window)


def _since_last(voice: Voice, window: SinceLast) -> str:
    return _SINCE_LAST % {"last": rows_where(voice, noun(window.field).said("since_last"), window.field, window.where)}


_WINDOWS: dict[type, Callable[[Voice, Any], str]] = {
    Last: lambda voice, window: when.relative(voice, "last", window.duration),
    NotLast: lambda voice, window: when.relative(voice, "not_last", window.duration),
    This: lambda voice, window: when.relative(voice, "this", window.period),
    Previous: lambda voice, window: when.relative(voice, "previous", window.period),
    Between: lambda voice, window: when.between(voice, window.start, window.end),
    Since: lambda voice, window: when.since(voice, window.start),
    Before: lambda voice, window: when.before(voice, window.end),
    SinceLast: _since_last,
}


def in_window(voice: Voice, rows: str, window: Window | None) -> str:
    """Rows, or so many of them, with when they were."""
    return rows if window is None else ROWS_WHEN % {"rows": rows, "when": window_said(voice, window)}


def chosen(voice: Voice, rows: str, field: str, where: Group | None, window: Window | None) -> str:
    """Rows of a relation, or so many of them, with when and which they were."""
    return rows_where(voice, in_window(voice, rows, window), field, where)
