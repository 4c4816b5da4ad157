"""What each invoice of the file is: an order, a refund, or nothing a shop would call either."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from enum import StrEnum

from shopdemo.loader.invoices import Invoice


class Sort(StrEnum):
    """The sorts of invoices; only the first three are kept."""

    ORDER = "orders of customers"
    GUEST_ORDER = "orders of guests"
    REFUND = "refunds of customers"
    GUEST_CANCELLATION = "cancelled invoices of guests"
    BAD_DEBT = "corrections of bad debt"
    STOCK_MOVEMENT = "stock movements"


def _is_cancelled(invoice: Invoice) -> bool:
    return invoice.number.startswith("C")


def _is_bad_debt(invoice: Invoice) -> bool:
    return invoice.number.startswith("A")


def _has_customer(invoice: Invoice) -> bool:
    return invoice.customer is not None


def _has_no_positive_price(invoice: Invoice) -> bool:
    return all(line.mills <= 0 for line in invoice.lines)


# The first test that an invoice passes names its sort.
TESTS: tuple[tuple[Callable[[Invoice], bool], Sort], ...] = (
    (_is_bad_debt, Sort.BAD_DEBT),
    (lambda invoice: _is_cancelled(invoice) and _has_customer(invoice), Sort.REFUND),
    (_is_cancelled, Sort.GUEST_CANCELLATION),
    (_has_customer, Sort.ORDER),
    (_has_no_positive_price, Sort.STOCK_MOVEMENT),
    (lambda invoice: True, Sort.GUEST_ORDER),
)


def sort_of(invoice: Invoice) -> Sort:
    """What this invoice is."""
    return next(sort for test, sort in TESTS if test(invoice))


def sorted_out(invoices: Iterable[Invoice]) -> dict[Sort, list[Invoice]]:
    """The invoices by sort, each sort present, in the given order."""
    found: dict[Sort, list[Invoice]] = {sort: [] for sort in Sort}
    for invoice in invoices:
        found[sort_of(invoice)].append(invoice)
    return found
