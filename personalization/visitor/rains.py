"""Countries whose year is told by rain rather than by warmth: when it is wet there, and why.

The months are those of the region where most people live, to whole months. A country that is not here has four seasons.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

Months = frozenset[int]

NO_RAINS: Months = frozenset()
"""Of a place that has four seasons."""


def months(first: int, last: int) -> Months:
    """From one month to another, over the new year if need be: months(11, 3) is November to March."""
    return frozenset((first - 1 + step) % 12 + 1 for step in range((last - first) % 12 + 1))


@dataclass(frozen=True)
class Climate:
    """Countries that are wet in the same months, for the same reason."""

    wet: Months
    countries: str
    reason: str


CLIMATES = (
    Climate(months(11, 1), "BN MY SG", "the north-east monsoon; it rains at any time, but most then"),
    Climate(months(5, 10), "KH LA MM TH VN", "the south-west monsoon over mainland South-East Asia"),
    Climate(months(6, 11), "PH", "the south-west monsoon and the typhoons"),
    Climate(months(11, 3), "CC CX ID TL", "the north-west monsoon south of the equator"),
    Climate(months(12, 3), "PG", "the north-west monsoon"),
    Climate(months(6, 9), "IN", "the south-west monsoon, by which India's year is told"),
    Climate(months(6, 10), "BD", "the south-west monsoon, and the cyclones after it"),
    Climate(months(5, 11), "IO MV", "the south-west monsoon over the Indian Ocean"),
    Climate(months(4, 6) | months(10, 12), "LK", "two monsoons, as Colombo has them"),
    Climate(months(6, 9), "BF DJ ER ET GM ML NE SD SN TD", "the rain belt at its furthest north"),
    Climate(months(7, 10), "CV GW MR", "the rain belt at its furthest north, late on the coast"),
    Climate(months(4, 10), "BJ CF CI CM GH GN LR NG SL SS TG", "the monsoon of the Gulf of Guinea"),
    Climate(months(3, 5) | months(10, 12), "BI KE RW SO TZ UG", "long rains and short rains, when the sun crosses the equator"),
    Climate(months(10, 5), "CD CG GA GQ ST", "the rain belt over the Congo; dry when it is in the north"),
    Climate(months(11, 4), "AO KM MG MU MW MZ RE SC YT ZM ZW", "the rain belt at its furthest south, and the cyclones"),
    Climate(months(5, 10), "MX", "the summer rains of the south and the plateau"),
    Climate(months(5, 11), "BZ CR GT HN NI PA SV", "the rain belt; Central America calls it winter, though it is warm"),
    Climate(
        months(6, 11),
        "AG AI AW BB BL BQ BS CU CW DM DO GD GP HT JM KN KY LC MF MQ MS PR SX TC TT VC VG VI",
        "the hurricane months of the Caribbean",
    ),
    Climate(months(5, 11), "VE", "the rain belt at its furthest north"),
    Climate(months(4, 5) | months(10, 11), "CO", "two rainy seasons in the Andes, as Bogotá has them"),
    Climate(months(5, 8) | months(12, 1), "GF GY SR", "the rain belt on its way north and back"),
    Climate(months(1, 5), "EC", "the warm current off the coast; Quito has much the same months"),
    Climate(months(11, 3), "BO", "the summer rains of the Andes and the Amazon"),
    Climate(months(11, 4), "AS CK FJ NC NU PF SB TK TO TV VU WF WS", "the rain belt and the cyclones of the South Pacific"),
    Climate(months(7, 11), "FM GU MH MP PW", "the typhoons of the western Pacific"),
    Climate(months(12, 4), "KI NR", "the rain belt near the equator"),
)

RAINS: Mapping[str, Months] = {country: climate.wet for climate in CLIMATES for country in climate.countries.split()}
"""By country, the wet months."""


@dataclass(frozen=True)
class Split:
    """A country with one climate north of a latitude and another south of it; no months mean four seasons."""

    latitude: float
    north: Months
    south: Months
    reason: str

    def months(self, latitude: float) -> Months:
        """Those that are wet at a latitude."""
        return self.north if latitude > self.latitude else self.south


STRADDLING: Mapping[str, Split] = {
    "AU": Split(-20, months(11, 4), NO_RAINS, "Darwin and Cairns have the monsoon, Sydney four seasons"),
    "BR": Split(-13, months(12, 5), NO_RAINS, "the Amazon and the north-east know rain and drought, the rest summer and winter"),
    "CD": Split(0, months(4, 10), months(10, 5), "the rain belt crosses the equator"),
    "MX": Split(23.4, NO_RAINS, months(5, 10), "Monterrey and Tijuana lie beyond the tropic"),
    "US": Split(23.4, NO_RAINS, months(11, 3), "Hawaii lies within the tropic"),
    "VN": Split(16.5, NO_RAINS, months(5, 10), "Hanoi has a winter, Saigon none"),
}
"""Countries where the latitude decides, if it is known."""
