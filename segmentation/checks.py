"""System checks: a setting or a shop source that cannot work is told by `manage.py check`, before it does harm.

| id | what is wrong |
|--|--|
| segmentation.E001 | SOURCE is not set, or cannot be imported |
| segmentation.E002 | SOURCE is no subclass of ShopSource |
| segmentation.E003 | TIME_ZONE is no IANA time zone |
| segmentation.E004 | CHANGES is none of the ways to follow the shop |
| segmentation.E005 | BASE_CURRENCY is no three-letter code |
| segmentation.E006 | STORE is no known store |
| segmentation.E007 | NARROW or WEEK_START is out of range, SEGMENTATION is no dictionary, or a setting has an unknown name |
| segmentation.E008 | SHOP, KEY or SOURCE_ALIAS cannot work |
| segmentation.E009 | USE_TZ is off |
| segmentation.E010 | a required column is not mapped |
| segmentation.E011 | a column's name is close to a canonical one that is not mapped |
| segmentation.E012 | a path or expression that leads to no value, or to many |
| segmentation.E013 | the kind of a column cannot be told |
| segmentation.E014 | a column's kind or scale does not fit its field |
| segmentation.E015 | a column's name cannot stand in a rule |
| segmentation.E016 | a relation's rows are no queryset, or one that cannot be read by columns |
| segmentation.E017 | a relation is missing or declared more than once |
| segmentation.E018 | a queryset prefetches what does not exist |
| segmentation.E019 | RATES gives no exchange rates |
| segmentation.E020 | PROFILING_CONSENT is none of its words |
| segmentation.E021 | VISITOR_DAYS or ACTIVITY_DAYS is no number of days |
| segmentation.E022 | API_RATES has no numbers of requests, or for whom there are no limits |
| segmentation.W001 | SQLite without WAL and IMMEDIATE transactions: a long write blocks checkouts |
| segmentation.W002 | money comes from whole numbers and no scale is said: are these minor units? |
| segmentation.W003 | rows are looked up by a column without an index |

They run with the tag "regulars" and touch no row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from difflib import get_close_matches
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.conf import settings
from django.core.checks import CheckMessage, Error, Warning, register
from django.db import DEFAULT_DB_ALIAS, connections

from segmentation.conf import API_RATES, CHANGES, PROFILING_CONSENTS, STORES, conf
from segmentation.errors import ConfigurationError, SourceError
from segmentation.rules.values import Kind
from segmentation.sources import ShopSource, active_source, rates
from segmentation.sources.indexes import unindexed
from segmentation.sources.problems import ProblemCode

TAG = "regulars"

MOST_REQUESTS = 1_000_000

MOST_DAYS = 36_500
"""A hundred years."""

SETTINGS = (
    "SOURCE",
    "SHOP",
    "TIME_ZONE",
    "WEEK_START",
    "BASE_CURRENCY",
    "RATES",
    "CHANGES",
    "STORE",
    "KEY",
    "SOURCE_ALIAS",
    "PROFILING_CONSENT",
    "VISITOR_DAYS",
    "ACTIVITY_DAYS",
    "NARROW",
    "API_RATES",
)
"""Every name that SEGMENTATION may hold."""

SOURCE_IDS: Mapping[ProblemCode, str] = {
    ProblemCode.REQUIRED: "segmentation.E010",
    ProblemCode.UNKNOWN: "segmentation.E011",
    ProblemCode.PATH: "segmentation.E012",
    ProblemCode.KIND_UNTOLD: "segmentation.E013",
    ProblemCode.KIND_MISMATCH: "segmentation.E014",
    ProblemCode.NAME: "segmentation.E015",
    ProblemCode.QUERYSET: "segmentation.E016",
    ProblemCode.RELATION: "segmentation.E017",
    ProblemCode.PREFETCH: "segmentation.E018",
}


@register(TAG)
def check_settings(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """Each setting on its own, E003 to E009 and E019 to E022."""
    if not isinstance(conf.raw, dict):
        return [Error("SEGMENTATION must be a dictionary", id="segmentation.E007")]
    found = [check() for check in SETTING_CHECKS]
    return [*(message for message in found if message is not None), *_rates(), *_unknown_names()]


@register(TAG)
def check_source(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """The source and all its relations, E001 to E002, E010 to E018 and W002 to W003."""
    if not isinstance(conf.raw, dict):
        return []
    try:
        source = active_source()
    except ConfigurationError as error:
        return [Error(str(error), id="segmentation.E001")]
    except SourceError as error:
        return [Error(str(error), id="segmentation.E002")]
    errors = [
        Error(str(problem), hint=problem.hint or None, obj=conf.source, id=SOURCE_IDS[problem.code])
        for problem in source.problems()
    ]
    return [*errors, *_bare_money(source), *_without_index(source)]


def _bare_money(source: ShopSource) -> list[CheckMessage]:
    """W002: amounts a hundred times too large are seen by nobody until a campaign goes out."""
    columns = [column for relation in source.relations.values() for column in relation.columns.values()]
    hint = 'Say Money("…", scale=2) for minor units, or Money("…", scale=0) for whole ones.'
    return [
        Warning(
            f"{column.relation}.{column.name}: money comes from whole numbers", hint=hint, obj=conf.source, id="segmentation.W002"
        )
        for column in columns
        if column.kind is Kind.MONEY and column.is_bare
    ]


def _without_index(source: ShopSource) -> list[CheckMessage]:
    """W003: at every change of a customer the shop's database would read the whole table."""
    return [
        Warning(
            f"{column.relation}.{column.name}: {field.model.__name__}.{field.name} has no index, and rows are looked up by it",
            hint="Set db_index=True, or add an index to Meta.indexes that begins with the field.",
            obj=conf.source,
            id="segmentation.W003",
        )
        for column, field in unindexed(source)
    ]


@register(TAG)
def check_database(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """W001, from the settings alone: the database is not opened."""
    connection = connections[DEFAULT_DB_ALIAS]
    database = connection.settings_dict
    if connection.vendor != "sqlite" or re.search(r":memory:|mode=memory", str(database["NAME"])):
        return []
    options = database.get("OPTIONS", {})
    missing = [wanted for wanted, pattern, option in SQLITE_OPTIONS if not re.search(pattern, str(options.get(option, "")), re.I)]
    if not missing:
        return []
    message = f"SQLite runs without {' and '.join(missing)}: while one process writes, checkouts wait and fail"
    hint = 'OPTIONS: {"transaction_mode": "IMMEDIATE", "init_command": "PRAGMA journal_mode=WAL", "timeout": 20}'
    return [Warning(message, hint=hint, id="segmentation.W001")]


SQLITE_OPTIONS = (
    ("journal_mode=WAL", r"journal_mode\s*=\s*['\"]?wal\b", "init_command"),
    ("IMMEDIATE transactions", r"^immediate$", "transaction_mode"),
)


def _time_zone() -> CheckMessage | None:
    try:
        ZoneInfo(conf.time_zone_name)
    except (ZoneInfoNotFoundError, ValueError, OSError, TypeError) as error:
        return Error(f'TIME_ZONE: "{conf.time_zone_name}" is no IANA time zone ({error})', id="segmentation.E003")
    return None


def _changes() -> CheckMessage | None:
    return _one_of("CHANGES", conf.changes, CHANGES, "segmentation.E004")


def _base_currency() -> CheckMessage | None:
    code = conf.base_currency
    if isinstance(code, str) and re.fullmatch("[A-Z]{3}", code):
        return None
    return Error(f"BASE_CURRENCY: {code!r} is no three-letter code in capitals", hint='ISO 4217: "EUR".', id="segmentation.E005")


def _store() -> CheckMessage | None:
    return _one_of("STORE", conf.store, STORES, "segmentation.E006")


def _profiling_consent() -> CheckMessage | None:
    return _one_of("PROFILING_CONSENT", conf.profiling_consent, PROFILING_CONSENTS, "segmentation.E020")


def _visitor_days() -> CheckMessage | None:
    return _some_days("VISITOR_DAYS", conf.visitor_days)


def _activity_days() -> CheckMessage | None:
    return _some_days("ACTIVITY_DAYS", conf.activity_days)


def _narrow() -> CheckMessage | None:
    if type(conf.narrow) is int and conf.narrow >= 0:
        return None
    return Error(f"NARROW: {conf.narrow!r} is no whole number from 0 up", id="segmentation.E007")


def _week_start() -> CheckMessage | None:
    if type(conf.week_start) is int and 1 <= conf.week_start <= 7:
        return None
    return Error(f"WEEK_START: {conf.week_start!r} is no day from 1 (Monday) to 7", id="segmentation.E007")


def _shop() -> CheckMessage | None:
    if isinstance(conf.shop, str) and 0 < len(conf.shop) <= 64:
        return None
    return Error(f"SHOP: {conf.shop!r} is no name of 1 to 64 characters", id="segmentation.E008")


def _key() -> CheckMessage | None:
    return None if isinstance(conf.key, str) else Error("KEY must be a text", id="segmentation.E008")


def _source_alias() -> CheckMessage | None:
    alias = conf.source_alias
    if alias is None or alias in settings.DATABASES:
        return None
    return Error(f"SOURCE_ALIAS: {alias!r} is none of {', '.join(settings.DATABASES)}", id="segmentation.E008")


def _time_zones() -> CheckMessage | None:
    hint = "Times without a zone cannot be ordered: orders would move over midnights."
    return None if settings.USE_TZ else Error("USE_TZ must be True", hint=hint, id="segmentation.E009")


def _api_rates() -> CheckMessage | None:
    given: Any = conf.raw.get("API_RATES", {})
    if given is None:
        return None
    hint = '{"machine": (50, 500)}: fifty a second, and five hundred at once; None for no limit.'
    if not isinstance(given, Mapping):
        return Error("API_RATES must be a dictionary, or None", hint=hint, id="segmentation.E022")
    for name, rate in given.items():
        if name not in API_RATES:
            return Error(f"API_RATES: {name!r} is none of {', '.join(API_RATES)}", id="segmentation.E022")
        if rate is not None and not _is_rate(rate):
            return Error(f"API_RATES: {rate!r} of {name} are no two numbers above 0", hint=hint, id="segmentation.E022")
    return None


def _is_rate(rate: object) -> bool:
    if not isinstance(rate, tuple | list) or len(rate) != 2:
        return False
    per_second, burst = rate
    return (
        type(per_second) in (int, float) and type(burst) is int and 0 < per_second <= MOST_REQUESTS and 0 < burst <= MOST_REQUESTS
    )


SETTING_CHECKS: tuple[Callable[[], CheckMessage | None], ...] = (
    _time_zone,
    _changes,
    _base_currency,
    _store,
    _profiling_consent,
    _visitor_days,
    _activity_days,
    _narrow,
    _api_rates,
    _week_start,
    _shop,
    _key,
    _source_alias,
    _time_zones,
)


def _one_of(name: str, value: object, choices: tuple[str, ...], check_id: str) -> CheckMessage | None:
    if value in choices:
        return None
    return Error(f"{name}: {value!r} is none of {', '.join(choices)}", id=check_id)


def _some_days(name: str, value: object) -> CheckMessage | None:
    if type(value) is int and 1 <= value <= MOST_DAYS:
        return None
    return Error(f"{name}: {value!r} is no whole number from 1 to {MOST_DAYS}", id="segmentation.E021")


def _rates() -> list[CheckMessage]:
    """E019, unless nobody knows what the rates lead to."""
    return [] if _base_currency() else [Error(text, id="segmentation.E019") for text in rates.problems()]


def _unknown_names() -> list[CheckMessage]:
    return [
        Error(f"SEGMENTATION has no setting {name!r}", hint=_meant(str(name)), id="segmentation.E007")
        for name in conf.raw
        if name not in SETTINGS
    ]


def _meant(name: str) -> str:
    close = get_close_matches(name.upper(), SETTINGS, n=1)
    return f"Did you mean {close[0]}?" if close else f"Settings are {', '.join(SETTINGS)}."
