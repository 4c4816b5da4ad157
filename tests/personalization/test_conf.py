from __future__ import annotations

from pathlib import Path

import pytest

from personalization.conf import conf


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("trusted_proxies", ()),
        ("country_header", ""),
        ("geoip_path", ""),
        ("country", ""),
        ("currencies", ("PLN",)),
        ("languages", ("en", "pl")),
        ("bots", {}),
        ("shown_days", 400),
        ("front_origins", ()),
        ("event_kinds", ()),
        ("events_rate", 300),
        ("events_network_rate", 6_000),
        ("failed_event_days", 7),
    ],
)
@pytest.mark.parametrize("written", [{}, None, [], "COUNTRY"])
def test_what_is_so_where_nothing_is_written(settings, name, expected, written):
    settings.LANGUAGES = [("en", "English"), ("pl", "Polish")]
    settings.SEGMENTATION = {"BASE_CURRENCY": "PLN"}
    settings.PERSONALIZATION = written

    assert getattr(conf, name) == expected


def test_the_setting_need_not_be_there(settings):
    del settings.PERSONALIZATION

    assert conf.country == ""


@pytest.mark.parametrize(
    ("setting", "value", "name", "expected"),
    [
        ("TRUSTED_PROXIES", ["127.0.0.1"], "trusted_proxies", ("127.0.0.1",)),
        ("COUNTRY_HEADER", "CF-IPCountry", "country_header", "CF-IPCountry"),
        ("GEOIP_PATH", Path("/geo.mmdb"), "geoip_path", "/geo.mmdb"),
        ("GEOIP_PATH", None, "geoip_path", ""),
        ("COUNTRY", "GB", "country", "GB"),
        ("CURRENCIES", ["GBP", "EUR"], "currencies", ("GBP", "EUR")),
        ("LANGUAGES", ["pl"], "languages", ("pl",)),
        ("BOTS", {"acme": True}, "bots", {"acme": True}),
    ],
)
def test_what_is_written(settings, setting, value, name, expected):
    settings.PERSONALIZATION = {setting: value}

    assert getattr(conf, name) == expected


@pytest.mark.parametrize("wrong", ["127.0.0.1", 5, None, {"127.0.0.1": True}])
def test_a_list_that_is_none_trusts_nobody(settings, wrong):
    settings.PERSONALIZATION = {"TRUSTED_PROXIES": wrong, "BOTS": 5}

    assert (conf.trusted_proxies, conf.bots) == ((), {})


def test_what_is_no_text_is_left_out_of_a_list(settings):
    settings.PERSONALIZATION = {"TRUSTED_PROXIES": ["127.0.0.1", 5]}

    assert conf.trusted_proxies == ("127.0.0.1",)


def test_settings_are_read_anew_each_time(settings):
    settings.PERSONALIZATION = {"COUNTRY": "GB"}
    assert conf.country == "GB"
    settings.PERSONALIZATION = {"COUNTRY": "PL"}
    assert conf.country == "PL"
