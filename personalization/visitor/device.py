"""What a visitor looks at the shop with: a coarse class, never the model; and whether it is a person at all."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from typing import TYPE_CHECKING

from personalization.conf import conf

if TYPE_CHECKING:
    from ua_parser import Result


class DeviceKind(StrEnum):
    """A class of devices, as targets name it."""

    PHONE = "phone"
    TABLET = "tablet"
    DESKTOP = "desktop"
    OTHER = "other"
    BOT = "bot"


@dataclass(frozen=True)
class Device:
    """`browser` and `system` are "other" where they are rare or unknown."""

    kind: DeviceKind
    browser: str = "other"
    system: str = "other"

    @property
    def is_bot(self) -> bool:
        """Whether no person is looking."""
        return self.kind is DeviceKind.BOT


LONGEST = 512
"""Characters of a user agent that are read; browsers send a fifth of them."""

BOT_WORDS = (
    "aiohttp",
    "apache-httpclient",
    "bot/",
    "chrome-lighthouse",
    "crawler",
    "curl/",
    "go-http-client",
    "headlesschrome",
    "java/",
    "libwww-perl",
    "node-fetch",
    "phantomjs",
    "python-httpx",
    "python-requests",
    "python-urllib",
    "scrapy",
    "spider",
    "wget/",
)
"""Words of user agents that are no browser with a person before it; ua-parser knows some more."""

NEITHER = re.compile(r"\b(?:smart-?tv|tv|bravia|roku|aft[a-z]+|crkey|playstation|xbox|nintendo)\b", re.IGNORECASE)
"""Televisions and consoles call themselves Android, Linux or Windows."""

TABLETS = re.compile(r"ipad|tablet|kindle|silk/|playbook", re.IGNORECASE)

BROWSERS = {
    "Chrome": "chrome",
    "Chrome Mobile": "chrome",
    "Chrome Mobile WebView": "chrome",
    "Chrome Mobile iOS": "chrome",
    "HeadlessChrome": "chrome",
    "Edge": "edge",
    "Edge Mobile": "edge",
    "Firefox": "firefox",
    "Firefox Mobile": "firefox",
    "Firefox iOS": "firefox",
    "Mobile Safari": "safari",
    "Mobile Safari UI/WKWebView": "safari",
    "Safari": "safari",
    "Opera": "opera",
    "Opera Mobile": "opera",
    "Samsung Internet": "samsung",
    "WeChat Browser": "wechat",
}

SYSTEMS = {
    "Android": "android",
    "Chrome OS": "chromeos",
    "Chromium OS": "chromeos",
    "Linux": "linux",
    "Fedora": "linux",
    "Mac OS X": "macos",
    "macOS": "macos",
    "Ubuntu": "linux",
    "Windows": "windows",
    "iOS": "ios",
}
"""As ua-parser and as Sec-CH-UA-Platform call them."""

DESKTOPS = frozenset({"chromeos", "linux", "macos", "windows"})

MOBILE, PLATFORM = "Sec-CH-UA-Mobile", "Sec-CH-UA-Platform"


def device_of(user_agent: str, hints: Mapping[str, str]) -> Device:
    """The device of a request. Never raises.

    `hints` are the request's headers; Sec-CH-UA-Mobile and -Platform are believed before the user agent, which browsers blur.
    Without the extra "place" only bots that our own words know are told from the rest.
    """
    said = (hints.get(MOBILE, "")[:8], hints.get(PLATFORM, "")[:32].strip('"'))
    words = tuple((word.lower(), is_bot) for word, is_bot in conf.bots.items())
    return _device(user_agent[:LONGEST], *said, words)


@lru_cache(maxsize=4096)
def _device(agent: str, mobile: str, platform: str, words: tuple[tuple[str, bool], ...]) -> Device:
    parsed = _parsed(agent)
    if _is_bot(agent, parsed, words):
        return Device(DeviceKind.BOT)
    family, system = (part.family if part else "" for part in (parsed and parsed.user_agent, parsed and parsed.os))
    system = SYSTEMS.get(platform) or SYSTEMS.get(system, "other")
    return Device(_kind(agent, mobile, system), BROWSERS.get(family, "other"), system)


def _parsed(agent: str) -> Result | None:
    try:
        import ua_parser  # noqa: PLC0415  comes with the extra "place"
    except ImportError:
        return None
    return ua_parser.parse(agent)


def _is_bot(agent: str, parsed: Result | None, words: tuple[tuple[str, bool], ...]) -> bool:
    """The shop's own words first: it knows its monitors, and what its tests run in."""
    folded = agent.lower()
    for word, is_bot in words:
        if word in folded:
            return is_bot
    if not folded.strip() or any(word in folded for word in BOT_WORDS):
        return True
    return bool(parsed and parsed.device and parsed.device.family == "Spider")


def _kind(agent: str, mobile: str, system: str) -> DeviceKind:
    if NEITHER.search(agent):
        return DeviceKind.OTHER
    if TABLETS.search(agent):
        return DeviceKind.TABLET
    if system in DESKTOPS:
        return DeviceKind.DESKTOP
    if mobile == "?1" or system == "ios" or "mobi" in agent.lower():
        return DeviceKind.PHONE
    return DeviceKind.TABLET if system == "android" else DeviceKind.OTHER
