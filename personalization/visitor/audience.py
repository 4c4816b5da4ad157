"""What content may ask of whoever looks at it: the visitor of a request, or somebody made up for a preview."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Protocol

if TYPE_CHECKING:
    from personalization.visitor.device import Device
    from personalization.visitor.holidays import Holiday
    from personalization.visitor.location import Location
    from personalization.visitor.season import Season


class VisitorKind(StrEnum):
    """How well somebody is known here."""

    NEW = "new"
    RETURNING = "returning"
    MEMBER = "member"


class Audience(Protocol):
    """One person as content sees them; every fact is there, unknown or not, and asking raises nothing."""

    @property
    def segments(self) -> frozenset[str]:
        """Slugs of the live segments the person is in; none where they refused profiling."""

    @property
    def kind(self) -> VisitorKind:
        """New here, here before, or with an account and logged in."""

    @property
    def location(self) -> Location:
        """Where they are, by whose word; the country is "" where nobody knows."""

    @property
    def season(self) -> Season | None:
        """The season where they are; None where that is unknown."""

    @property
    def holidays(self) -> Sequence[Holiday]:
        """Holidays and retail days around their day."""

    @property
    def local_time(self) -> datetime:
        """Their wall clock, an aware moment."""

    @property
    def device(self) -> Device:
        """What they look with."""

    @property
    def language(self) -> str:
        """The language of the page, a code of Django's."""

    @property
    def currency(self) -> str:
        """ISO 4217 code of the currency they want to see."""

    @property
    def first_name(self) -> str:
        """Of the account; "" where it is not known."""

    @property
    def viewed(self) -> tuple[str, ...]:
        """Ids of the products they looked at last, the last in front; none where they refused profiling."""

    @property
    def last_viewed(self) -> str:
        """The first of these; "" without one."""

    @property
    def consent(self) -> bool | None:
        """Their word on profiling; None is no word."""

    @property
    def key(self) -> str:
        """Their profile key; "" of somebody of whom nothing is kept."""

    @property
    def word(self) -> bool | None:
        """The word on profiling that counts, asked without making the page theirs."""

    @property
    def may_follow(self) -> bool:
        """Whether what they did before may be read."""

    def make_personal(self) -> None:
        """What is shown is made for them, and no cache may give it to others."""


@dataclass(frozen=True, kw_only=True)
class PlainAudience:
    """Somebody made up: what the owner picks in a preview, or what a test needs."""

    location: Location
    season: Season | None
    local_time: datetime
    device: Device
    segments: frozenset[str] = frozenset()
    kind: VisitorKind = VisitorKind.NEW
    holidays: Sequence[Holiday] = ()
    language: str = "en"
    currency: str = "EUR"
    first_name: str = ""
    viewed: tuple[str, ...] = ()
    consent: bool | None = None
    key: str = ""

    @property
    def word(self) -> bool | None:
        """As given."""
        return self.consent

    @property
    def may_follow(self) -> bool:
        """Of whoever is made up all may be read, unless they refuse."""
        return self.consent is not False

    def make_personal(self) -> None:
        """There is no page of theirs."""

    @property
    def last_viewed(self) -> str:
        """The first of those looked at; "" without one."""
        return next(iter(self.viewed), "")
