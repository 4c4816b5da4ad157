"""Orders out of any CSV that says who bought what and when: a row for each line of an order.

`plain_columns` says which column is what. Where no column names the order, all that one customer bought at one time is one.
Rows that give something back, and those of nobody, are left out and counted.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime, tzinfo
from decimal import Decimal
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from segmentation.errors import SourceError
from segmentation.sources.stored.csv_file import CsvErrors, CsvFile, Row
from segmentation.sources.stored.dates import Dates
from segmentation.sources.stored.entries import LINE_COLUMN, Entry, Refusal
from segmentation.sources.stored.plain_columns import columns_of, delimiter_of
from segmentation.sources.stored.reading import Cells
from segmentation.sources.stored.values import Wrong, read_decimal, read_text

Key = tuple[object, ...]

ORDER_COLUMNS = {"order_id": "order", "customer": "customer", "email": "email", "placed_at": "date", "country": "country"}
LINE_COLUMNS = {"product_id": "product", "quantity": "quantity", "line_total": "price"}
"""Canonical column -> what the column of the file is."""

FIRST = 20
"""Rows whose dates tell whether the others can be read."""

_COMMA = re.compile(r"[+-]?\d+,\d+", re.ASCII)


class _Line(NamedTuple):
    row: Row
    product: str
    quantity: Decimal
    amount: Decimal
    price: Decimal | None


class PlainOrders:
    """Reads a file twice: once to see how many rows an order has, once for the rows. SourceError if a column is missing, or
    dates are written another way.

    `zone` is that of dates without an offset, `form` how dates are written (`strptime`), `columns` what columns are (as
    `columns_of` takes them).
    """

    refund_prefix = ""

    def __init__(self, path: str | Path, zone: tzinfo = UTC, form: str = "", columns: Sequence[str] = ()) -> None:
        self._file = CsvFile(path, delimiter_of)
        self._columns = columns_of(path, self._file.head, columns)
        self._dates = Dates(zone, form)
        self.warnings = self._file.warnings
        self._believe_dates(path)
        self._sizes = Counter(self._key(row) for row in self._file.rows())
        self.total = len(self._sizes)
        self._customers: dict[str, Entry] = {}
        self._products: dict[str, tuple[datetime, Entry]] = {}
        self._counts: Counter[str] = Counter()

    def entries(self) -> Iterator[Entry]:
        """An entry for each order, as soon as its last row is read, then those of the customers and products they name."""
        waiting: dict[Key, list[Row]] = {}
        for row in self._file.rows():
            key = self._key(row)
            rows = waiting.setdefault(key, [])
            rows.append(row)
            if len(rows) == self._sizes[key]:
                yield self._order(waiting.pop(key))
        yield from self._customers.values()
        yield from (entry for _at, entry in self._products.values())
        self.warnings += self._remarks()

    def errors_file(self, path: str) -> CsvErrors:
        """All rows of an order that was refused."""
        return CsvErrors(path, self._file.head)

    def _believe_dates(self, path: str | Path) -> None:
        """Where none of the first dates can be read, all are written another way."""
        why = ""
        for row in islice((row for row in self._file.rows() if not row.fault), FIRST):
            try:
                self._dates.read(self._cell(row, "date"))
            except Wrong as error:
                why = why or _("%(path)s: row %(row)d, %(column)s: %(why)s") % {
                    "path": path,
                    "row": row.number,
                    "column": self._columns["date"].strip(),
                    "why": error,
                }
            else:
                return
        if why:
            raise SourceError(why)

    def _cell(self, row: Row, what: str) -> str:
        name = self._columns.get(what)
        return self._file.cell(row, name) if name is not None else ""

    def _key(self, row: Row) -> Key:
        """Rows of one order have the same."""
        order = self._cell(row, "order")
        if order or row.fault:
            return (order or row.number,)
        date = self._cell(row, "date")
        try:
            return self._cell(row, "customer") or self._cell(row, "email"), self._dates.read(date)
        except Wrong:
            return self._cell(row, "customer"), date

    def _order(self, rows: Sequence[Row]) -> Entry:
        first = rows[0]
        name = self._cell(first, "order")
        entry = Entry("orders", name, first.number, rows, partial(self._place, first.number, ORDER_COLUMNS))
        faults = [Refusal(row.number, "", fault) for row in rows if (fault := self._file.fault(row))]
        entry.refusals = faults or self._strangers(rows)
        if entry.refusals:
            return entry
        moments = [self._take(entry, row, "date", self._dates.read) for row in rows]
        at = min((moment for moment in moments if moment), default=None)
        customer, email = self._cell(first, "customer"), self._cell(first, "email")
        if at and not name:
            entry.key = f"{customer or email} {at.isoformat()}"
        if not customer and not email:
            entry.left_out = "" if entry.refusals else "nobody's"
            return entry
        lines = [line for row in rows if (line := self._line(entry, row))]
        if not entry.refusals and not lines:
            entry.left_out = "given back"
        if at and not entry.refusals and not entry.left_out:
            self._fill(entry, lines, at)
        return entry

    def _strangers(self, rows: Sequence[Row]) -> list[Refusal]:
        """Orders of two customers: then the column is no order's, or counts anew for each customer."""
        for what in ("customer", "email"):
            first = self._cell(rows[0], what)
            for row in rows[1:]:
                if self._cell(row, what) != first:
                    said = {"other": self._cell(row, what), "first": first, "order": self._cell(row, "order")}
                    why = _("“%(other)s”, while the first row of order “%(order)s” has “%(first)s”") % said
                    return [Refusal(row.number, self._columns[what], why)]
        return []

    def _line(self, entry: Entry, row: Row) -> _Line | None:
        """None where it gives something back, or cannot be read."""
        product = self._take(entry, row, "product", _required)
        quantity = self._number(entry, row, "quantity")
        price, total = self._number(entry, row, "price"), self._number(entry, row, "total")
        if quantity is None:
            self._counts["quantity"] += "quantity" in self._columns
            quantity = Decimal(1)
        amount = total if total is not None else None if price is None else price * quantity
        if amount is None:
            self._counts["amount"] += 1
            amount = Decimal(0)
        if quantity <= 0 or amount < 0:
            self._counts["given back"] += 1
            return None
        return _Line(row, product, quantity, amount, price) if product else None

    def _number(self, entry: Entry, row: Row, what: str) -> Decimal | None:
        text = self._cell(row, what)
        return self._take(entry, row, what, _read_number) if text else None

    def _take(self, entry: Entry, row: Row, what: str, read: Callable[[object], Any]) -> Any:
        cells = Cells(row.number)
        found = cells.take(self._columns[what], read, self._cell(row, what))
        entry.refusals += cells.refusals
        return found

    def _fill(self, entry: Entry, lines: Sequence[_Line], at: datetime) -> None:
        first = lines[0].row
        said = {name: text for name, what in ORDER_COLUMNS.items() if what != "date" and (text := self._cell(first, what))}
        currency = self._cell(first, "currency")
        entry.data = {
            **said,
            **({"currency": currency} if currency else {}),
            "order_id": entry.key,
            "placed_at": at,
            "total": sum((line.amount for line in lines), Decimal(0)),
            "lines": [{"product_id": line.product, "quantity": line.quantity, "line_total": line.amount} for line in lines],
        }
        entry.place = partial(self._place_of_order, first.number, [line.row.number for line in lines])
        self._know(said, first)
        for line in lines:
            self._know_product(line, at)

    def _know(self, said: dict[str, str], row: Row) -> None:
        """Remember what the last order in the file says of its customer."""
        key = said.get("customer")
        if key:
            data = {"customer_id": key}
            data |= {name: said[name] for name in ("email", "country") if name in said}
            place = partial(self._place, row.number, {**ORDER_COLUMNS, "customer_id": "customer"})
            self._customers[key] = Entry("customers", key, row.number, [row], place, data, is_derived=True)

    def _know_product(self, line: _Line, at: datetime) -> None:
        """Remember what the latest order says of a product."""
        known = self._products.get(line.product)
        if known is None or known[0] < at:
            told = {name: text for name in ("category", "brand") if (text := self._cell(line.row, name))}
            title = self._cell(line.row, "title") or line.product
            data = {"product_id": line.product, "title": title, **told, **({"price": line.price} if line.price else {})}
            number = line.row.number
            place = partial(self._place, number, LINE_COLUMNS)
            self._products[line.product] = at, Entry("products", line.product, number, [line.row], place, data, is_derived=True)

    def _place(self, row: int, columns: dict[str, str], column: str) -> tuple[int, str]:
        return row, self._columns.get(columns.get(column, column), column)

    def _place_of_order(self, first: int, lines: Sequence[int], column: str) -> tuple[int, str]:
        line = LINE_COLUMN.fullmatch(column)
        return self._place(lines[int(line[1])], LINE_COLUMNS, line[2]) if line else self._place(first, ORDER_COLUMNS, column)

    def _remarks(self) -> Iterator[str]:
        """What was taken for granted."""
        if "order" not in self._columns:
            yield _("no column names the order: what one customer bought at one time is one order")
        if not {"price", "total"} & self._columns.keys():
            yield _("there is no price: all amounts are 0")
        elif self._counts["amount"]:
            yield _("rows without an amount: %(count)d; it is taken as 0") % {"count": self._counts["amount"]}
        if self._counts["quantity"]:
            yield _("rows without a quantity: %(count)d; it is taken as 1") % {"count": self._counts["quantity"]}
        if self._counts["given back"]:
            yield _("rows that give something back (no piece, or an amount below 0): %(count)d; they are left out") % {
                "count": self._counts["given back"]
            }


def _read_number(value: object) -> Decimal:
    """With a point, or with a comma where nothing but digits is beside it."""
    text = str(value)
    return read_decimal(text.replace(",", ".") if _COMMA.fullmatch(text) else text)


def _required(value: object) -> str:
    text = read_text(value)
    if not text:
        raise Wrong(_("is required"))
    return text
