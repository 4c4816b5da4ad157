"""Targets and audiences in the owner's words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import datetime, time
from typing import TYPE_CHECKING, Any

from django.utils.formats import date_format, time_format
from django.utils.functional import Promise
from django.utils.timezone import localtime
from django.utils.translation import get_language, gettext_lazy, pgettext, pgettext_lazy
from django.utils.translation import gettext as _

from personalization.conf import conf
from personalization.content.names import DEVICES, KINDS, SEASONS, WEEKDAYS, season_name
from personalization.content.targets import Target, region_code
from personalization.visitor.countries import country_name
from personalization.visitor.retail_days import RETAIL_DAYS

if TYPE_CHECKING:
    from personalization.visitor.audience import Audience

Names = Mapping[str, str]
"""Slug -> name of segments."""

LABELS: Mapping[str, str | Promise] = {
    "dates": gettext_lazy("Dates"),
    "language": gettext_lazy("Language"),
    "device": gettext_lazy("Device"),
    "country": gettext_lazy("Country"),
    "region": gettext_lazy("Region"),
    "hours": gettext_lazy("Hours"),
    "season": gettext_lazy("Season"),
    "holiday": gettext_lazy("Holiday"),
    "kind": pgettext_lazy("kind of person", "Visitor"),
    "any_segments": gettext_lazy("In any of"),
    "all_segments": gettext_lazy("In all of"),
    "no_segments": gettext_lazy("In none of"),
    "words": gettext_lazy("Words in the language"),
}
"""Name of a question -> what it is called."""

HOLIDAYS: Mapping[str, str | Promise] = {day.slug: day.name for day in RETAIL_DAYS}


def listed(words: Iterable[object]) -> str:
    """With what the language puts between the things of a list."""
    return pgettext("in a list", ", ").join(str(word) for word in words)


def _named(names: Mapping[Any, Any], values: Iterable[Any]) -> str:
    order = {value: place for place, value in enumerate(names)}
    ordered = sorted(values, key=lambda value: (order.get(value, len(order)), str(value)))
    return listed(names.get(value, value) for value in ordered)


def _moment(moment: datetime) -> str:
    return date_format(localtime(moment), "SHORT_DATETIME_FORMAT")


def _span(start: str, end: str) -> str:
    if start and end:
        return _("from %(start)s to %(end)s") % {"start": start, "end": end}
    return _("from %(start)s") % {"start": start} if start else _("until %(end)s") % {"end": end}


def _dates(target: Target, names: Names) -> str:
    return _span(*(_moment(each) if each else "" for each in (target.starts_at, target.ends_at)))


def _clock(hour: time | None) -> str:
    return time_format(hour, "TIME_FORMAT") if hour is not None else ""


def _hours(target: Target, names: Names) -> str:
    days = _named(WEEKDAYS, target.weekdays)
    hours = [_clock(target.hours_from), _clock(target.hours_to)]
    if not any(hours):
        return days
    return _("%(days)s, %(hours)s") % {"days": days, "hours": _span(*hours)} if days else _span(*hours)


def _countries(codes: Iterable[str]) -> str:
    language = get_language() or conf.base_language
    return listed(sorted(country_name(code, language) for code in codes))


ASKED: Mapping[str, Callable[[Target, Names], str]] = {
    "dates": _dates,
    "language": lambda target, names: _named(conf.spoken, target.languages),
    "device": lambda target, names: _named(DEVICES, target.devices),
    "country": lambda target, names: _countries(target.countries),
    "region": lambda target, names: _named({}, target.regions),
    "hours": _hours,
    "season": lambda target, names: _named(SEASONS, target.seasons),
    "holiday": lambda target, names: _named(HOLIDAYS, target.holidays),
    "kind": lambda target, names: _named(KINDS, target.kinds),
    "any_segments": lambda target, names: _named(names, target.any_segments),
    "all_segments": lambda target, names: _named(names, target.all_segments),
    "no_segments": lambda target, names: _named(names, target.no_segments),
}
"""Name of a question -> what a target asks by it."""


def _segments(audience: Audience, now: datetime, names: Names) -> str:
    return _named(names, audience.segments)


SAID: Mapping[str, Callable[[Audience, datetime, Names], str]] = {
    "dates": lambda audience, now, names: _moment(now),
    "language": lambda audience, now, names: _named(conf.spoken, [audience.language]),
    "device": lambda audience, now, names: _named(DEVICES, [audience.device.kind]),
    "country": lambda audience, now, names: _countries([audience.location.country]),
    "region": lambda audience, now, names: region_code(audience.location),
    "hours": lambda audience, now, names: date_format(audience.local_time, "l, H:i"),
    "season": lambda audience, now, names: season_name(audience.season),
    "holiday": lambda audience, now, names: listed(holiday.name for holiday in audience.holidays),
    "kind": lambda audience, now, names: _named(KINDS, [audience.kind]),
    "any_segments": _segments,
    "all_segments": _segments,
    "no_segments": _segments,
    "words": lambda audience, now, names: _named(conf.spoken, [audience.language]),
}
"""Name of a question -> what an audience answers."""


def target_in_words(target: Target, questions: Iterable[Any], names: Names) -> list[str]:
    """A line for each question: "Country: France, Poland"."""
    said = _("%(name)s: %(words)s")
    return [said % {"name": LABELS[each.name], "words": ASKED[each.name](target, names)} for each in questions]
