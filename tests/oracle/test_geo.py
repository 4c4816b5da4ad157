from __future__ import annotations

from decimal import Decimal
from itertools import product
from typing import Any

import pytest

from .geo import kilometres, place, within_km
from .rule_values import CENTRES, KILOMETRES
from .value_strategies import PLACES

PARIS, LONDON = (48.8566, 2.3522), (51.5074, -0.1278)


@pytest.mark.parametrize(
    ("one", "other", "km"),
    [
        (PARIS, PARIS, 0.0),
        (PARIS, LONDON, 343.6),
        (LONDON, PARIS, 343.6),
        # A degree of latitude, a quarter of the globe, half of it.
        ((0.0, 0.0), (1.0, 0.0), 111.2),
        ((0.0, 0.0), (90.0, 77.0), 10_007.6),
        ((0.0, 0.0), (0.0, 180.0), 20_015.1),
        # Over the date line the way is short.
        ((0.0, 179.5), (0.0, -179.5), 111.2),
    ],
)
def test_the_way_along_the_great_circle(one: Any, other: Any, km: float) -> None:
    assert round(kilometres(one, other), 1) == km


@pytest.mark.parametrize(
    ("raw", "expected"),
    [
        ((Decimal("48.8566"), Decimal("2.3522")), PARIS),
        ((90, -180), (90.0, -180.0)),
        ((Decimal("90.0001"), 0), None),
        ((0, Decimal("180.1")), None),
        ((float("nan"), 0), None),
        ((None, 2), None),
        ((48, None), None),
    ],
)
def test_a_place_outside_the_globe_is_none(raw: Any, expected: Any) -> None:
    assert place(raw) == expected


def test_the_edge_of_the_circle_is_inside() -> None:
    assert within_km(PARIS, {"lat": "48.8566", "lon": "2.3522", "km": "0"}) is True
    assert within_km(PARIS, {"lat": "51.5074", "lon": "-0.1278", "km": "344"}) is True
    assert within_km(PARIS, {"lat": "51.5074", "lon": "-0.1278", "km": "343"}) is False


def test_no_drawn_place_lies_near_the_edge_of_a_drawn_circle() -> None:
    """So that engines need not agree on the last digits."""
    centres, radii = CENTRES.elements, [float(km) for km in KILOMETRES.elements]  # type: ignore[attr-defined]
    known = [where for where in map(place, PLACES) if where is not None]
    for where, (lat, lon), km in product(known, centres, radii):
        assert abs(kilometres(where, (float(lat), float(lon))) - km) > 0.5
