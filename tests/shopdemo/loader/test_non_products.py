from __future__ import annotations

import pytest

from shopdemo.loader.invoices import Invoice
from shopdemo.loader.non_products import is_product


@pytest.mark.parametrize(
    "code", ["POST", "DOT", "C2", "M", "D", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK", "GIFT_0001_40", "23444"]
)
def test_charges_fees_and_vouchers_are_no_products(code: str) -> None:
    assert not is_product(code)


@pytest.mark.parametrize("code", ["85123A", "22423", "DCGS0003", "DCGSSBOY", "PADS"])
def test_articles_are(code: str) -> None:
    assert is_product(code)


def test_every_code_without_digits_is_one_we_decided_about(invoices: list[Invoice]) -> None:
    codes = {line.code for invoice in invoices for line in invoice.lines}
    odd = {code for code in codes if not code[:5].isdigit() and is_product(code)}
    assert {code for code in odd if not code.startswith("DCGS")} == {"PADS"}
