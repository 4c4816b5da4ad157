from __future__ import annotations

import sys

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personalization.visitor import device
from personalization.visitor.device import Device, DeviceKind, device_of

IPHONE = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) "
    "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.5 Mobile/15E148 Safari/604.1"
)
IPAD = (
    "Mozilla/5.0 (iPad; CPU OS 16_6 like Mac OS X) "
    "AppleWebKit/605.1.15 (KHTML, like Gecko) Version/16.6 Mobile/15E148 Safari/604.1"
)
BLURRED = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Mobile Safari/537.36"
GALAXY_TAB = "Mozilla/5.0 (Linux; Android 13; SM-X700) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
GALAXY = (
    "Mozilla/5.0 (Linux; Android 13; SM-S918B) "
    "AppleWebKit/537.36 (KHTML, like Gecko) SamsungBrowser/23.0 Chrome/115.0.0.0 Mobile Safari/537.36"
)
WINDOWS = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/124.0.0.0 Safari/537.36"
EDGE = f"{WINDOWS} Edg/124.0.0.0"
MAC = "Mozilla/5.0 (Macintosh; Intel Mac OS X 10_15_7) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/17.4 Safari/605.1.15"
LINUX = "Mozilla/5.0 (X11; Linux x86_64; rv:125.0) Gecko/20100101 Firefox/125.0"
FIREFOX_PHONE = "Mozilla/5.0 (Android 14; Mobile; rv:125.0) Gecko/125.0 Firefox/125.0"
CHROMEBOOK = "Mozilla/5.0 (X11; CrOS x86_64 14541.0.0) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/120.0.0.0 Safari/537.36"
KINDLE = (
    "Mozilla/5.0 (Linux; Android 9; KFMAWI) "
    "AppleWebKit/537.36 (KHTML, like Gecko) Silk/108.9.8 like Chrome/108.0.5359.220 Safari/537.36"
)
CUBOT = (
    "Mozilla/5.0 (Linux; Android 9; CUBOT_P30) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/80.0.3987.99 Mobile Safari/537.36"
)
TELEVISION = "Mozilla/5.0 (SMART-TV; Linux; Tizen 5.0) AppleWebKit/538.1 (KHTML, like Gecko) Version/5.0 TV Safari/538.1"
BRAVIA = "Mozilla/5.0 (Linux; Android 9; BRAVIA 4K UR2) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/83.0 Safari/537.36"
CONSOLE = "Mozilla/5.0 (PlayStation; PlayStation 5/2.26) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/13.0 Safari/605.1.15"
HEADLESS = "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/124.0.0.0 Safari/537.36"
GOOGLEBOT = "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)"
WECHAT = (
    "Mozilla/5.0 (iPhone; CPU iPhone OS 16_0 like Mac OS X) AppleWebKit/605.1.15 Mobile/15E148 MicroMessenger/8.0.38 NetType/WIFI"
)


@pytest.fixture(autouse=True)
def _plain(settings):
    """The demo's settings take headless browsers for people."""
    settings.PERSONALIZATION = {}


@pytest.mark.parametrize(
    ("agent", "kind", "browser", "system"),
    [
        (IPHONE, "phone", "safari", "ios"),
        (IPAD, "tablet", "safari", "ios"),
        (BLURRED, "phone", "chrome", "android"),
        (GALAXY, "phone", "samsung", "android"),
        (GALAXY_TAB, "tablet", "chrome", "android"),
        (KINDLE, "tablet", "other", "android"),
        (FIREFOX_PHONE, "phone", "firefox", "android"),
        (CUBOT, "phone", "chrome", "android"),
        (WECHAT, "phone", "wechat", "ios"),
        (WINDOWS, "desktop", "chrome", "windows"),
        (EDGE, "desktop", "edge", "windows"),
        (MAC, "desktop", "safari", "macos"),
        (LINUX, "desktop", "firefox", "linux"),
        (CHROMEBOOK, "desktop", "chrome", "chromeos"),
        (TELEVISION, "other", "safari", "other"),
        (BRAVIA, "other", "chrome", "android"),
        (CONSOLE, "other", "safari", "other"),
        ("x", "other", "other", "other"),
    ],
)
def test_a_device(agent, kind, browser, system):
    assert device_of(agent, {}) == Device(DeviceKind(kind), browser, system)


@pytest.mark.parametrize(
    "agent",
    [
        HEADLESS,
        GOOGLEBOT,
        "curl/8.5.0",
        "Wget/1.21",
        "python-requests/2.31.0",
        "python-httpx/0.27",
        "Go-http-client/2.0",
        "Scrapy/2.11 (+https://scrapy.org)",
        "facebookexternalhit/1.1",
        "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; GPTBot/1.2; +https://openai.com/gptbot)",
        f"{MAC} Chrome-Lighthouse",
        "",
        "  ",
    ],
)
def test_a_bot(agent):
    found = device_of(agent, {})

    assert (found, found.is_bot) == (Device(DeviceKind.BOT), True)


@pytest.mark.parametrize(
    ("hints", "kind", "system"),
    [
        ({}, "tablet", "android"),
        ({"Sec-CH-UA-Mobile": "?1", "Sec-CH-UA-Platform": '"Android"'}, "phone", "android"),
        ({"Sec-CH-UA-Mobile": "?0", "Sec-CH-UA-Platform": '"Windows"'}, "desktop", "windows"),
        ({"Sec-CH-UA-Platform": '"macOS"'}, "desktop", "macos"),
        ({"Sec-CH-UA-Platform": '"Chromium OS"'}, "desktop", "chromeos"),
        ({"Sec-CH-UA-Platform": '"Unknown"'}, "tablet", "android"),
        ({"Sec-CH-UA-Mobile": "1" * 100_000, "Sec-CH-UA-Platform": '"' * 100_000}, "tablet", "android"),
    ],
)
def test_hints_are_believed_before_the_user_agent(hints, kind, system):
    found = device_of(GALAXY_TAB, hints)

    assert (found.kind, found.system) == (kind, system)


def test_headers_of_a_request_are_hints(rf):
    request = rf.get("/", headers={"User-Agent": BLURRED, "Sec-CH-UA-Mobile": "?1", "Sec-CH-UA-Platform": '"Android"'})

    assert device_of(request.headers["User-Agent"], request.headers).kind == "phone"


def test_the_shop_says_who_is_a_bot(settings):
    settings.PERSONALIZATION = {"BOTS": {"HeadlessChrome": False, "acme-monitor": True, "googlebot": False}}

    assert device_of(HEADLESS, {}) == Device(DeviceKind.DESKTOP, "chrome", "linux")
    assert device_of(f"{WINDOWS} Acme-Monitor/1", {}).is_bot is True
    assert device_of(GOOGLEBOT, {}).is_bot is False
    assert device_of("curl/8.5.0", {}).is_bot is True


def test_the_setting_is_read_anew_each_time(settings):
    settings.PERSONALIZATION = {"BOTS": {"headlesschrome": False}}
    assert device_of(HEADLESS, {}).is_bot is False
    settings.PERSONALIZATION = {}
    assert device_of(HEADLESS, {}).is_bot is True


@pytest.mark.parametrize("agent", ["a" * 100_000, "Mozilla/5.0 (" * 10_000, "Android; " * 12_000, "(" * 100_000], ids=len)
def test_of_a_user_agent_of_100_kb_512_characters_are_read(agent, monkeypatch):
    read = []
    monkeypatch.setattr(device, "_device", lambda text, *others: read.append(text))
    device_of(agent, {})

    assert read == [agent[:512]]


def test_what_is_remembered_is_bounded():
    assert device._device.cache_info().maxsize == 4096


@given(agent=st.text(max_size=600), mobile=st.text(max_size=9), platform=st.text(max_size=40))
def test_no_text_makes_it_raise(agent, mobile, platform):
    found = device_of(agent, {"Sec-CH-UA-Mobile": mobile, "Sec-CH-UA-Platform": platform})

    assert found.is_bot is (found.kind is DeviceKind.BOT)


def test_without_the_library_bots_are_still_told_apart(monkeypatch):
    monkeypatch.setitem(sys.modules, "ua_parser", None)
    device._device.cache_clear()
    try:
        assert device_of(HEADLESS, {}).is_bot is True
        assert device_of(WINDOWS, {}) == Device(DeviceKind.OTHER)
        assert device_of(IPHONE, {}).kind == "phone"
    finally:
        device._device.cache_clear()
