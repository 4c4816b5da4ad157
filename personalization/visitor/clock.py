"""What time it is where the visitor is."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from functools import lru_cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from personalization.conf import conf
from personalization.visitor.location import Location

LARGEST_CITIES = {
    "AQ": "Antarctica/McMurdo",  # the largest station
    "AR": "America/Argentina/Buenos_Aires",
    "AU": "Australia/Sydney",
    "BR": "America/Sao_Paulo",
    "CA": "America/Toronto",
    "CD": "Africa/Kinshasa",
    "CL": "America/Santiago",
    "CN": "Asia/Shanghai",
    "CY": "Asia/Nicosia",
    "DE": "Europe/Berlin",
    "EC": "America/Guayaquil",
    "ES": "Europe/Madrid",
    "FM": "Pacific/Pohnpei",  # its capital; Chuuk has more people, an hour earlier
    "GL": "America/Nuuk",
    "ID": "Asia/Jakarta",
    "KI": "Pacific/Tarawa",
    "KZ": "Asia/Almaty",
    "MH": "Pacific/Majuro",
    "MN": "Asia/Ulaanbaatar",
    "MX": "America/Mexico_City",
    "MY": "Asia/Kuala_Lumpur",
    "NZ": "Pacific/Auckland",
    "PF": "Pacific/Tahiti",
    "PG": "Pacific/Port_Moresby",
    "PS": "Asia/Gaza",
    "PT": "Europe/Lisbon",
    "RU": "Europe/Moscow",
    "UA": "Europe/Kyiv",
    "UM": "Pacific/Wake",
    "US": "America/New_York",
    "UZ": "Asia/Tashkent",
}
"""The zone that stands for a country of several: that of its largest city."""

NOT_LISTED = {"XK": "Europe/Belgrade"}
"""Countries that the tz database gives no zone of their own."""


def local_time(location: Location, now: datetime) -> datetime:
    """This moment by the clock of the place: GeoIP's zone, else the country's, else the shop's. Never raises."""
    names = (location.time_zone, zone_of(location.country))
    zone = next((found for name in names if (found := _zone(name))), None)
    return now.astimezone(zone or conf.time_zone)


def zone_of(country: str) -> str:
    """IANA name of the zone of a country, of its largest city where there are several; "" if unknown."""
    return _zones().get(country, "")


@lru_cache(maxsize=1)
def _zones() -> Mapping[str, str]:
    """By country, from the tz database's own table of them."""
    lines = (files("tzdata") / "zoneinfo" / "zone.tab").read_text().splitlines()
    rows = (line.split("\t") for line in lines if not line.startswith("#"))
    return {row[0]: row[2] for row in rows} | LARGEST_CITIES | NOT_LISTED


@lru_cache(maxsize=512)
def _zone(name: str) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, OSError, ValueError):  # ZoneInfoNotFoundError is a KeyError
        return None
