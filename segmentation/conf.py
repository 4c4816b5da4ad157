"""The settings, a typed property each, read live from `settings.SEGMENTATION`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings

CHANGES = ("none", "inline", "celery")
STORES = ("memory",)
PROFILING_CONSENTS = ("none", "activity", "all")

API_RATES: Mapping[str, tuple[float, int] | None] = {
    "machine": (50, 500),
    "person": (20, 200),
    "visitor": (10, 100),
    "stranger": (5, 50),
}
"""By token, by account, a visitor of a storefront, and whoever is known by address alone."""

Value = TypeVar("Value")


class Settings:
    """One property a setting; wrong values are found by `segmentation.checks`, never at request time."""

    @property
    def raw(self) -> dict[str, Any]:
        """The dictionary as the shop wrote it."""
        written: dict[str, Any] = getattr(settings, "SEGMENTATION", {})
        return written

    def _get(self, name: str, default: Value) -> Value:
        # Whoever writes something else than a dictionary is told by a system check; until then nothing is set.
        value: Value = self.raw.get(name, default) if isinstance(self.raw, dict) else default
        return value

    @property
    def source(self) -> str:
        """Dotted path of the shop's `ShopSource` subclass."""
        return self._get("SOURCE", "")

    @property
    def shop(self) -> str:
        """The shop these settings speak of; stands in every unique key of ours."""
        return self._get("SHOP", "default")

    @property
    def time_zone_name(self) -> str:
        """IANA name of the shop's zone; Django's `TIME_ZONE` unless given."""
        return self._get("TIME_ZONE", "") or settings.TIME_ZONE

    @property
    def time_zone(self) -> ZoneInfo:
        """The shop's zone, which decides where its days begin."""
        return ZoneInfo(self.time_zone_name)

    @property
    def week_start(self) -> int:
        """The day on which the shop's weeks start: 1 is Monday, 7 Sunday."""
        return self._get("WEEK_START", 1)

    @property
    def base_currency(self) -> str:
        """ISO 4217 code that rules about money are written in."""
        return self._get("BASE_CURRENCY", "EUR")

    @property
    def rates(self) -> dict[str, Any] | str | None:
        """Rates by currency, or the dotted path of a function that knows them; None is the table of our own."""
        return self._get("RATES", None)

    @property
    def changes(self) -> str:
        """What a change in the shop does: "none", "inline" (in the same process, after commit) or "celery"."""
        return self._get("CHANGES", "inline")

    @property
    def store(self) -> str:
        """Where columns of everyone are kept: "memory" reads them anew for each refresh."""
        return self._get("STORE", "memory")

    @property
    def key(self) -> str:
        """Secret that turns a guest's e-mail into a profile key; must stay the same for ever."""
        return self._get("KEY", "") or settings.SECRET_KEY

    @property
    def source_alias(self) -> str | None:
        """Database alias for bulk reads (a replica is fine); the default routing if not set."""
        return self._get("SOURCE_ALIAS", None)

    @property
    def profiling_consent(self) -> str:
        """What may not be asked of somebody who did not agree to profiling: "none", "activity" or "all" behaviour."""
        return self._get("PROFILING_CONSENT", "activity")

    @property
    def visitor_days(self) -> int:
        """Days after which a visitor who was not seen again is forgotten: 13 months unless given."""
        return self._get("VISITOR_DAYS", 395)

    @property
    def activity_days(self) -> int:
        """Days after which what people did is deleted."""
        return self._get("ACTIVITY_DAYS", 750)

    @property
    def narrow(self) -> int:
        """Below so many members the owner is warned."""
        return self._get("NARROW", 20)

    @property
    def api_rates(self) -> Mapping[str, tuple[float, int] | None]:
        """Kind of caller of the REST API -> (requests a second, requests at once); None sets no limit."""
        given: Any = self._get("API_RATES", {})
        if given is None:
            return dict.fromkeys(API_RATES)
        return {**API_RATES, **given} if isinstance(given, Mapping) else API_RATES


conf = Settings()
