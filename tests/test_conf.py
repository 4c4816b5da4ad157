from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from segmentation.conf import CHANGES, PROFILING_CONSENTS, STORES, conf
from segmentation.engine.shop import active_shop
from segmentation.kernel.moments import Calendar


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("source", ""),
        ("shop", "default"),
        ("time_zone_name", "Asia/Tokyo"),
        ("time_zone", ZoneInfo("Asia/Tokyo")),
        ("week_start", 1),
        ("base_currency", "EUR"),
        ("changes", "inline"),
        ("store", "memory"),
        ("key", "known to Django"),
        ("source_alias", None),
        ("narrow", 20),
    ],
)
@pytest.mark.parametrize("written", [{}, None])
def test_what_is_so_where_nothing_is_written(settings, name, expected, written):
    settings.TIME_ZONE = "Asia/Tokyo"
    settings.SECRET_KEY = "known to Django"
    settings.SEGMENTATION = {}
    if written is None:
        del settings.SEGMENTATION

    assert getattr(conf, name) == expected


@pytest.mark.parametrize(
    ("setting", "value", "name"),
    [
        ("SOURCE", "myshop.segments.Shop", "source"),
        ("SHOP", "second", "shop"),
        ("TIME_ZONE", "Europe/Paris", "time_zone_name"),
        ("WEEK_START", 7, "week_start"),
        ("BASE_CURRENCY", "PLN", "base_currency"),
        ("CHANGES", "celery", "changes"),
        ("STORE", "memory", "store"),
        ("KEY", "pepper", "key"),
        ("SOURCE_ALIAS", "replica", "source_alias"),
        ("PROFILING_CONSENT", "all", "profiling_consent"),
        ("NARROW", 0, "narrow"),
    ],
)
def test_what_is_written(configure, setting, value, name):
    configure(**{setting: value})

    assert getattr(conf, name) == value


def test_settings_are_read_anew_each_time(settings):
    settings.SEGMENTATION = {"NARROW": 5}
    assert conf.narrow == 5
    settings.SEGMENTATION = {"NARROW": 6}
    assert conf.narrow == 6


def test_the_zone_is_the_one_that_is_named(configure):
    configure(TIME_ZONE="America/Santiago")

    assert conf.time_zone == ZoneInfo("America/Santiago")


@pytest.mark.parametrize("blank", ["", None])
def test_a_blank_zone_or_key_is_djangos(configure, settings, blank):
    settings.SECRET_KEY = "known to Django"
    settings.TIME_ZONE = "Asia/Tokyo"
    configure(TIME_ZONE=blank, KEY=blank)

    assert (conf.time_zone_name, conf.key) == ("Asia/Tokyo", "known to Django")


@pytest.mark.parametrize("written", [None, [], "myshop.Shop", 5])
def test_nothing_is_set_where_the_settings_are_no_dictionary(settings, written):
    settings.SEGMENTATION = written

    assert (conf.source, conf.shop, conf.changes, conf.source_alias, conf.narrow) == ("", "default", "inline", None, 20)
    assert (conf.week_start, conf.rates) == (1, None)


def test_the_shops_calendar_starts_its_weeks_on_the_day_that_is_set(configure):
    assert active_shop().calendar == Calendar("Europe/London", 1)
    configure(WEEK_START=7, TIME_ZONE="Asia/Tokyo")

    assert active_shop().calendar == Calendar("Asia/Tokyo", 7)


def test_the_choices():
    assert CHANGES == ("none", "inline", "celery")
    assert STORES == ("memory",)
    assert PROFILING_CONSENTS == ("none", "activity", "all")
