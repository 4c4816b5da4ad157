from __future__ import annotations

import sys
from datetime import date

import pytest

from personalization.visitor.countries import COUNTRIES
from personalization.visitor.currency import currencies_of, suggest_currency

OFFERED = ("GBP", "EUR", "PLN", "USD", "AUD", "TWD")


@pytest.mark.parametrize(
    ("country", "expected"),
    [
        ("GB", "GBP"),
        ("FR", "EUR"),
        ("PL", "PLN"),
        ("TW", "TWD"),
        ("AU", "AUD"),
        ("HR", "EUR"),
        ("XK", "EUR"),
        ("PA", "USD"),
        ("pl", "PLN"),
        ("CH", "GBP"),
        ("XX", "GBP"),
        ("", "GBP"),
    ],
)
def test_the_currency_of_the_country_or_the_shops_own(country, expected):
    assert suggest_currency(country, OFFERED) == expected


def test_a_shop_of_no_currency_suggests_none():
    assert suggest_currency("PL", ()) == ""


@pytest.mark.parametrize(
    ("country", "day", "expected"),
    [
        ("BG", date(2025, 12, 31), ("BGN",)),
        ("BG", date(2026, 1, 1), ("EUR",)),
        ("BG", None, ("EUR",)),
        ("HR", date(2022, 12, 31), ("HRK",)),
        ("HR", date(2023, 6, 1), ("EUR",)),
        ("PL", date(2026, 1, 1), ("PLN",)),
        ("LS", None, ("ZAR", "LSL")),
        ("AQ", None, ()),
    ],
)
def test_legal_tender_changes_with_the_day(country, day, expected):
    assert currencies_of(country, day) == expected


def test_every_country_but_the_antarctic_has_one():
    assert {country for country in COUNTRIES if not currencies_of(country)} == {"AQ"}


def test_without_babel_the_shops_own_is_suggested(monkeypatch):
    monkeypatch.setitem(sys.modules, "babel.core", None)
    currencies_of.cache_clear()
    try:
        assert suggest_currency("PL", OFFERED) == "GBP"
    finally:
        currencies_of.cache_clear()
