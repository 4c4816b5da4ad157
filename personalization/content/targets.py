"""To whom a variant is shown: a target, and the table of questions that it is made of."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from personalization.visitor.audience import Audience
    from personalization.visitor.location import Location

NOBODY: frozenset[str] = frozenset()
EVERY_DAY: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """What must hold. An empty part asks nothing; of the values of one part, one is enough (of `all_segments`, every one)."""

    any_segments: frozenset[str] = NOBODY
    all_segments: frozenset[str] = NOBODY
    no_segments: frozenset[str] = NOBODY
    countries: frozenset[str] = NOBODY
    regions: frozenset[str] = NOBODY
    seasons: frozenset[str] = NOBODY
    holidays: frozenset[str] = NOBODY
    devices: frozenset[str] = NOBODY
    kinds: frozenset[str] = NOBODY
    languages: frozenset[str] = NOBODY
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    weekdays: frozenset[int] = EVERY_DAY
    hours_from: time | None = None
    hours_to: time | None = None


EVERYONE = Target()


@dataclass(frozen=True, slots=True)
class Question:
    """One question of a target: which of its parts it is about, and whether it holds for an audience at a moment.

    Only what a target says is asked of the audience, which may have to look it up.
    """

    name: str
    parts: tuple[str, ...]
    holds: Callable[[Target, Audience, datetime], bool]

    def asked_by(self, target: Target) -> bool:
        """Whether the target says anything about it."""
        return any(getattr(target, part) for part in self.parts if part not in MOMENTS) or any(
            getattr(target, part) is not None for part in self.parts if part in MOMENTS
        )


MOMENTS = frozenset({"starts_at", "ends_at", "hours_from", "hours_to"})
"""Parts that are unset as None: midnight is an hour like any other."""


def _dates(target: Target, audience: Audience, now: datetime) -> bool:
    return is_scheduled(target, now)


def is_scheduled(target: Target, now: datetime) -> bool:
    """Whether it is time, wherever the visitor is; the end itself is too late."""
    has_begun = target.starts_at is None or target.starts_at <= now
    return has_begun and (target.ends_at is None or now < target.ends_at)


def _hours(target: Target, audience: Audience, now: datetime) -> bool:
    return is_open(target, audience.local_time)


def is_open(target: Target, local: datetime) -> bool:
    """Whether a wall clock is within the weekdays and hours.

    Hours may go over midnight; such a night belongs to the weekday on which it began.
    """
    start, end = target.hours_from or time.min, target.hours_to
    clock, day = local.time(), local
    if end is not None and end <= start:
        if end <= clock < start:
            return False
        day = local - timedelta(days=1) if clock < end else local
    elif clock < start or (end is not None and clock >= end):
        return False
    return not target.weekdays or day.isoweekday() in target.weekdays


def region_code(location: Location) -> str:
    """ISO 3166-2, whether the region is known with its country ("FR-IDF") or without ("IDF"); "" where it is unknown."""
    region = location.region.upper()
    if not region or not location.country or region.startswith(f"{location.country}-"):
        return region
    return f"{location.country}-{region}"


QUESTIONS: tuple[Question, ...] = (
    Question("dates", ("starts_at", "ends_at"), _dates),
    Question("language", ("languages",), lambda target, audience, now: audience.language in target.languages),
    Question("device", ("devices",), lambda target, audience, now: audience.device.kind in target.devices),
    Question("country", ("countries",), lambda target, audience, now: audience.location.country in target.countries),
    Question("region", ("regions",), lambda target, audience, now: region_code(audience.location) in target.regions),
    Question("hours", ("weekdays", "hours_from", "hours_to"), _hours),
    Question("season", ("seasons",), lambda target, audience, now: audience.season in target.seasons),
    Question(
        "holiday",
        ("holidays",),
        lambda target, audience, now: any(holiday.slug in target.holidays for holiday in audience.holidays),
    ),
    Question("kind", ("kinds",), lambda target, audience, now: audience.kind in target.kinds),
    Question(
        "any_segments", ("any_segments",), lambda target, audience, now: not target.any_segments.isdisjoint(audience.segments)
    ),
    Question("all_segments", ("all_segments",), lambda target, audience, now: target.all_segments <= audience.segments),
    Question("no_segments", ("no_segments",), lambda target, audience, now: target.no_segments.isdisjoint(audience.segments)),
)
"""In the order in which they are asked: what costs a look-up comes last."""


def questions_of(target: Target) -> tuple[Question, ...]:
    """What a target asks."""
    return tuple(question for question in QUESTIONS if question.asked_by(target))
