from __future__ import annotations

import pytest

from personalization.visitor.countries import COUNTRIES, country_of


def test_there_are_249_countries_and_kosovo():
    assert len(COUNTRIES) == 250
    assert {"GB", "FR", "PL", "TW", "AU", "XK"} < COUNTRIES


@pytest.mark.parametrize(("code", "expected"), [("GB", "GB"), ("gb", "GB"), (" tw ", "TW")])
def test_a_country(code, expected):
    assert country_of(code) == expected


@pytest.mark.parametrize(
    "code", ["", "XX", "T1", "A1", "A2", "O1", "EU", "AP", "UK", "ZZ", "GBR", "FR, PL", "É1", "9" * 100_000, None, 5, b"GB"]
)
def test_no_country(code):
    assert country_of(code) == ""
