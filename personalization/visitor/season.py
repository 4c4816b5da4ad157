"""Which season it is where the visitor is: the four of the temperate zones, or wet and dry between the tropics.

Seasons are those of meteorology, whole months: spring is March to May north of the equator, September to November south of it.
`personalization.visitor.rains` has the countries whose year is told by rain.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from personalization.visitor.countries import country_of
from personalization.visitor.rains import RAINS, STRADDLING, Months


class Season(StrEnum):
    """A season, as targets name it."""

    SPRING = "spring"
    SUMMER = "summer"
    AUTUMN = "autumn"
    WINTER = "winter"
    WET = "wet"
    DRY = "dry"


SOUTHERN = frozenset("AQ AR AU BR BV BW CL FK GS HM LS NA NF NZ PE PN PY SH SZ TF UY ZA".split())  # noqa: SIM905  as atlases list
"""Countries whose summer is in December. Of Peru and Brazil it is the coast, where shops speak of summer and winter."""

NORTHERN_YEAR = (Season.WINTER, Season.SPRING, Season.SUMMER, Season.AUTUMN)
"""From December on, three months each."""

HALF_A_YEAR = 2


def season_of(country: str, day: date, latitude: float | None = None) -> Season | None:
    """The season there on that day; None for a country that is none. Never raises.

    `latitude` (degrees, south is negative) matters in countries that reach over a tropic or far over the equator.
    """
    known = country_of(country)
    if not known:
        return None
    split = STRADDLING.get(known) if latitude is not None else None
    wet = split.months(latitude) if split and latitude is not None else RAINS.get(known)
    return _by_rain(wet, day) if wet else _by_sun(known, day)


def _by_rain(wet: Months, day: date) -> Season:
    return Season.WET if day.month in wet else Season.DRY


def _by_sun(country: str, day: date) -> Season:
    quarter = day.month % 12 // 3
    return NORTHERN_YEAR[(quarter + HALF_A_YEAR * (country in SOUTHERN)) % 4]
