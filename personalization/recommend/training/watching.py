"""What products cost and whether they could be had at the last look, and what became of it since."""

from __future__ import annotations

from datetime import datetime
from decimal import Decimal, InvalidOperation
from typing import Any

from django.db import router, transaction

from personalization.conf import conf
from personalization.models import WatchedProduct
from personalization.recommend.product import Product, read_products
from segmentation.models.batch import batches

KEPT = ("price", "price_before", "fell_at", "in_stock", "back_at")

_DIGITS = WatchedProduct._meta.get_field("price")
LONGEST_ID = WatchedProduct._meta.get_field("product_id").max_length or 0


def watch_products(*, now: datetime) -> int:
    """Compare the shop's prices and stock with the last look, and note what fell or came back; how many did."""
    products = read_products()
    seen = {row.product_id: row for row in WatchedProduct.objects.filter(shop=conf.shop)}
    better, changed = 0, []
    for product in products.values():
        if len(product.id) > LONGEST_ID:
            continue
        row = seen.get(product.id) or _first_look(product, now)
        before = _state(row)
        better += _look(row, product, now)
        if row.pk is None or _state(row) != before:
            changed.append(row)
    for some in batches(changed):
        with transaction.atomic(using=router.db_for_write(WatchedProduct)):
            WatchedProduct.objects.bulk_create(
                some, update_conflicts=True, unique_fields=["shop", "product_id"], update_fields=KEPT
            )
    for gone in batches(sorted(seen.keys() - products.keys())):
        WatchedProduct.objects.filter(shop=conf.shop, product_id__in=gone).delete()
    return better


def _first_look(product: Product, now: datetime) -> WatchedProduct:
    return WatchedProduct(
        shop=conf.shop, product_id=product.id, price=_amount(product.price), in_stock=product.is_in_stock, seen_at=now
    )


def _look(row: WatchedProduct, product: Product, now: datetime) -> bool:
    """Bring the row in step with the product; whether something changed for the better."""
    price = _amount(product.price)
    is_cheaper = price is not None and row.price is not None and price < row.price
    is_back = product.is_in_stock and not row.in_stock
    if is_cheaper:
        row.price_before, row.fell_at = row.price, now
    elif price is None or (row.price is not None and price > row.price):
        row.price_before = row.fell_at = None
    if product.is_in_stock != row.in_stock:
        row.back_at = now if is_back else None
    row.price, row.in_stock = price, product.is_in_stock
    return is_cheaper or is_back


def _state(row: WatchedProduct) -> tuple[Any, ...]:
    return tuple(getattr(row, name) for name in KEPT)


def _amount(price: Any) -> Decimal | None:
    """As the database keeps it; None for what is no price, or none that it can keep."""
    try:
        amount = Decimal(str(price)).quantize(Decimal(1).scaleb(-_DIGITS.decimal_places))
    except InvalidOperation:
        return None
    return amount if abs(amount) < Decimal(10) ** (_DIGITS.max_digits - _DIGITS.decimal_places) else None
