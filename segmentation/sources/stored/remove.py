"""Rows that the shop does not count any more, taken away."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import Any

from django.db import router, transaction
from django.db.models import QuerySet

from segmentation.conf import conf
from segmentation.errors import SourceError
from segmentation.models.batch import batches
from segmentation.models.imported import Imported, ImportedRefund
from segmentation.sources.stored.shapes import Shape, shape_of

BATCH = 50
"""Rows a transaction: whoever follows the shop looks up the owner of each before it goes."""


def remove(relation: str, keys: Iterable[str], *, dry_run: bool = False) -> int:
    """Take away the rows with these keys, an order with its lines and refunds; how many there were.

    Keys without a row are fine. Receivers hear of each. SourceError for a relation whose rows have no key of one column.
    """
    shape = shape_of(relation)
    if len(shape.key) > 1:
        raise SourceError(f"rows of {relation} are named by {' and '.join(shape.key)}: not by one key")
    rows = _rows(shape)
    there = [
        key
        for batch in batches(list(dict.fromkeys(keys)))
        for key in rows.filter(**{f"{shape.key[0]}__in": batch}).values_list(shape.key[0], flat=True)
    ]
    for batch in batches(there, BATCH) if not dry_run else ():
        with transaction.atomic(using=rows.db):
            if relation == "orders":
                ImportedRefund.objects.filter(shop=conf.shop, order_id__in=batch).delete()
            rows.filter(**{f"{shape.key[0]}__in": batch}).delete()
    return len(there)


def remove_wish(customer: str, product_id: str) -> int:
    """Take away one wish, which two columns name; how many there were."""
    named: dict[str, Any] = {"customer": customer, "product_id": product_id}
    return _rows(shape_of("wishlist_items")).filter(**named).delete()[0]


def _rows(shape: Shape) -> QuerySet[Imported]:
    return shape.model._default_manager.using(router.db_for_write(shape.model)).filter(shop=conf.shop)


def remove_other_refunds(prefix: str, orders: Collection[str], refunds: Collection[str], *, dry_run: bool = False) -> int:
    """Take away the refunds of these orders whose id begins with `prefix`, save those that are still there."""
    stale = [
        key
        for batch in batches(list(orders))
        for key in ImportedRefund.objects.filter(shop=conf.shop, order_id__in=batch, refund_id__startswith=prefix).values_list(
            "refund_id", flat=True
        )
    ]
    return remove("refunds", set(stale) - set(refunds), dry_run=dry_run)
