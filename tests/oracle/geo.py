"""Places, and how far they lie apart."""

from __future__ import annotations

from collections.abc import Mapping
from math import asin, cos, radians, sin, sqrt
from typing import Any

# The earth taken as a sphere, with its mean radius.
EARTH_KM = 6371.0088

Place = tuple[float, float]


def place(raw: Any) -> Place | None:
    """(latitude, longitude) in degrees; None where one is missing or lies outside the globe."""
    if raw[0] is None or raw[1] is None:
        return None
    lat, lon = float(raw[0]), float(raw[1])
    return (lat, lon) if -90 <= lat <= 90 and -180 <= lon <= 180 else None


def kilometres(one: Place, other: Place) -> float:
    """The way along the great circle (haversine)."""
    (lat_1, lon_1), (lat_2, lon_2) = ((radians(lat), radians(lon)) for lat, lon in (one, other))
    squared = sin((lat_2 - lat_1) / 2) ** 2 + cos(lat_1) * cos(lat_2) * sin((lon_2 - lon_1) / 2) ** 2
    return 2 * EARTH_KM * asin(min(1.0, sqrt(squared)))


def within_km(known: Place, value: Mapping[str, Any]) -> bool:
    """Whether the place lies in the circle of a rule, its edge included."""
    return kilometres(known, (float(value["lat"]), float(value["lon"]))) <= float(value["km"])
