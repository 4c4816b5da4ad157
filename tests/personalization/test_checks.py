from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest
from django.core.checks import run_checks
from django.test import override_settings

from personalization import checks
from personalization.rest import checks as rest_checks

DATA = Path(__file__).parent / "visitor" / "data"
GEOIP = str(DATA / "GeoIP2-City-Test.mmdb")


def messages(**settings):
    with override_settings(PERSONALIZATION=settings):
        return [message for message in run_checks(tags=["regulars"]) if message.id.startswith("personalization.")]


def ids(**settings):
    return [message.id for message in messages(**settings)]


def test_nothing_need_be_set():
    assert ids() == []


@pytest.mark.parametrize(
    ("settings", "expected"),
    [
        ({"TRUSTED_PROXIES": ["127.0.0.1", "10.0.0.0/8", "::1/128"]}, []),
        ({"TRUSTED_PROXIES": ("127.0.0.1/32",)}, []),
        ({"TRUSTED_PROXIES": []}, []),
        ({"TRUSTED_PROXIES": "127.0.0.1"}, ["personalization.E002"]),
        ({"TRUSTED_PROXIES": None}, ["personalization.E002"]),
        ({"TRUSTED_PROXIES": [5]}, ["personalization.E002"]),
        ({"TRUSTED_PROXIES": ["10.0.0.1/8"]}, ["personalization.E002"]),
        ({"TRUSTED_PROXIES": ["proxy.shop.test", "10.0.0.0/40"]}, ["personalization.E002", "personalization.E002"]),
        ({"TRUSTED_PROXIES": ["0.0.0.0/0"]}, ["personalization.W003"]),
        ({"TRUSTED_PROXIES": ["::/0"]}, ["personalization.W003"]),
        ({"COUNTRY_HEADER": "CF-IPCountry", "TRUSTED_PROXIES": ["127.0.0.1"]}, []),
        ({"COUNTRY_HEADER": ""}, []),
        ({"COUNTRY_HEADER": "CF-IPCountry"}, ["personalization.W002"]),
        ({"COUNTRY_HEADER": "HTTP_CF_IPCOUNTRY"}, ["personalization.E003"]),
        ({"COUNTRY_HEADER": "CF-IPCountry\n"}, ["personalization.E003"]),
        ({"COUNTRY_HEADER": None}, ["personalization.E003"]),
        ({"GEOIP_PATH": GEOIP}, []),
        ({"GEOIP_PATH": Path(GEOIP)}, []),
        ({"GEOIP_PATH": None}, []),
        ({"GEOIP_PATH": ""}, []),
        ({"GEOIP_PATH": "/nowhere/GeoLite2.mmdb"}, ["personalization.E004"]),
        ({"GEOIP_PATH": str(DATA)}, ["personalization.E004"]),
        ({"GEOIP_PATH": __file__}, ["personalization.E004"]),
        ({"GEOIP_PATH": "\0"}, ["personalization.E004"]),
        ({"COUNTRY": "GB"}, []),
        ({"COUNTRY": ""}, []),
        ({"COUNTRY": "gb"}, ["personalization.E005"]),
        ({"COUNTRY": "XX"}, ["personalization.E005"]),
        ({"COUNTRY": None}, ["personalization.E005"]),
        ({"CURRENCIES": ["GBP", "EUR"]}, []),
        ({"CURRENCIES": "GBP"}, ["personalization.E006"]),
        ({"CURRENCIES": ["gbp", "POUND"]}, ["personalization.E006", "personalization.E006"]),
        ({"LANGUAGES": ["en", "zh-hant"]}, []),
        ({"LANGUAGES": ["en", "de"]}, ["personalization.E007"]),
        ({"LANGUAGES": [("en", "English")]}, ["personalization.E007"]),
        ({"BOTS": {"acme-monitor": True, "headlesschrome": False}}, []),
        ({"BOTS": {"acme-monitor": "yes"}}, ["personalization.E008"]),
        ({"BOTS": {"": True}}, ["personalization.E008"]),
        ({"BOTS": ["acme-monitor"]}, ["personalization.E008"]),
        ({"BOTS": None}, ["personalization.E008"]),
        ({"SIGNATURE": "session"}, []),
        ({"SIGNATURE": "cache"}, ["personalization.E011"]),
        ({"PURPOSES": ["profiling", "newsletter"]}, []),
        ({"PURPOSES": ["profiling", "science"]}, ["personalization.E012"]),
        ({"PURPOSES": "profiling"}, ["personalization.E012"]),
        ({"SEGMENT_NAMES": {"vip": "our regulars"}}, []),
        ({"SEGMENT_NAMES": ["vip"]}, ["personalization.E013"]),
        ({"SEGMENT_NAMES": {5: "our regulars"}}, ["personalization.E013"]),
        ({"BASE_TEMPLATE": "shop/base.html"}, []),
        ({"BASE_TEMPLATE": "nowhere.html"}, ["personalization.E014"]),
        ({"BASE_TEMPLATE": None}, ["personalization.E014"]),
        ({"FRONT_ORIGINS": ["https://front.example", "http://localhost:3000", "http://[::1]:3000"]}, []),
        ({"FRONT_ORIGINS": ["https://front.example/", "*", "front.example"]}, ["personalization.E025"] * 3),
        ({"EVENT_KINDS": ["video_played"]}, []),
        ({"EVENT_KINDS": "video_played"}, ["personalization.E061"]),
        ({"EVENT_KINDS": ["order", "view", "Video", ""]}, ["personalization.E061"] * 4),
        ({"EVENTS_RATE": 50, "EVENTS_NETWORK_RATE": 50}, []),
        ({"EVENTS_RATE": 49, "EVENTS_NETWORK_RATE": "6000"}, ["personalization.E062"] * 2),
        ({"EVENTS_RATE": True}, ["personalization.E062"]),
        ({"FAILED_EVENT_DAYS": 0}, ["personalization.E063"]),
        ({"FAILED_EVENT_DAYS": 366}, []),
        ({"TRUSTED_PROXY": []}, ["personalization.E001"]),
        ({5: []}, ["personalization.E001"]),
        ({"COUNTRY": "EU", "nonsense": 1}, ["personalization.E005", "personalization.E001"]),
    ],
    ids=str,
)
def test_settings(settings, expected):
    with override_settings(PERSONALIZATION=settings):
        found = [message.id for message in run_checks(tags=["regulars"]) if message.id.startswith("personalization.")]
    assert found == expected


@pytest.mark.parametrize("value", [None, "CF-IPCountry", ["COUNTRY"]])
def test_settings_that_are_no_dictionary(value):
    with override_settings(PERSONALIZATION=value):
        found = [message.id for message in run_checks(tags=["regulars"])]
    assert [each for each in found if each.startswith("personalization.")] == ["personalization.E001"]


@pytest.mark.parametrize(
    ("name", "hint"),
    [
        ("TRUSTED_PROXY", "Did you mean TRUSTED_PROXIES?"),
        ("geoip", "Did you mean GEOIP_PATH?"),
        ("zebra", f"Settings are {', '.join(checks.SETTINGS)}."),
    ],
)
def test_an_unknown_setting_is_taken_for_the_one_it_is_close_to(name, hint):
    assert [message.hint for message in messages(**{name: "x"})] == [hint]


@pytest.mark.parametrize("name", checks.BEFORE_OURS)
def test_our_middleware_stands_behind_those_it_asks(settings, name):
    settings.MIDDLEWARE = [*(each for each in settings.MIDDLEWARE if each != name), name]
    (message,) = messages()
    assert message.id == "personalization.W011"
    assert message.msg == f"personalization.middleware.VisitorMiddleware stands before {name}, so no visitor is logged in"


def test_without_our_middleware_there_is_no_order(settings):
    settings.MIDDLEWARE = [each for each in settings.MIDDLEWARE if each != checks.MIDDLEWARE]
    assert ids() == []


def test_a_message_names_what_is_wrong():
    (network, country) = messages(TRUSTED_PROXIES=["10.0.0.1/8"], COUNTRY="UK")

    assert network.msg == "TRUSTED_PROXIES: 10.0.0.1/8 has host bits set"
    assert (country.msg, country.hint) == ("COUNTRY: 'UK' is no country", 'ISO 3166: "GB".')


def test_a_library_that_is_missing_is_told_with_what_is_unknown_then(monkeypatch):
    monkeypatch.setitem(sys.modules, "holidays", None)
    monkeypatch.setitem(sys.modules, "ua_parser", None)

    (message,) = messages()
    assert (message.id, message.hint) == ("personalization.W001", "pip install django-regulars[place]")
    assert message.msg == "holidays, ua_parser cannot be imported; unknown are public holidays, devices"


def test_a_database_without_its_library_is_told_twice(monkeypatch, tmp_path):
    path = tmp_path / "copy.mmdb"
    path.write_bytes(Path(GEOIP).read_bytes())
    monkeypatch.setitem(sys.modules, "maxminddb", None)

    assert sorted(ids(GEOIP_PATH=str(path))) == ["personalization.E004", "personalization.W001"]


def test_every_id_is_in_the_table_of_the_module():
    source = Path(checks.__file__).read_text().split('"""', 2)[2] + Path(rest_checks.__file__).read_text()
    table, code = (set(re.findall(r"personalization\.[EW]\d{3}", part)) for part in (checks.__doc__, source))
    assert table == code
