"""Where the visitor is, from whom we have it, and how sure that is."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from personalization.visitor.address import Network, is_trusted
from personalization.visitor.countries import country_of
from personalization.visitor.geoip import Spot, look_up

logger = logging.getLogger(__name__)


class Source(StrEnum):
    """Who says so; the first that knows is believed."""

    CHOICE = "choice"
    ACCOUNT = "account"
    HEADER = "header"
    GEOIP = "geoip"
    DEFAULT = "default"


class Confidence(StrEnum):
    """How sure it is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"
    NONE = "none"


CONFIDENCES = {
    Source.CHOICE: Confidence.HIGH,  # she said so
    Source.ACCOUNT: Confidence.HIGH,  # she has parcels sent there, though she may be travelling
    Source.HEADER: Confidence.MEDIUM,  # the address behind it may be a VPN's or an office's far away
    Source.GEOIP: Confidence.MEDIUM,
    Source.DEFAULT: Confidence.LOW,  # where most of the shop's visitors are
}


@dataclass(frozen=True)
class Location:
    """A place as far as it is known: "" and None are unknown.

    Region, city, zone and degrees are GeoIP's, wherever the country comes from, if GeoIP has the same country.
    """

    country: str = ""
    region: str = ""
    city: str = ""
    time_zone: str = ""
    latitude: float | None = None
    longitude: float | None = None
    source: Source = Source.DEFAULT
    confidence: Confidence = Confidence.NONE


def believed(value: str, remote_addr: str, trusted: Sequence[Network]) -> str:
    """What a header says if the direct peer is a proxy of ours, else "": anybody can send a header."""
    return value if value and is_trusted(remote_addr, trusted) else ""


def locate(
    *,
    choice: str = "",
    account: Callable[[], str] = str,
    header: str = "",
    address: str | None = None,
    geoip_path: str = "",
    default: str = "",
) -> Location:
    """The first of them that names a country. Never raises: whoever fails is logged and does not know.

    `account` is called only where no choice was made; `header` must be one that is `believed`, `address` the `client_address`.
    """
    spot = look_up(address, geoip_path)
    for source, said in _answers(choice, account, header, spot, default):
        if country := country_of(said):
            return _location(country, source, spot)
    return Location()


def _answers(
    choice: str, account: Callable[[], str], header: str, spot: Spot | None, default: str
) -> Iterator[tuple[Source, str]]:
    yield Source.CHOICE, choice
    yield Source.ACCOUNT, _asked(account)
    yield Source.HEADER, header
    yield Source.GEOIP, spot.country if spot else ""
    yield Source.DEFAULT, default


def _asked(account: Callable[[], str]) -> str:
    try:
        return account()
    except Exception:  # the shop's own code; a page must not fail for it
        logger.exception("The country of an account cannot be read")
        return ""


def _location(country: str, source: Source, spot: Spot | None) -> Location:
    near = spot if spot and spot.country == country else Spot(country)
    return Location(*near, source=source, confidence=CONFIDENCES[source])
