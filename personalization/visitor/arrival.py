"""How a visitor came: by which channel, from which host, by which campaign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from urllib.parse import urlsplit

from personalization.visitor.arrival_hosts import AD_CLICKS, MEDIA, host_channel

LONGEST = 200
"""Characters of a UTM word that are kept."""

LONGEST_REFERRER = 2048
"""Characters of a referrer that are read; browsers send no more of a page elsewhere than its host."""


class Channel(StrEnum):
    """A kind of way to the shop."""

    EMAIL = "email"
    SOCIAL = "social"
    SEARCH = "search"
    PAID = "paid"
    REFERRAL = "referral"
    CAMPAIGN = "campaign"
    DIRECT = "direct"


@dataclass(frozen=True)
class Arrival:
    """One; what is not known is "". Ids of clicks and the referrer's path and words are never kept."""

    channel: Channel = Channel.DIRECT
    referrer: str = ""
    utm_source: str = ""
    utm_medium: str = ""
    utm_campaign: str = ""


def arrival_of(query: Mapping[str, str], referrer: str, own_host: str) -> Arrival:
    """From the query of the page, the Referer header and the shop's own host. Never raises.

    The campaign's own words come first (a medium that we know, an advertiser's click, any other UTM word), then the host.
    """
    source, medium, campaign = (_word(query.get(name, "")) for name in ("utm_source", "utm_medium", "utm_campaign"))
    host = _host(referrer)
    if _bare(host) == _bare(_host(f"//{own_host}")):
        host = ""
    channel = _told(query, medium, bool(source or medium or campaign)) or _by_host(host)
    return Arrival(channel, host, source, medium, campaign)


def _told(query: Mapping[str, str], medium: str, has_words: bool) -> Channel | None:
    """What the link itself says."""
    if medium in MEDIA:
        return Channel(MEDIA[medium])
    if any(query.get(name) for name in AD_CLICKS):
        return Channel.PAID
    return Channel.CAMPAIGN if has_words else None


def _by_host(host: str) -> Channel:
    return Channel(host_channel(host) or Channel.REFERRAL) if host else Channel.DIRECT


def _word(text: str) -> str:
    """In small letters, without control characters, not too long."""
    kept = "".join(letter for letter in text[: 2 * LONGEST] if letter.isprintable())
    return kept.strip().lower()[:LONGEST]


def _host(referrer: str) -> str:
    """The host alone; "" for what has none."""
    if len(referrer) > LONGEST_REFERRER:
        return ""
    try:
        host = urlsplit(referrer.strip()).hostname or ""
    except ValueError:  # "http://[": brackets that do not close
        return ""
    return host.rstrip(".") if len(host) <= LONGEST and host.isprintable() else ""


def _bare(host: str) -> str:
    """www.shop.test is shop.test."""
    return host.removeprefix("www.")
