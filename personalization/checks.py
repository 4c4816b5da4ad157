"""System checks: a setting that cannot work is told by `manage.py check`, before a visitor meets it.

| id | what is wrong |
|--|--|
| personalization.E001 | PERSONALIZATION is no dictionary, or has a setting of an unknown name |
| personalization.E002 | TRUSTED_PROXIES holds what is no network |
| personalization.E003 | COUNTRY_HEADER is no name of a header |
| personalization.E004 | GEOIP_PATH cannot be read, or is no MaxMind database |
| personalization.E005 | COUNTRY is no country |
| personalization.E006 | CURRENCIES are no list of three-letter codes |
| personalization.E007 | LANGUAGES holds a language that Django's LANGUAGES has not |
| personalization.E008 | BOTS is no dictionary of words and True or False |
| personalization.E011 | SIGNATURE is neither "cookie" nor "session" |
| personalization.E012 | PURPOSES holds what nobody can be asked to agree to |
| personalization.E013 | SEGMENT_NAMES is no dictionary of slugs and names |
| personalization.E014 | BASE_TEMPLATE cannot be found |
| personalization.E021 | CONTENT_SECONDS is no number of seconds |
| personalization.E022 | CONTENT_FALLBACKS is no dictionary of languages and lists of languages |
| personalization.E023 | QUIET_PATHS is no list of parts of addresses |
| personalization.E024 | STRICT_CACHE is neither True nor False |
| personalization.E025 | FRONT_ORIGINS holds what is no origin |
| personalization.E031 | RECOMMENDER_VERSIONS_KEPT is no whole number from 1 to 100 |
| personalization.E041 | LOW_STOCK is no number of pieces |
| personalization.E042 | PRICE_FLOOR is no amount |
| personalization.E043 | CATEGORY_CAP is no number of products |
| personalization.E044 | BRAND_CAP is no number of products |
| personalization.E045 | RECOMMEND_EXPLORE is no share from 0 to 1 |
| personalization.E051 | SHOWN_DAYS is no whole number from 1 to 36,500 |
| personalization.E061 | EVENT_KINDS holds what no event of the shop's own can be called |
| personalization.E062 | EVENTS_RATE or EVENTS_NETWORK_RATE is no whole number of at least 50 |
| personalization.E063 | FAILED_EVENT_DAYS is no whole number from 1 to 366 |
| personalization.W001 | libraries of the extra "place" are missing, and so is what they know |
| personalization.W002 | COUNTRY_HEADER is never believed, for there is no trusted proxy |
| personalization.W003 | TRUSTED_PROXIES trusts everyone |
| personalization.W011 | VisitorMiddleware stands before the session or the authentication middleware |
| personalization.W021 | SlotMiddleware stands where Django's cache does not hear it |
| personalization.W031 | the library of the extra "science" is missing, so that no recommender can be trained |

They run with the tag "regulars" and touch no row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from decimal import Decimal
from difflib import get_close_matches
from importlib.util import find_spec
from ipaddress import ip_network
from math import inf
from typing import Any

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.template.loader import get_template

from personalization.conf import SIGNATURES, conf
from personalization.rest import checks as rest_checks
from personalization.visitor import geoip
from personalization.visitor.countries import country_of
from personalization.visitor.purposes import MEANINGS

TAG = "regulars"

SETTINGS = (
    "TRUSTED_PROXIES",
    "COUNTRY_HEADER",
    "GEOIP_PATH",
    "COUNTRY",
    "CURRENCIES",
    "LANGUAGES",
    "BOTS",
    "SIGNATURE",
    "PURPOSES",
    "NOTICE_VERSION",
    "SEGMENT_NAMES",
    "BASE_TEMPLATE",
    "CONTENT_SECONDS",
    "CONTENT_FALLBACKS",
    "QUIET_PATHS",
    "STRICT_CACHE",
    "FRONT_ORIGINS",
    "RECOMMENDER_VERSIONS_KEPT",
    "LOW_STOCK",
    "PRICE_FLOOR",
    "CATEGORY_CAP",
    "BRAND_CAP",
    "RECOMMEND_EXPLORE",
    "SHOWN_DAYS",
    "EVENT_KINDS",
    "EVENTS_RATE",
    "EVENTS_NETWORK_RATE",
    "FAILED_EVENT_DAYS",
)
"""Every name that PERSONALIZATION may hold."""

LIBRARIES = {
    "maxminddb": "countries by GeoIP",
    "holidays": "public holidays",
    "babel": "the currency and the languages of a country",
    "ua_parser": "devices",
}
"""The modules of the extra "place", and what is unknown without each."""


@register(TAG)
def check_settings(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Each setting on its own, and what two of them come to."""
    if not isinstance(conf.raw, dict):
        return [Error("PERSONALIZATION must be a dictionary", id="personalization.E001")]
    return [*(message for check in SETTING_CHECKS for message in check()), *_unknown_names()]


@register(TAG)
def check_libraries(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """W001: nothing breaks without them, but what they know stays unknown."""
    missing = [name for name in LIBRARIES if find_spec(name) is None]
    if not missing:
        return []
    message = f"{', '.join(missing)} cannot be imported; unknown are {', '.join(LIBRARIES[name] for name in missing)}"
    return [Warning(message, hint="pip install django-regulars[place]", id="personalization.W001")]


@register(TAG)
def check_science(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """W031: pages are served without it, by a worker that has it."""
    if find_spec("scipy") is not None:
        return []
    message = "scipy cannot be imported; no recommender can be trained here"
    return [Warning(message, hint="pip install django-regulars[science]", id="personalization.W031")]


def _trusted_proxies() -> Iterator[CheckMessage]:
    return _each("TRUSTED_PROXIES", "personalization.E002", _network)


def _network(given: str) -> CheckMessage | None:
    try:
        network = ip_network(given)
    except ValueError as error:
        return Error(f"TRUSTED_PROXIES: {error}", hint='"10.0.0.0/8", "127.0.0.1".', id="personalization.E002")
    if network.prefixlen:
        return None
    message = f"TRUSTED_PROXIES: {given} is everyone, so anybody may say where he is"
    return Warning(message, hint="Name the networks of your own proxies.", id="personalization.W003")


def _country_header() -> Iterator[CheckMessage]:
    name = conf.country_header
    if not isinstance(name, str) or not re.fullmatch(r"(?:[A-Za-z][A-Za-z0-9-]*)?", name):
        yield Error(f"COUNTRY_HEADER: {name!r} is no name of a header", hint='"CF-IPCountry".', id="personalization.E003")
    elif name and not conf.trusted_proxies:
        message = f"COUNTRY_HEADER: {name} is never believed, for TRUSTED_PROXIES is empty"
        yield Warning(message, hint="Name the networks of the proxies that set it.", id="personalization.W002")


def _country() -> Iterator[CheckMessage]:
    code = conf.country
    if code != "" and (not isinstance(code, str) or country_of(code) != code):
        yield Error(f"COUNTRY: {code!r} is no country", hint='ISO 3166: "GB".', id="personalization.E005")


def _geoip_path() -> Iterator[CheckMessage]:
    if reason := geoip.problem(conf.geoip_path):
        yield Error(f"GEOIP_PATH: {reason}", hint="A MaxMind database, such as GeoLite2-City.mmdb.", id="personalization.E004")


def _currencies() -> Iterator[CheckMessage]:
    return _each("CURRENCIES", "personalization.E006", _currency)


def _currency(given: str) -> CheckMessage | None:
    if re.fullmatch("[A-Z]{3}", given):
        return None
    message = f"CURRENCIES: {given!r} is no three-letter code in capitals"
    return Error(message, hint='ISO 4217: "EUR".', id="personalization.E006")


def _languages() -> Iterator[CheckMessage]:
    return _each("LANGUAGES", "personalization.E007", _language)


def _language(given: str) -> CheckMessage | None:
    return _one_of("LANGUAGES", given, tuple(code for code, _ in settings.LANGUAGES), "personalization.E007")


def _bots() -> Iterator[CheckMessage]:
    given = conf.raw.get("BOTS", {})
    words = given.items() if isinstance(given, dict) else [(given, None)]
    if not all(isinstance(word, str) and word and isinstance(is_bot, bool) for word, is_bot in words):
        hint = '{"acme-monitor": True, "headlesschrome": False}'
        yield Error("BOTS must be a dictionary of words and True or False", hint=hint, id="personalization.E008")


def _signature() -> Iterator[CheckMessage]:
    if wrong := _one_of("SIGNATURE", conf.signature, SIGNATURES, "personalization.E011"):
        yield wrong


def _purposes() -> Iterator[CheckMessage]:
    return _each("PURPOSES", "personalization.E012", _purpose)


def _purpose(given: str) -> CheckMessage | None:
    return _one_of("PURPOSES", given, tuple(MEANINGS), "personalization.E012")


def _segment_names() -> Iterator[CheckMessage]:
    given = conf.raw.get("SEGMENT_NAMES", {})
    if not isinstance(given, dict) or not all(isinstance(slug, str) for slug in given):
        hint = '{"regulars": _("our regulars")}'
        yield Error("SEGMENT_NAMES must be a dictionary of slugs and names", hint=hint, id="personalization.E013")


def _base_template() -> Iterator[CheckMessage]:
    try:
        get_template(conf.base_template)
    except Exception as error:  # missing, or broken in any way that a template can be
        message = f"BASE_TEMPLATE: {conf.base_template!r} cannot be used: {type(error).__name__}: {error}"
        yield Error(message, hint="A template with the blocks title and content.", id="personalization.E014")


def _middleware() -> Iterator[CheckMessage]:
    order = list(settings.MIDDLEWARE)
    late = [name for name in BEFORE_OURS if name in order and MIDDLEWARE in order and order.index(name) > order.index(MIDDLEWARE)]
    if late:
        message = f"{MIDDLEWARE} stands before {', '.join(late)}, so no visitor is logged in"
        yield Warning(message, hint="Put it behind them.", id="personalization.W011")


MIDDLEWARE = "personalization.middleware.VisitorMiddleware"
BEFORE_OURS = (
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
)


def _content_seconds() -> Iterator[CheckMessage]:
    seconds = conf.content_seconds
    if isinstance(seconds, bool) or not isinstance(seconds, int | float) or not 0 < seconds <= DAY:
        yield Error(f"CONTENT_SECONDS: {seconds!r} is no number of seconds up to a day", id="personalization.E021")


def _content_fallbacks() -> Iterator[CheckMessage]:
    given = conf.raw.get("CONTENT_FALLBACKS", {})
    spoken = {code for code, _ in settings.LANGUAGES}
    wrong = "must be a dictionary of languages and lists of languages"
    if not isinstance(given, dict) or not all(isinstance(codes, list | tuple) for codes in given.values()):
        yield Error(f"CONTENT_FALLBACKS {wrong}", hint='{"zh-hant": ["zh-hans", "en"]}', id="personalization.E022")
        return
    for code in {*given, *(code for codes in given.values() for code in codes)} - spoken:
        message = f"CONTENT_FALLBACKS: {code!r} is none of {', '.join(sorted(spoken))}"
        yield Error(message, id="personalization.E022")


def _quiet_paths() -> Iterator[CheckMessage]:
    given = conf.raw.get("QUIET_PATHS", [])
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) and each for each in given):
        yield Error(f"QUIET_PATHS: {given!r} is no list of parts of addresses", hint='["/checkout/"]', id="personalization.E023")


def _strict_cache() -> Iterator[CheckMessage]:
    given = conf.raw.get("STRICT_CACHE", False)
    if not isinstance(given, bool):
        yield Error(f"STRICT_CACHE: {given!r} is neither True nor False", id="personalization.E024")


def _front_origins() -> Iterator[CheckMessage]:
    return _each("FRONT_ORIGINS", "personalization.E025", _origin)


def _origin(given: str) -> CheckMessage | None:
    if re.fullmatch(r"https?://[a-z0-9.\-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?", given):
        return None
    hint = '"https://www.example.com": scheme, host and port in small letters, and no path.'
    return Error(f"FRONT_ORIGINS: {given!r} is no origin", hint=hint, id="personalization.E025")


def _versions_kept() -> Iterator[CheckMessage]:
    kept = conf.recommender_versions_kept
    if isinstance(kept, bool) or not isinstance(kept, int) or not 1 <= kept <= 100:
        message = f"RECOMMENDER_VERSIONS_KEPT: {kept!r} is no whole number from 1 to 100"
        yield Error(message, id="personalization.E031")


def _low_stock() -> Iterator[CheckMessage]:
    return _count("LOW_STOCK", conf.low_stock, "personalization.E041")


def _category_cap() -> Iterator[CheckMessage]:
    return _count("CATEGORY_CAP", conf.category_cap, "personalization.E043", may_be_none=True)


def _brand_cap() -> Iterator[CheckMessage]:
    return _count("BRAND_CAP", conf.brand_cap, "personalization.E044", may_be_none=True)


def _count(name: str, given: object, check_id: str, *, may_be_none: bool = False) -> Iterator[CheckMessage]:
    if given is None and may_be_none:
        return
    if isinstance(given, bool) or not isinstance(given, int) or given < 1:
        yield Error(f"{name}: {given!r} is no whole number of at least 1", id=check_id)


def _price_floor() -> Iterator[CheckMessage]:
    given = conf.price_floor
    if given is not None and (isinstance(given, bool) or not isinstance(given, int | float | Decimal) or not 0 <= given < inf):
        yield Error(f"PRICE_FLOOR: {given!r} is no amount and not None", id="personalization.E042")


def _recommend_explore() -> Iterator[CheckMessage]:
    share = conf.recommend_explore
    if isinstance(share, bool) or not isinstance(share, int | float) or not 0 <= share <= 1:
        yield Error(f"RECOMMEND_EXPLORE: {share!r} is no share from 0 to 1", id="personalization.E045")


def _shown_days() -> Iterator[CheckMessage]:
    days = conf.shown_days
    if isinstance(days, bool) or not isinstance(days, int) or not 1 <= days <= 36_500:
        yield Error(f"SHOWN_DAYS: {days!r} is no whole number from 1 to 36,500", id="personalization.E051")


def _slot_middleware() -> Iterator[CheckMessage]:
    """W021: what is said on a response after the cache kept it is not heard."""
    places = {name: place for place, name in enumerate(settings.MIDDLEWARE)}
    ours, update, fetch = (
        places.get(name) for name in (SLOTS, f"{CACHE}.UpdateCacheMiddleware", f"{CACHE}.FetchFromCacheMiddleware")
    )
    if ours is None:
        return
    if (update is not None and ours < update) or (fetch is not None and ours > fetch):
        hint = "Put it between UpdateCacheMiddleware and FetchFromCacheMiddleware."
        yield Warning("SlotMiddleware stands where Django's cache does not hear it", hint=hint, id="personalization.W021")


SLOTS = "personalization.middleware.SlotMiddleware"
CACHE = "django.middleware.cache"
DAY = 24 * 60 * 60


SETTING_CHECKS: tuple[Callable[[], Iterator[CheckMessage]], ...] = (
    _trusted_proxies,
    _country_header,
    _geoip_path,
    _country,
    _currencies,
    _languages,
    _bots,
    _signature,
    _purposes,
    _segment_names,
    _base_template,
    _middleware,
    _content_seconds,
    _content_fallbacks,
    _quiet_paths,
    _strict_cache,
    _front_origins,
    _shown_days,
    _slot_middleware,
    _versions_kept,
    _low_stock,
    _price_floor,
    _category_cap,
    _brand_cap,
    _recommend_explore,
    *rest_checks.CHECKS,
)


def _each(name: str, check_id: str, problem: Callable[[str], CheckMessage | None]) -> Iterator[CheckMessage]:
    """What is wrong with each text of a list, or with it as a list."""
    given = conf.raw.get(name, ())
    if not isinstance(given, list | tuple) or not all(isinstance(each, str) for each in given):
        yield Error(f"{name}: {given!r} is no list of texts", id=check_id)
        return
    yield from (message for each in given if (message := problem(each)) is not None)


def _one_of(name: str, value: object, choices: tuple[str, ...], check_id: str) -> CheckMessage | None:
    if value in choices:
        return None
    return Error(f"{name}: {value!r} is none of {', '.join(choices)}", id=check_id)


def _unknown_names() -> Iterator[CheckMessage]:
    for name in conf.raw:
        if name not in SETTINGS:
            yield Error(f"PERSONALIZATION has no setting {name!r}", hint=_meant(str(name)), id="personalization.E001")


def _meant(name: str) -> str:
    close = get_close_matches(name.upper(), SETTINGS, n=1)
    return f"Did you mean {close[0]}?" if close else f"Settings are {', '.join(SETTINGS)}."
