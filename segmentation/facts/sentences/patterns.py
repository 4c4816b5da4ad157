"""How rows are spread over the last periods: "at least 1 order in each of the last 3 months"."""

from __future__ import annotations

from collections.abc import Callable

from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences import when
from segmentation.facts.sentences.clauses import WHEN
from segmentation.facts.sentences.counts import some
from segmentation.facts.sentences.durations import IN_BEFORE, IN_EACH, IN_EACH_BEFORE, LENGTH, PERIODS, PERIODS_BEFORE, said
from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.moments import dated
from segmentation.facts.sentences.nouns import noun
from segmentation.facts.sentences.rows import rows_where
from segmentation.facts.sentences.voice import Voice
from segmentation.facts.sentences.windows import ROWS_WHEN
from segmentation.rules.tree import Duration, Pattern

_BUT = pgettext_lazy("pattern", "%(now)s, but %(before)s")
_AGAIN = pgettext_lazy("pattern", "%(now)s, %(before)s, and %(earlier)s")
_EARLIER = pgettext_lazy("when", "even earlier")
_ONLY = pgettext_lazy("pattern", "%(pattern)s (counting only %(rows)s)")


def pattern_said(voice: Voice, leaf: Pattern, negated: bool) -> str:
    """A pattern, with the condition on its rows. Never unknown."""
    clause = _PATTERNS[leaf.pattern](voice, leaf)
    if leaf.where is None:
        return clause
    return _ONLY % {"pattern": clause, "rows": rows_where(voice, noun(leaf.field).said("over"), leaf.field, leaf.where)}


def _first_time(voice: Voice, leaf: Pattern) -> str:
    return WHEN % {"subject": noun(leaf.field).said("first"), "when": _lately(voice, leaf)}


def _regularly(voice: Voice, leaf: Pattern) -> str:
    periods = leaf.periods or 1
    each = _each(IN_EACH, PERIODS, leaf.period, periods)
    whole = _times(leaf.period, periods)
    return _some(leaf, dated(voice, each, lambda calendar, now: calendar.span("last", whole, now)))


def _stopped(voice: Voice, leaf: Pattern) -> str:
    before = _before(voice, _each(IN_EACH_BEFORE, PERIODS_BEFORE, leaf.period, leaf.periods or 1), leaf)
    return _BUT % {"now": _none(leaf, _lately(voice, leaf)), "before": _some(leaf, before)}


def _restarted(voice: Voice, leaf: Pattern) -> str:
    before = _before(voice, said(IN_BEFORE, _times(leaf.period, leaf.periods or 1)), leaf)
    words = {"now": _some(leaf, _lately(voice, leaf)), "before": _none(leaf, before), "earlier": _some(leaf, str(_EARLIER))}
    return _AGAIN % words


_PATTERNS: dict[str, Callable[[Voice, Pattern], str]] = {
    "first_time": _first_time,
    "regularly": _regularly,
    "stopped": _stopped,
    "restarted": _restarted,
}


def _lately(voice: Voice, leaf: Pattern) -> str:
    return when.relative(voice, "last", leaf.period)


def _before(voice: Voice, phrase: str, leaf: Pattern) -> str:
    whole = _times(leaf.period, (leaf.periods or 1) + 1)
    return dated(
        voice, phrase, lambda calendar, now: (calendar.start_of_last(whole, now), calendar.start_of_last(leaf.period, now))
    )


def _each(single: dict[str, Message], several: Message, period: Duration, periods: int) -> str:
    """Each of so many days, or of so many periods of 2 days."""
    if period.n == 1:
        return said(single, Duration(periods, period.unit))
    return several % {"n": periods, "length": said(LENGTH, period)}


def _times(period: Duration, times: int) -> Duration:
    return Duration(period.n * times, period.unit)


def _some(leaf: Pattern, phrase: str) -> str:
    rows = noun(leaf.field)
    return ROWS_WHEN % {"rows": some(rows.forms.some, rows.words), "when": phrase}


def _none(leaf: Pattern, phrase: str) -> str:
    rows = noun(leaf.field)
    return ROWS_WHEN % {"rows": rows.forms.some.none % rows.words, "when": phrase}
