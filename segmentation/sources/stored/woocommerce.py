"""Orders as the REST API of WooCommerce gives them (v3, `orders`): a JSON list.

Times are those whose names end in `_gmt`: the others are in the shop's zone, which the file does not tell. Amounts are with
tax, as the customer paid them. The list of orders does not say when money was given back: a refund is dated by the last change
of its order, unless the file has the refund's own date.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from decimal import Decimal
from functools import partial
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from segmentation.errors import SourceError
from segmentation.sources.stored.entries import LINE_COLUMN, Entry, Refusal, last_of_each
from segmentation.sources.stored.files import JsonErrors, load_json
from segmentation.sources.stored.reading import Cells, read_moment
from segmentation.sources.stored.values import read_decimal, read_text

COUNTED = frozenset({"processing", "completed", "on-hold", "refunded"})
NOT_COUNTED = frozenset({"pending", "failed", "cancelled", "trash", "checkout-draft", "auto-draft", "draft"})
"""States of an order that came to nothing, or not yet to anything."""

CELLS: Mapping[str, str] = {
    "order_id": "number",
    "customer": "customer_id",
    "email": "billing.email",
    "placed_at": "date_created_gmt",
    "total": "total",
    "currency": "currency",
    "discount": "discount_total",
    "refunded": "refunds",
    "coupon_code": "coupon_lines",
    "status": "status",
    "country": "shipping.country",
    "channel": "created_via",
}
"""Column of an order -> where WooCommerce has it."""

LINE_CELLS: Mapping[str, str] = {"line_total": "total", "discount": "subtotal"}

NOBODY = (0, "0", "", None)
"""Ids of a guest."""

NOTHING = ("", None)

read_gmt = partial(read_moment, zone=UTC)


class WooCommerceOrders:
    """Reads a list of orders. SourceError if the file holds anything else."""

    refund_prefix = "woocommerce:"

    def __init__(self, path: str | Path) -> None:
        orders, self.warnings = load_json(path)
        if not isinstance(orders, list):
            raise SourceError(_("%(path)s is no list of WooCommerce orders") % {"path": path})
        self._latest: dict[tuple[str, str], tuple[datetime, Entry]] = {}
        self._entries = last_of_each([self._order(number, order) for number, order in enumerate(orders, 1)], self.warnings)
        self.total = len(self._entries)

    def entries(self) -> Iterator[Entry]:
        """An entry for each customer and product as the latest order has them, and one for each order."""
        odd = {str(entry.data["status"]) for entry in self._entries if entry.data and entry.data["status"] not in COUNTED}
        if odd:
            said = {"states": ", ".join(sorted(odd))}
            self.warnings.append(_("states that WooCommerce does not have by itself, counted as orders: %(states)s") % said)
        latest = [entry for _at, entry in self._latest.values()]
        yield from (entry for entry in latest if entry.relation == "customers")
        yield from (entry for entry in latest if entry.relation == "products")
        yield from self._entries

    def errors_file(self, path: str) -> JsonErrors:
        """The refused orders as they came."""
        return JsonErrors(path)

    def _order(self, number: int, order: object) -> Entry:
        if not isinstance(order, Mapping):
            wrong = [Refusal(number, "", _("is no order"))]
            return Entry("orders", "", number, [order], partial(_place, number), refusals=wrong)
        taken = Cells(number)
        key = taken.take("number", read_text, order.get("number") or order.get("id"))
        status = taken.take("status", read_text, order.get("status"))
        entry = Entry("orders", key or "", number, [order], partial(_place, number), refusals=taken.refusals)
        if status in NOT_COUNTED:
            entry.left_out = status
        elif not entry.refusals:
            self._fill(entry, order, taken)
        return entry

    def _fill(self, entry: Entry, order: Mapping[str, Any], taken: Cells) -> None:
        at = taken.take("date_created_gmt", read_gmt, order.get("date_created_gmt"))
        billing, shipping = _part(order, "billing"), _part(order, "shipping")
        owner = order.get("customer_id")
        common = {
            "order_id": entry.key,
            "customer": None if owner in NOBODY else owner,
            "email": billing.get("email"),
            "currency": order.get("currency"),
        }
        refunds = [_refund(taken, place, refund, order) for place, refund in enumerate(_list(order, "refunds"))]
        lines = [_line(taken, place, line) for place, line in enumerate(_list(order, "line_items"))]
        entry.data = {
            **common,
            "placed_at": at,
            "total": order.get("total"),
            "discount": _with_tax(taken, "discount_total", order.get("discount_total"), order.get("discount_tax")),
            "refunded": sum(refund["amount"] for refund in refunds),
            "coupon_code": next((coupon.get("code") for coupon in _list(order, "coupon_lines")), None),
            "status": order.get("status"),
            "country": shipping.get("country") or billing.get("country"),
            "channel": order.get("created_via"),
            "lines": lines,
        }
        entry.refunds = [{**common, **refund} for refund in refunds if refund["amount"]]
        if at and not taken.refusals:
            self._know(entry, at, _customer(common["customer"], billing), "customers", "customer_id")
            for line in _list(order, "line_items"):
                self._know(entry, at, _product(line), "products", "product_id")

    def _know(self, entry: Entry, at: datetime, data: Mapping[str, Any], relation: str, key: str) -> None:
        """Remember what the latest order says of a customer or a product."""
        name = str(data[key])
        known = self._latest.get((relation, name))
        if data[key] and (known is None or known[0] < at):
            self._latest[relation, name] = at, Entry(relation, name, entry.row, entry.kept, entry.place, data, is_derived=True)


def _customer(customer: object, billing: Mapping[str, Any]) -> dict[str, Any]:
    cells = {"email": "email", "first_name": "first_name", "country": "country", "region": "state", "city": "city"}
    # What an order does not say is not unsaid by it.
    said = {column: billing[name] for column, name in cells.items() if billing.get(name)}
    return {"customer_id": customer, **said}


def _product(line: Mapping[str, Any]) -> dict[str, Any]:
    parent = line.get("product_id") if line.get("variation_id") else None
    return {"product_id": _product_id(line), "title": line.get("name") or _product_id(line), "parent_id": parent}


def _product_id(line: Mapping[str, Any]) -> Any:
    """The variation, the product, or what a product that was deleted left behind."""
    return line.get("variation_id") or line.get("product_id") or line.get("sku") or line.get("name")


def _line(taken: Cells, place: int, line: Mapping[str, Any]) -> dict[str, Any]:
    column = f"line_items[{place}]"
    paid = _with_tax(taken, f"{column}.total", line.get("total"), line.get("total_tax"))
    before = _with_tax(taken, f"{column}.subtotal", line.get("subtotal"), line.get("subtotal_tax"))
    discount = before - paid if line.get("subtotal") else None
    return {"product_id": _product_id(line), "quantity": line.get("quantity"), "line_total": paid, "discount": discount}


def _refund(taken: Cells, place: int, refund: Mapping[str, Any], order: Mapping[str, Any]) -> dict[str, Any]:
    column = f"refunds[{place}]"
    times = refund.get("date_created_gmt") or order.get("date_modified_gmt") or order.get("date_created_gmt")
    return {
        "refund_id": f"{WooCommerceOrders.refund_prefix}{refund.get('id')}",
        "amount": abs(taken.take(f"{column}.total", read_decimal, refund.get("total")) or Decimal(0)),
        "at": taken.take(f"{column}.date_created_gmt", read_gmt, times),
    }


def _with_tax(taken: Cells, column: str, net: object, tax: object) -> Decimal:
    amounts = (taken.take(column, read_decimal, "0" if value in NOTHING else value) for value in (net, tax))
    return sum((amount for amount in amounts if amount is not None), Decimal(0))


def _part(order: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    """An object in the order; PHP writes an empty one as a list."""
    found = order.get(name)
    return found if isinstance(found, Mapping) else {}


def _list(order: Mapping[str, Any], name: str) -> list[Mapping[str, Any]]:
    found = order.get(name)
    return [each for each in found if isinstance(each, Mapping)] if isinstance(found, list) else []


def _place(row: int, column: str) -> tuple[int, str]:
    line = LINE_COLUMN.fullmatch(column)
    if line:
        return row, f"line_items[{line[1]}].{LINE_CELLS.get(line[2], line[2])}"
    return row, CELLS.get(column, column)
