from __future__ import annotations

import pytest

from shopdemo.loader.countries import CODES, UNSET, country_code
from shopdemo.loader.invoices import Invoice


@pytest.mark.parametrize(
    ("name", "code"),
    [("United Kingdom", "GB"), ("EIRE", "IE"), ("RSA", "ZA"), ("USA", "US"), ("Channel Islands", ""), ("Unspecified", "")],
)
def test_names_become_codes(name: str, code: str) -> None:
    assert country_code(name) == code


def test_a_name_the_file_has_not_is_refused() -> None:
    with pytest.raises(KeyError):
        country_code("Atlantis")


def test_exactly_the_countries_of_the_file_are_known(invoices: list[Invoice]) -> None:
    assert {invoice.country for invoice in invoices} == CODES.keys() | UNSET
    assert len(set(CODES.values())) == len(CODES) == 35
    assert all(len(code) == 2 and code.isupper() for code in CODES.values())
