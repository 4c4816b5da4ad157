"""The flow: a batch of a visitor's events, judged, written down and remembered by their visit."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple
from urllib.parse import SplitResult, urlsplit

from django.http import QueryDict
from django.utils.translation import gettext as _

from personalization.collecting.batch import Batch
from personalization.collecting.clock import moment
from personalization.collecting.event import CLICK, Event, read_event
from personalization.collecting.failing import note_failed
from personalization.collecting.wrong import CannotTake, Wrong
from personalization.conf import conf
from personalization.measure.clicked import Noted, note_clicks
from personalization.visitor import choice, visits
from personalization.visitor.arrival import arrival_of
from personalization.visitor.deeds import named
from personalization.visitor.who import Visitor
from segmentation.activity import Deed, Kind, record_counted
from segmentation.profiles.visitors import new_visitor_id

NOT_FOLLOWED = "not-followed"
"""No consent where it is asked, a refusal, or no person: whoever asks learns of themselves alone, and not which of these."""

NOT_KNOWN_YET = "not-known-yet"
"""Nobody is asked here, and nobody is known by this request: the answer gives them an id, so that their next events count."""


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of a batch. `reason` says why nothing of it was kept, where nothing was, whatever it held."""

    accepted: int = 0
    repeated: int = 0
    failed: tuple[Wrong, ...] = ()
    reason: str = ""


class _Told(NamedTuple):
    place: int
    event: Event


def take(batch: Batch, visitor: Visitor) -> Taken:
    """Written when it returns. What cannot be taken fails alone; what was taken before is counted and left.

    Raises what the database raises; then nothing of it was written but clicks, and it may be sent again.
    """
    if visitor.is_bot:
        return Taken(reason=NOT_FOLLOWED)
    told, failed = _read(batch)
    deeds, reason = Taken(), _reason(visitor)
    clicks, unknown = _take_clicks(told, visitor)
    failed = sorted([*failed, *unknown], key=lambda each: each[0])
    if not reason:
        deeds = _take_deeds([one.event for one in told if one.event.kind != CLICK], batch, visitor)
    if failed:
        note_failed([(bytes(batch.events[place]), wrong) for place, wrong in failed], now=visitor.now)
    return Taken(
        accepted=deeds.accepted + clicks.accepted,
        repeated=deeds.repeated + clicks.repeated,
        failed=tuple(replace(wrong, pointer=f"/events/{place}{wrong.pointer}") for place, wrong in failed),
        reason=reason or deeds.reason,
    )


def _read(batch: Batch) -> tuple[list[_Told], list[tuple[int, Wrong]]]:
    told, failed = [], []
    for place, raw in enumerate(batch.events):
        try:
            told.append(_Told(place, read_event(raw)))
        except CannotTake as error:
            failed.append((place, error.wrong))
    return told, failed


def _reason(visitor: Visitor) -> str:
    """Why what they did is not kept; "" where it is."""
    if not _may_follow(visitor):
        return NOT_FOLLOWED
    if visitor.key:
        return ""
    if conf.asks_consent:
        return NOT_FOLLOWED
    # Events that are sent again must be the same person's, who is none before their browser holds the id.
    visits.give_id(visitor, new_visitor_id())
    return NOT_KNOWN_YET


def _may_follow(visitor: Visitor) -> bool:
    """Of somebody who said yes here, the database is asked once, as it writes."""
    if conf.asks_consent and visitor.words.get(choice.PROFILING):
        return True
    return visitor.may_follow


def _take_clicks(told: Sequence[_Told], visitor: Visitor) -> tuple[Taken, list[tuple[int, Wrong]]]:
    """Counted of everybody: a list of somebody who is not followed is nobody's, and so is the click."""
    clicks = [one for one in told if one.event.kind == CLICK]
    if not clicks:
        return Taken(), []
    noted = note_clicks([(str(one.event.shown), one.event.place or 0) for one in clicks], now=visitor.now)
    wrong = Wrong("/shown", _("No list with this place was shown a short while ago under this token."), "unknown-list")
    unknown = [(one.place, wrong) for one, each in zip(clicks, noted, strict=True) if each is Noted.UNKNOWN]
    return Taken(noted.count(Noted.NEW), noted.count(Noted.BEFORE)), unknown


def _take_deeds(told: Sequence[Event], batch: Batch, visitor: Visitor) -> Taken:
    """A visit that none is remembered of begins with them, and its deed with their first: sent again, it is the same."""
    if not told:
        return Taken()
    whose = visitor.visitor_id or f"customer\0{visitor.customer}"
    deeds = [_deed(event, whose, batch, visitor) for event in told if event.kind != Kind.VISIT]
    visit = None if visitor.visit else _visit(told, whose, batch, visitor)
    if visit is not None:
        deeds.insert(0, visit)
    recorded = record_counted(named(visitor, deeds), now=visitor.now)
    if deeds and not recorded.written and not recorded.repeated:
        return Taken(reason=NOT_FOLLOWED)  # by a word that was given a moment ago, or elsewhere
    visits.go_on(visitor, _looked_at(told))
    accepted = len(recorded.written & {uid_of(whose, event.id) for event in told})
    return Taken(accepted=accepted, repeated=len(told) - accepted)


def _visit(told: Sequence[Event], whose: str, batch: Batch, visitor: Visitor) -> Deed:
    said = next((event for event in told if event.kind == Kind.VISIT), None)
    page = _split(said.page or "" if said else "")
    referrer = said.referrer or "" if said else ""
    visitor.arrival = arrival_of(QueryDict(page.query), referrer, page.netloc or visitor.request.get_host())
    uid = uid_of(whose, said.id if said else f"visit\0{told[0].id}")
    return Deed(Kind.VISIT, min(moment(event.at, batch.sent_at, visitor.now) for event in told), uid=uid)


def _split(address: str) -> SplitResult:
    try:
        return urlsplit(address)
    except ValueError:  # "http://[": brackets that do not close
        return urlsplit("")


def _looked_at(told: Sequence[Event]) -> list[str]:
    """Products in the order in which they were sent, the last in front."""
    return [event.product for event in reversed(told) if event.kind == Kind.VIEW and event.product]


def _deed(event: Event, whose: str, batch: Batch, visitor: Visitor) -> Deed:
    return Deed(
        event.kind,
        moment(event.at, batch.sent_at, visitor.now),
        uid=uid_of(whose, event.id),
        product_id=event.product or "",
        category=event.category or "",
        query=event.query or "",
        value=event.value,
    )


def uid_of(whose: str, event_id: str) -> str:
    """A deed's name: nobody can take one that another's event will have."""
    return hashlib.blake2b(f"{whose}\0{event_id}".encode(), digest_size=20, person=b"rg:event").hexdigest()
