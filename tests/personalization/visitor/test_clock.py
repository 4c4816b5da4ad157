from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from personalization.visitor.clock import LARGEST_CITIES, local_time, zone_of
from personalization.visitor.countries import COUNTRIES
from personalization.visitor.location import Location

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("location", "expected"),
    [
        (Location("GB"), "2026-07-01T13:00:00+01:00"),
        (Location("PL"), "2026-07-01T14:00:00+02:00"),
        (Location("TW"), "2026-07-01T20:00:00+08:00"),
        (Location("AU"), "2026-07-01T22:00:00+10:00"),
        (Location("AU", time_zone="Australia/Perth"), "2026-07-01T20:00:00+08:00"),
        (Location("US"), "2026-07-01T08:00:00-04:00"),
        (Location("US", time_zone="Pacific/Honolulu"), "2026-07-01T02:00:00-10:00"),
        (Location("IN"), "2026-07-01T17:30:00+05:30"),
        (Location("XK"), "2026-07-01T14:00:00+02:00"),
    ],
)
def test_the_clock_of_a_place(location, expected):
    assert local_time(location, NOON).isoformat() == expected


@pytest.mark.parametrize("location", [Location(), Location("BV"), Location("XX")])
def test_nowhere_has_the_clock_of_the_shop(location, configure):
    configure(TIME_ZONE="Asia/Tokyo")

    assert local_time(location, NOON).isoformat() == "2026-07-01T21:00:00+09:00"


@pytest.mark.parametrize("zone", ["Mars/Base", "../etc/passwd", "/etc/localtime", "Europe", "a\0b", "é", "x" * 100_000])
def test_a_zone_that_is_none_is_passed_over(zone):
    assert local_time(Location("PL", time_zone=zone), NOON).isoformat() == "2026-07-01T14:00:00+02:00"


def test_every_country_but_two_islands_has_a_clock():
    assert {country for country in COUNTRIES if not zone_of(country)} == {"BV", "HM"}  # nobody lives there
    for country in COUNTRIES - {"BV", "HM"}:
        for hours in range(0, 366 * 24, 97):
            assert local_time(Location(country), NOON + timedelta(hours=hours)) == NOON + timedelta(hours=hours)


def test_a_country_of_several_zones_has_that_of_its_largest_city():
    from collections import Counter
    from importlib.resources import files

    rows = [line.split("\t") for line in (files("tzdata") / "zoneinfo" / "zone.tab").read_text().splitlines() if line[0] != "#"]
    several = {country for country, zones in Counter(row[0] for row in rows).items() if zones > 1}
    assert set(LARGEST_CITIES) == several
    assert all((country, zone) in {(row[0], row[2]) for row in rows} for country, zone in LARGEST_CITIES.items())
    assert all(ZoneInfo(zone) for zone in LARGEST_CITIES.values())
