"""System checks of what the collector of events is told by settings; `personalization.checks` lists and runs them."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.checks import CheckMessage, Error

from personalization.collecting.batch import MOST_EVENTS
from personalization.collecting.event import KINDS, SERVER_ONLY
from personalization.conf import conf
from segmentation.activity import checked_kind

DAYS = 366


def event_kinds() -> Iterator[CheckMessage]:
    """E061."""
    for given in _texts("EVENT_KINDS", "personalization.E061"):
        if isinstance(given, CheckMessage):
            yield given
        elif given in SERVER_ONLY or given in KINDS:
            why = "is told by the shop itself" if given in SERVER_ONLY else "is a kind already"
            yield Error(f"EVENT_KINDS: {given!r} {why}", hint='["video_played"]', id="personalization.E061")
        else:
            try:
                checked_kind(given)
            except ValueError as error:
                yield Error(f"EVENT_KINDS: {error}", hint='["video_played"]', id="personalization.E061")


def events_rates() -> Iterator[CheckMessage]:
    """E062."""
    for name, rate in (("EVENTS_RATE", conf.events_rate), ("EVENTS_NETWORK_RATE", conf.events_network_rate)):
        if isinstance(rate, bool) or not isinstance(rate, int) or rate < MOST_EVENTS:
            message = f"{name}: {rate!r} is no whole number of at least {MOST_EVENTS}, the most that one batch has"
            yield Error(message, hint="Events a minute.", id="personalization.E062")


def failed_event_days() -> Iterator[CheckMessage]:
    """E063."""
    days = conf.failed_event_days
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= DAYS:
        yield Error(f"FAILED_EVENT_DAYS: {days!r} is no whole number from 1 to {DAYS}", id="personalization.E063")


def _texts(name: str, check_id: str) -> Iterator[str | CheckMessage]:
    """The texts of a list, or what is wrong with it as a list."""
    given = conf.raw.get(name, ())
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
        yield Error(f"{name}: {given!r} is no list of texts", id=check_id)
        return
    yield from given


CHECKS = (event_kinds, events_rates, failed_event_days)
