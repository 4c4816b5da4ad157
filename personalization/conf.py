"""The settings, a typed property each, read live from `settings.PERSONALIZATION`."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings

from segmentation.conf import conf as segmentation_conf

Value = TypeVar("Value")


class Settings:
    """One property a setting; wrong values are found by `personalization.checks`, never at request time."""

    @property
    def raw(self) -> dict[str, Any]:
        """The dictionary as the shop wrote it."""
        written: dict[str, Any] = getattr(settings, "PERSONALIZATION", {})
        return written

    def _get(self, name: str, default: Value) -> Value:
        # Whoever writes something else than a dictionary is told by a system check; until then nothing is set.
        value: Value = self.raw.get(name, default) if isinstance(self.raw, dict) else default
        return value

    def _texts(self, name: str, default: tuple[str, ...]) -> tuple[str, ...]:
        given: Any = self._get(name, default)
        return tuple(each for each in given if isinstance(each, str)) if isinstance(given, list | tuple) else default

    @property
    def trusted_proxies(self) -> tuple[str, ...]:
        """Networks (CIDR) of the proxies in front of the shop; only what they say of a visitor is believed."""
        return self._texts("TRUSTED_PROXIES", ())

    @property
    def country_header(self) -> str:
        """The header in which a trusted proxy names the visitor's country; "" is none."""
        return self._get("COUNTRY_HEADER", "")

    @property
    def geoip_path(self) -> str:
        """The MaxMind database (`.mmdb`) that knows where an address is; "" is none."""
        return str(self._get("GEOIP_PATH", "") or "")

    @property
    def country(self) -> str:
        """ISO 3166 code of the country that a visitor is taken to be in where nothing else is known; "" leaves it unknown."""
        return self._get("COUNTRY", "")

    @property
    def time_zone(self) -> ZoneInfo:
        """The shop's zone, which is segmentation's."""
        return segmentation_conf.time_zone

    @property
    def currencies(self) -> tuple[str, ...]:
        """Currencies that prices are shown in, the shop's own first; the base currency of segmentation unless given."""
        return self._texts("CURRENCIES", (segmentation_conf.base_currency,))

    @property
    def languages(self) -> tuple[str, ...]:
        """Languages that may be suggested; Django's `LANGUAGES` unless given."""
        return self._texts("LANGUAGES", tuple(code for code, _ in settings.LANGUAGES))

    @property
    def bots(self) -> Mapping[str, bool]:
        """Words of user agents that are a bot (True) or, against our own table, are none (False)."""
        given: Any = self._get("BOTS", {})
        return given if isinstance(given, Mapping) else {}


conf = Settings()
