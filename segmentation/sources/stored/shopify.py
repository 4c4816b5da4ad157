"""Orders as Shopify exports them: a CSV file with a row for each line item.

The cells of an order stand in its first row only; `CELLS` and the tables below it say which column is what. An order that was
cancelled or voided, or has expired, does not count. The export does not say when money was given back: a refund is dated by
its order. There are no customer ids: buyers are guests, by e-mail.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, tzinfo
from functools import partial
from itertools import groupby
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from segmentation.errors import SourceError
from segmentation.sources.stored.csv_file import CsvErrors, CsvFile, Row
from segmentation.sources.stored.entries import LINE_COLUMN, Entry, Refusal
from segmentation.sources.stored.reading import Cells, read_moment
from segmentation.sources.stored.values import read_decimal, read_text

REQUIRED = (
    "Name",
    "Email",
    "Financial Status",
    "Currency",
    "Total",
    "Created at",
    "Lineitem quantity",
    "Lineitem name",
    "Lineitem price",
    "Cancelled at",
)
"""Every export has them; without one of these its orders would be miscounted."""

NOT_COUNTED = frozenset({"voided", "expired"})
"""Financial states of an order that came to nothing."""

CELLS: Mapping[str, str] = {
    "order_id": "Name",
    "email": "Email",
    "placed_at": "Created at",
    "total": "Total",
    "currency": "Currency",
    "discount": "Discount Amount",
    "refunded": "Refunded Amount",
    "coupon_code": "Discount Code",
    "status": "Financial Status",
    "country": "Shipping Country",
    "channel": "Source",
}
"""Column of an order -> column of the export."""

LINE_CELLS: Mapping[str, str] = {
    "product_id": "Lineitem sku",
    "quantity": "Lineitem quantity",
    "line_total": "Lineitem price",
    "discount": "Lineitem discount",
}

PRODUCT_CELLS: Mapping[str, str] = {"product_id": "Lineitem sku", "title": "Lineitem name", "brand": "Vendor"}


class ShopifyOrders:
    """Reads an export twice: once to see what it is, once for its rows. `zone` is that of times without an offset."""

    refund_prefix = "shopify:"

    def __init__(self, path: str | Path, zone: tzinfo | None = None) -> None:
        self._file = CsvFile(path)
        self._zone = zone
        self.warnings = self._file.warnings
        missing = self._file.missing(REQUIRED)
        if missing:
            said = {"path": path, "columns": ", ".join(missing)}
            raise SourceError(_("%(path)s is no order export of Shopify: it has no column %(columns)s") % said)
        self.total, self._scattered = self._survey()
        self._products: dict[str, tuple[datetime, Entry]] = {}

    def entries(self) -> Iterator[Entry]:
        """An entry for each order, then one for each product as the latest order has it."""
        for name, group in groupby(self._file.rows(), key=self._name):
            yield self._order(name, list(group))
        yield from (entry for _at, entry in self._products.values())

    def errors_file(self, path: str) -> CsvErrors:
        """All rows of an order that was refused."""
        return CsvErrors(path, self._file.head)

    def _survey(self) -> tuple[int, frozenset[str]]:
        """(number of orders, those between whose rows others stand: nobody can tell when all of them are there)."""
        seen: set[str] = set()
        scattered: set[str] = set()
        orders = 0
        for name, _rows in groupby(self._file.rows(), key=self._name):
            (scattered if name in seen else seen).add(name)
            orders += 1
        return orders, frozenset(scattered)

    def _name(self, row: Row) -> str:
        return self._file.cell(row, "Name")

    def _order(self, name: str, rows: Sequence[Row]) -> Entry:
        entry = Entry("orders", name, rows[0].number, rows, partial(_place, rows[0].number, CELLS))
        entry.refusals = self._unfit(name, rows)
        if not entry.refusals:
            entry.left_out = self._left_out(rows[0])
        if not entry.refusals and not entry.left_out:
            self._fill(entry, rows)
        return entry

    def _unfit(self, name: str, rows: Sequence[Row]) -> list[Refusal]:
        """What makes these rows no order."""
        faults = [Refusal(row.number, "", fault) for row in rows if (fault := self._file.fault(row))]
        if faults:
            return faults
        if not name:
            return [Refusal(row.number, "Name", _("is required")) for row in rows]
        if name in self._scattered:
            return [Refusal(row.number, "Name", _("the rows of this order do not stand together")) for row in rows]
        cells = Cells(rows[0].number)
        cells.take("Name", read_text, name)
        return cells.refusals

    def _left_out(self, first: Row) -> str:
        """Why the order does not count; "" if it does."""
        if self._file.cell(first, "Cancelled at"):
            return "cancelled"
        status = self._file.cell(first, "Financial Status").casefold()
        return status if status in NOT_COUNTED else ""

    def _fill(self, entry: Entry, rows: Sequence[Row]) -> None:
        first = rows[0]
        taken = Cells(first.number)
        given = {column: self._file.cell(first, name) for column, name in CELLS.items()}
        at = taken.take(CELLS["placed_at"], partial(read_moment, zone=self._zone), given["placed_at"])
        entry.refusals += taken.refusals
        lines = [row for row in rows if any(self._file.cell(row, name) for name in LINE_CELLS.values())]
        order = {
            **given,
            "placed_at": at,
            "country": given["country"] or self._file.cell(first, "Billing Country"),
            "lines": [self._line(entry, row, at) for row in lines],
        }
        entry.place = partial(_place_of_order, first.number, [row.number for row in lines])
        entry.data = order
        entry.refunds = self._refunds(order)

    def _line(self, entry: Entry, row: Row, at: datetime | None) -> dict[str, Any]:
        taken = Cells(row.number)
        given = {column: self._file.cell(row, name) for column, name in LINE_CELLS.items()}
        title = taken.take("Lineitem name", read_text, self._file.cell(row, "Lineitem name"))
        product = taken.take(LINE_CELLS["product_id"], read_text, given["product_id"]) or title
        quantity = taken.take(LINE_CELLS["quantity"], read_decimal, given["quantity"])
        price = taken.take(LINE_CELLS["line_total"], read_decimal, given["line_total"])
        discount = taken.take(LINE_CELLS["discount"], read_decimal, given["discount"] or "0")
        entry.refusals += taken.refusals
        if quantity is None or price is None or discount is None:
            return {}
        if at and product:
            self._know(product, at, row, title or product)
        return {"product_id": product, "quantity": quantity, "line_total": price * quantity - discount, "discount": discount}

    def _know(self, product: str, at: datetime, row: Row, title: str) -> None:
        """Remember what the latest order says of a product."""
        known = self._products.get(product)
        if known is None or known[0] < at:
            data = {"product_id": product, "title": title, "brand": self._file.cell(row, "Vendor")}
            place = partial(_place, row.number, PRODUCT_CELLS)
            self._products[product] = at, Entry("products", product, row.number, [row], place, data, is_derived=True)

    def _refunds(self, order: Mapping[str, Any]) -> list[dict[str, Any]]:
        amount = order["refunded"] and Cells(0).take("", read_decimal, order["refunded"])
        if not amount:
            return []
        copied = {name: order[name] for name in ("order_id", "email", "currency")}
        return [{**copied, "refund_id": f"{self.refund_prefix}{order['order_id']}", "amount": amount, "at": order["placed_at"]}]


def _place(row: int, cells: Mapping[str, str], column: str) -> tuple[int, str]:
    return row, cells.get(column, column)


def _place_of_order(first: int, lines: Sequence[int], column: str) -> tuple[int, str]:
    line = LINE_COLUMN.fullmatch(column)
    return _place(lines[int(line[1])], LINE_CELLS, line[2]) if line else _place(first, CELLS, column)
