from __future__ import annotations

from pathlib import Path

import pyarrow
import pytest
from pyarrow import parquet

from shopdemo.loader.invoices import Invoice, InvoiceLine, read_invoices
from tests.shopdemo.wall import wall


def test_the_file_holds_every_line_and_invoice(invoices: list[Invoice]) -> None:
    assert len(invoices) == 25_900
    assert sum(len(invoice.lines) for invoice in invoices) == 541_909


def test_invoices_are_sorted_by_time_then_number(invoices: list[Invoice]) -> None:
    keys = [(invoice.at, invoice.number) for invoice in invoices]
    assert keys == sorted(keys)
    assert invoices[0].at == wall("2010-12-01 08:26")
    assert invoices[-1].at == wall("2011-12-09 12:50")


def test_the_first_invoice_as_it_stands(invoices: list[Invoice]) -> None:
    first = invoices[0]
    assert (first.number, first.customer, first.country, len(first.lines)) == ("536365", 17850, "United Kingdom", 7)
    assert first.lines[0] == InvoiceLine("85123A", "WHITE HANGING HEART T-LIGHT HOLDER", 6, 2550)
    assert first.total == 13_912


def test_guests_have_no_customer(invoices: list[Invoice]) -> None:
    assert sum(len(invoice.lines) for invoice in invoices if invoice.customer is None) == 135_080


@pytest.mark.parametrize(
    ("mills", "price"), [(2550, 255), (1, 0), (0, 0), (-11_062_060, -1_106_206), (15, 2), (25, 2), (26, 3), (4, 0), (-15, -2)]
)
def test_prices_are_pence_rounded_half_even(mills: int, price: int) -> None:
    assert InvoiceLine("A", "", 3, mills).price == price
    assert InvoiceLine("A", "", 3, mills).total == 3 * price


def test_an_invoice_is_as_old_as_its_earliest_line_and_a_code_has_one_case(tmp_path: Path) -> None:
    path = tmp_path / "lines.parquet"
    columns = {
        "InvoiceNo": ["2", "1", "1"],
        "StockCode": ["x", " 85123a", "85123A"],
        "Description": [None, " HEART ", ""],
        "Quantity": [1.0, 2.0, -3.0],
        "InvoiceDate": [wall(f"2011-01-01 10:0{minute}") for minute in (0, 2, 1)],
        "UnitPrice": [0.001, 2.55, 0.0],
        "CustomerID": [None, 17850.0, 17850.0],
        "Country": ["EIRE", "France", "France"],
    }
    parquet.write_table(pyarrow.table(columns), path)
    assert read_invoices(path) == [
        Invoice("2", wall("2011-01-01 10:00"), None, "EIRE", [InvoiceLine("X", "", 1, 1)]),
        Invoice(
            "1",
            wall("2011-01-01 10:01"),
            17850,
            "France",
            [InvoiceLine("85123A", "HEART", 2, 2550), InvoiceLine("85123A", "", -3, 0)],
        ),
    ]
