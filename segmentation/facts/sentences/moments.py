"""Dates and times in the manner of the active language, and the dates that a span of time comes to."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import pgettext_lazy

from segmentation.facts.sentences.messages import Message
from segmentation.facts.sentences.voice import Voice
from segmentation.kernel.moments import FIRST, Calendar, SecondSpan, seconds
from segmentation.rules.values import read_moment

_DATED: dict[str, Message] = {
    "on": pgettext_lazy("when", "%(when)s (%(start)s)"),
    "since": pgettext_lazy("when", "%(when)s (since %(start)s)"),
    "before": pgettext_lazy("when", "%(when)s (before %(end)s)"),
    "from": pgettext_lazy("when", "%(when)s (from %(start)s to %(end)s)"),
}

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_UNKNOWN_ZONE = ZoneInfo("UTC")


def moment_said(voice: Voice, text: str) -> str:
    """A date or time of a rule, on the clocks of the shop; what is neither stays as it is written.

    So does a time with an offset where no shop's clocks are known.
    """
    zone = voice.calendar.zone if voice.calendar else _UNKNOWN_ZONE
    moment = read_moment(text, zone)
    if not isinstance(moment, datetime):
        return date_format(moment) if moment else text
    if voice.calendar is None and moment.tzinfo is not _UNKNOWN_ZONE:
        return text
    try:
        return _said(moment.astimezone(zone))
    except OverflowError:  # At either end of the calendar a day has no other zone's date.
        return text


def dated(voice: Voice, when: str, span_of: Callable[[Calendar, datetime], SecondSpan]) -> str:
    """A phrase such as "in the last 30 days" with the dates that it comes to, if the moment is known."""
    if voice.calendar is None or voice.now is None:
        return when
    low, high = span_of(voice.calendar, voice.now)
    start = _instant(voice.calendar, low) if low > FIRST else None
    is_up_to_now = high == seconds(voice.now) + 1
    end = voice.calendar.today(voice.now) if is_up_to_now else _instant(voice.calendar, high)
    if start is None:
        return _DATED["before"] % {"when": when, "end": _said(end)}
    if not is_up_to_now:
        end = _last(voice.calendar, high)
    form = "on" if start == end else "since" if is_up_to_now else "from"
    return _DATED[form] % {"when": when, "start": _said(start), "end": _said(end)}


def _instant(calendar: Calendar, second: int) -> date:
    """A second as the day that begins with it, or else as a time."""
    day = calendar.date_of(second)
    if calendar.midnight(day) == second or day in (date.min, date.max):  # Python knows no time beyond these.
        return day
    return (_EPOCH + timedelta(seconds=second)).astimezone(calendar.zone)


def _last(calendar: Calendar, end: int) -> date:
    """The last day, or the last second, before an end."""
    day = calendar.date_of(end)
    return calendar.date_of(end - 1) if calendar.midnight(day) == end else _instant(calendar, end - 1)


def _said(moment: date) -> str:
    return date_format(moment, "DATETIME_FORMAT" if isinstance(moment, datetime) else "DATE_FORMAT")
