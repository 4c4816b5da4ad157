"""Reads the data file into invoices, as they stand there."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pyarrow
from pyarrow import compute, parquet

DATA_FILE = Path(__file__).resolve().parent.parent / "data" / "online_retail.parquet"


@cache
def price_in_pence(mills: int) -> int:
    """Thousandths of a pound in pence, rounded half-even."""
    pence, rest = divmod(mills, 10)
    return pence + (rest > 5 or (rest == 5 and pence % 2 == 1))


class InvoiceLine(NamedTuple):
    """One line; `mills` is the unit price in thousandths of a pound (four lines of the file cost 0.001)."""

    code: str
    title: str
    quantity: int
    mills: int

    @property
    def price(self) -> int:
        """The unit price in pence."""
        return price_in_pence(self.mills)

    @property
    def total(self) -> int:
        """Quantity times price, in pence."""
        return self.quantity * self.price


class Invoice(NamedTuple):
    """One invoice number; `at` is wall time in London (the earliest of its lines), `customer` the shop's number for her."""

    number: str
    at: datetime
    customer: int | None
    country: str
    lines: list[InvoiceLine]

    @property
    def total(self) -> int:
        """Sum of the line totals in pence; negative on a cancellation."""
        return sum(line.total for line in self.lines)


def read_invoices(path: Path = DATA_FILE) -> list[Invoice]:
    """All invoices of the file, oldest first (by time, then number)."""
    invoices: dict[str, Invoice] = {}
    for number, at, customer, country, line in _rows(path):
        known = invoices.get(number)
        if known is None:
            invoices[number] = Invoice(number, at, customer, country, [line])
        else:
            known.lines.append(line)
            if at < known.at:
                invoices[number] = known._replace(at=at)
    return sorted(invoices.values(), key=by_time)


def by_time(invoice: Invoice) -> tuple[datetime, str]:
    """Sorts invoices, oldest first, equal times by number."""
    return invoice.at, invoice.number


def _rows(path: Path) -> Iterator[tuple[str, datetime, int | None, str, InvoiceLine]]:
    """The lines with what they say of their invoice; a stock code is one article whatever its case."""
    table = parquet.read_table(path)
    lines = map(
        InvoiceLine,
        _texts(table["StockCode"], str.upper),
        _texts(table["Description"]),
        _integers(table["Quantity"]),
        _integers(table["UnitPrice"], 1000),
    )
    customers = _integers(compute.fill_null(table["CustomerID"], 0))
    times = table["InvoiceDate"].to_numpy().astype("datetime64[s]").tolist()
    for number, at, customer, country, line in zip(
        _texts(table["InvoiceNo"]), times, customers, _texts(table["Country"]), lines, strict=True
    ):
        yield number, at, customer or None, country, line


def _texts(column: pyarrow.ChunkedArray, spell: Callable[[str], str] = str) -> Iterator[str]:
    """The trimmed texts of a column, "" for none; each distinct one is handled once."""
    coded = column.combine_chunks().dictionary_encode()
    words = [*(spell(word.strip()) for word in coded.dictionary.to_pylist()), ""]
    return (words[code] for code in compute.fill_null(coded.indices, len(words) - 1).to_numpy().tolist())


def _integers(column: pyarrow.ChunkedArray, factor: int = 1) -> list[int]:
    """The numbers of a column without nulls, times `factor`, as integers."""
    integers: list[int] = np.rint(column.to_numpy() * factor).astype(np.int64).tolist()
    return integers
