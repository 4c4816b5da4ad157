"""Loads the file into the shop, once, in one transaction."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from django.db import transaction

from shopdemo.loader.articles import articles_of
from shopdemo.loader.customers import customers_of
from shopdemo.loader.dates import moved, weeks_to_move
from shopdemo.loader.invoices import DATA_FILE, Invoice, by_time, read_invoices
from shopdemo.loader.sorting import Sort, sorted_out
from shopdemo.loader.write import write_lines, write_orders, write_products, write_refunds, write_users
from shopdemo.progress import Progress, silent
from shopdemo.shop.models import DataLoad

NAME = "online-retail"


def load(now: datetime, *, limit_invoices: int | None = None, path: Path = DATA_FILE, progress: Progress = silent) -> DataLoad:
    """Fill the empty shop with the file's orders; the dates move by whole weeks so that the year ends in the 7 days up to `now`.

    Does it once: the load is recorded with the shift and what was counted, and if that record exists it is returned and
    nothing happens. All or nothing, so an interrupted load leaves an empty shop. `limit_invoices` takes so many of the
    file's invoices instead of all, spread evenly over the year (for tests). Raises ValueError if `now` is naive.
    """
    if now.tzinfo is None:
        raise ValueError("now must be aware.")
    done = DataLoad.objects.filter(name=NAME).first()
    if done is not None:
        return done
    with progress("read", 1) as advance:
        invoices = read_invoices(path)
        advance(1)
    last = invoices[-1].at
    weeks = weeks_to_move(last, now)
    with transaction.atomic():
        counts = _write(_spread(invoices, limit_invoices), weeks, progress)
        return DataLoad.objects.create(
            name=NAME,
            weeks=weeks,
            last_at=moved(last, weeks),
            finished_at=now,
            counts={**counts, "limit_invoices": limit_invoices},
        )


def _write(invoices: Sequence[Invoice], weeks: int, progress: Progress) -> dict[str, int]:
    """Write all that is kept of these invoices (oldest first); what became of the others is counted."""
    found = sorted_out(invoices)
    refunds = found[Sort.REFUND]
    orders = sorted([*found[Sort.ORDER], *found[Sort.GUEST_ORDER]], key=by_time)
    articles = articles_of(orders)
    customers = customers_of(sorted([*found[Sort.ORDER], *refunds], key=by_time))
    products = write_products(articles, weeks, progress)
    users = write_users(customers, weeks, progress)
    write_lines(orders, write_orders(orders, users, weeks, progress), products, progress)
    write_refunds(refunds, users, weeks, progress)
    buyers = {invoice.customer for invoice in found[Sort.ORDER]}
    lines = [line for invoice in orders for line in invoice.lines]
    return {
        "invoices": len(invoices),
        **{str(sort): len(found[sort]) for sort in Sort},
        "customers": len(customers),
        "customers with refunds only": len(customers) - len(buyers),
        "products": len(articles),
        "order lines": len(lines),
        "order lines without a product": sum(line.code not in products for line in lines),
    }


def _spread(invoices: Sequence[Invoice], limit: int | None) -> Sequence[Invoice]:
    """At most `limit` of the invoices, evenly spread; all without a limit."""
    if limit is None or limit >= len(invoices):
        return invoices
    return [invoices[index * len(invoices) // limit] for index in range(limit)]
