from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from personalization.visitor.countries import COUNTRIES
from personalization.visitor.rains import CLIMATES, RAINS, STRADDLING, months
from personalization.visitor.season import SOUTHERN, Season, season_of


@pytest.mark.parametrize(
    ("country", "month", "expected"),
    [
        ("FR", 12, "winter"),
        ("FR", 2, "winter"),
        ("FR", 3, "spring"),
        ("PL", 6, "summer"),
        ("TW", 9, "autumn"),
        ("GB", 11, "autumn"),
        ("AU", 12, "summer"),
        ("AU", 3, "autumn"),
        ("NZ", 6, "winter"),
        ("ZA", 9, "spring"),
        ("BR", 1, "summer"),
        ("SG", 12, "wet"),
        ("SG", 2, "dry"),
        ("TH", 7, "wet"),
        ("TH", 1, "dry"),
        ("IN", 7, "wet"),
        ("ID", 1, "wet"),
        ("KE", 4, "wet"),
        ("KE", 8, "dry"),
        ("KE", 11, "wet"),
        ("gb", 7, "summer"),
    ],
)
def test_seasons_of_the_world(country, month, expected):
    assert season_of(country, date(2026, month, 15)) == expected


@pytest.mark.parametrize(
    ("country", "latitude", "month", "expected"),
    [
        ("AU", -12.5, 12, "wet"),  # Darwin
        ("AU", -12.5, 7, "dry"),
        ("AU", -33.9, 12, "summer"),  # Sydney
        ("BR", -3.1, 3, "wet"),  # Manaus
        ("BR", -23.5, 12, "summer"),  # São Paulo
        ("MX", 19.4, 7, "wet"),  # Mexico City
        ("MX", 25.7, 7, "summer"),  # Monterrey
        ("US", 21.3, 12, "wet"),  # Honolulu
        ("US", 40.7, 12, "winter"),  # New York
        ("VN", 21.0, 12, "winter"),  # Hanoi
        ("VN", 10.8, 7, "wet"),  # Saigon
        ("CD", 0.5, 7, "wet"),  # Kisangani
        ("CD", -4.3, 7, "dry"),  # Kinshasa
        ("GB", -33.9, 12, "winter"),  # the country is known: a latitude that is none of it says nothing
        ("TW", 22.6, 12, "winter"),  # Kaohsiung speaks of winter, though it lies within the tropic
    ],
)
def test_a_latitude_decides_in_countries_that_reach_far(country, latitude, month, expected):
    assert season_of(country, date(2026, month, 15), latitude) == expected


@pytest.mark.parametrize("country", ["", "XX", "EU", "gbr", None])
def test_nowhere_is_no_season(country):
    assert season_of(country, date(2026, 12, 15)) is None


@pytest.mark.parametrize(("last", "first"), [((2, 28), (3, 1)), ((5, 31), (6, 1)), ((8, 31), (9, 1)), ((11, 30), (12, 1))])
def test_a_season_begins_with_a_month(last, first):
    before, after = (season_of("FR", date(2026, *day)) for day in (last, first))

    assert before != after
    assert season_of("FR", date(2026, *first) + timedelta(89)) == after


def test_north_and_south_are_half_a_year_apart():
    for month in range(1, 13):
        assert season_of("FR", date(2026, month, 1)) == season_of("NZ", date(2026, (month + 5) % 12 + 1, 1))


def test_each_country_stands_in_one_table():
    listed = [country for climate in CLIMATES for country in climate.countries.split()]
    assert len(listed) == len(set(listed)) == len(RAINS)
    assert set(listed) | SOUTHERN | set(STRADDLING) <= COUNTRIES
    assert set(listed) & SOUTHERN == set()


def test_months_go_over_the_new_year():
    assert months(11, 2) == {11, 12, 1, 2}
    assert months(6, 6) == {6}
    assert len(months(1, 12)) == 12


@given(
    country=st.one_of(st.sampled_from(sorted(COUNTRIES)), st.text(max_size=5)),
    day=st.dates(),
    latitude=st.one_of(st.none(), st.floats()),
)
def test_it_knows_every_country_on_every_day(country, day, latitude):
    found = season_of(country, day, latitude)

    assert isinstance(found, Season) or country.strip().upper() not in COUNTRIES


def test_every_country_has_its_seasons_in_turn():
    for country in COUNTRIES:
        year = [season_of(country, date(2026, month, 1)) for month in range(1, 13)]
        assert len(set(year)) == (2 if country in RAINS else 4), country
