"""The settings, a typed property each, read live from `settings.PERSONALIZATION`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

from django.conf import settings

from segmentation.conf import conf as segmentation_conf

SIGNATURES = ("cookie", "session")

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

    @property
    def signature(self) -> str:
        """Where the segments of whoever looks are remembered for a minute: in a signed "cookie", or in the "session"."""
        return self._get("SIGNATURE", "cookie")

    @property
    def purposes(self) -> tuple[str, ...]:
        """What visitors are asked to agree to, each on its own."""
        return self._texts("PURPOSES", ("profiling",))

    @property
    def notice_version(self) -> str:
        """Version of the words that visitors agree to; with another they are asked again."""
        return str(self._get("NOTICE_VERSION", "1"))

    @property
    def segment_names(self) -> Mapping[str, str]:
        """By slug, what a customer is told that a segment is; the owner's own names are never shown."""
        given: Any = self._get("SEGMENT_NAMES", {})
        return given if isinstance(given, Mapping) else {}

    @property
    def shop(self) -> str:
        """The shop these settings speak of, as segmentation calls it."""
        return segmentation_conf.shop

    @property
    def base_currency(self) -> str:
        """ISO 4217 code of the currency that the shop's own prices are in."""
        return segmentation_conf.base_currency

    @property
    def asks_consent(self) -> bool:
        """Whether somebody must have agreed before we follow what they do; segmentation's PROFILING_CONSENT."""
        return segmentation_conf.profiling_consent != "none"

    @property
    def session_cookie(self) -> str:
        """Name of Django's session cookie."""
        return settings.SESSION_COOKIE_NAME

    @property
    def language_cookie(self) -> dict[str, Any]:
        """The cookie that Django reads the chosen language from, as `set_cookie` takes it."""
        return {
            "key": settings.LANGUAGE_COOKIE_NAME,
            "max_age": settings.LANGUAGE_COOKIE_AGE,
            "path": settings.LANGUAGE_COOKIE_PATH,
            "domain": settings.LANGUAGE_COOKIE_DOMAIN,
            "secure": settings.LANGUAGE_COOKIE_SECURE,
            "httponly": settings.LANGUAGE_COOKIE_HTTPONLY,
            "samesite": settings.LANGUAGE_COOKIE_SAMESITE,
        }

    @property
    def base_template(self) -> str:
        """The shop's template that our pages stand in; it has blocks `title` and `content`."""
        return self._get("BASE_TEMPLATE", "personalization/base.html")

    @property
    def debug(self) -> bool:
        """Whether pages may speak to developers."""
        return bool(settings.DEBUG)

    @property
    def content_seconds(self) -> float:
        """For so long at most a process goes by slots and merchandising rules as read, should nothing tell it of a change."""
        return self._get("CONTENT_SECONDS", 60)

    @property
    def strict_cache(self) -> bool:
        """Whether a slot that a shared cache would give to the wrong person raises; if not, its default is shown."""
        return bool(self._get("STRICT_CACHE", settings.DEBUG))

    @property
    def content_fallbacks(self) -> Mapping[str, Sequence[str]]:
        """Language -> the languages whose words are shown where content has none in it.

        A language that is not named takes Django's `LANGUAGE_CODE`; the Chinese ones take none.
        """
        given: Any = self._get("CONTENT_FALLBACKS", {})
        return given if isinstance(given, Mapping) else {}

    @property
    def spoken(self) -> Mapping[str, str]:
        """Code -> name of every language of the site: Django's `LANGUAGES`."""
        return {code: str(name) for code, name in settings.LANGUAGES}

    @property
    def base_language(self) -> str:
        """The language that content is first written in."""
        return settings.LANGUAGE_CODE

    @property
    def shown_days(self) -> int:
        """For so many days it is kept which products were recommended, and which of them were opened."""
        return self._get("SHOWN_DAYS", 400)

    @property
    def quiet_paths(self) -> tuple[str, ...]:
        """Parts of addresses of pages where no pop-up opens."""
        return self._texts("QUIET_PATHS", ("/checkout/",))

    @property
    def front_origins(self) -> tuple[str, ...]:
        """Origins of headless fronts, whose pages may call the front API: "https://shop.example"."""
        return self._texts("FRONT_ORIGINS", ())

    @property
    def recommender_versions_kept(self) -> int:
        """So many trained versions stay, the one that is served among them, to roll back to."""
        return self._get("RECOMMENDER_VERSIONS_KEPT", 3)

    @property
    def low_stock(self) -> int:
        """Of a wish, so many pieces left are few."""
        return self._get("LOW_STOCK", 3)

    @property
    def price_floor(self) -> float | None:
        """Nothing cheaper is recommended, in the shop's currency; None sets no limit."""
        return self._get("PRICE_FLOOR", None)

    @property
    def category_cap(self) -> int | None:
        """Products of one category in a list, but for lists whose products are alike by nature; None sets no limit."""
        return self._get("CATEGORY_CAP", 4)

    @property
    def brand_cap(self) -> int | None:
        """Products of one brand in a list, likewise."""
        return self._get("BRAND_CAP", None)

    @property
    def recommend_explore(self) -> float:
        """Share of lists, 0 to 1, whose last place is drawn among the next candidates, to learn how these would do."""
        return self._get("RECOMMEND_EXPLORE", 0.0)

    @property
    def event_kinds(self) -> tuple[str, ...]:
        """The shop's own words for what fronts tell, beside the kinds that we know."""
        return self._texts("EVENT_KINDS", ())

    @property
    def events_rate(self) -> int:
        """So many events a minute are taken of one visitor."""
        return self._get("EVENTS_RATE", 300)

    @property
    def events_network_rate(self) -> int:
        """So many events a minute are taken of one network: 256 addresses of IPv4, a /48 of IPv6."""
        return self._get("EVENTS_NETWORK_RATE", 6_000)

    @property
    def failed_event_days(self) -> int:
        """For so many days it is kept which events could not be taken."""
        return self._get("FAILED_EVENT_DAYS", 7)


conf = Settings()
