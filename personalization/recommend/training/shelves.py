"""Shelves: products that are new, on sale, cheaper than they were, or back."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime, timedelta

from personalization.conf import conf
from personalization.models import WatchedProduct
from personalization.recommend.keys import shelf_key
from personalization.recommend.listed import LISTED, Listed, Lists, Part
from personalization.recommend.product import Product, Products

NEW_FOR = timedelta(days=60)
FALLEN_FOR = timedelta(days=30)
BACK_FOR = timedelta(days=14)

Watched = Mapping[str, WatchedProduct]
"""By product."""

Stands = Callable[[Product, WatchedProduct | None, datetime], bool]
"""Whether a product, of which we may know what it was, stands on a shelf at a moment."""


def _is_new(product: Product, seen: WatchedProduct | None, now: datetime) -> bool:
    return product.created_at is not None and now - NEW_FOR < product.created_at <= now


def _is_on_sale(product: Product, seen: WatchedProduct | None, now: datetime) -> bool:
    return product.price is not None and product.list_price is not None and product.list_price > product.price


def _is_cheaper(product: Product, seen: WatchedProduct | None, now: datetime) -> bool:
    if seen is None or seen.fell_at is None or seen.price_before is None or product.price is None:
        return False
    return now - FALLEN_FOR < seen.fell_at <= now and product.price < seen.price_before


def _is_back(product: Product, seen: WatchedProduct | None, now: datetime) -> bool:
    return seen is not None and seen.back_at is not None and now - BACK_FOR < seen.back_at <= now


STANDS: Mapping[str, Stands] = {
    "new_arrivals": _is_new,
    "on_sale": _is_on_sale,
    "price_drop": _is_cheaper,
    "back_in_stock": _is_back,
}
"""Shelf -> what stands on it."""


def shelf_rows(products: Products, scores: Mapping[str, float], *, now: datetime) -> Iterator[tuple[str, Lists]]:
    """The rows of all shelves, of products that can be had, those that most people buy in front; one query."""
    had = [product for product in products.values() if product.is_active and product.is_in_stock]
    watched = {row.product_id: row for row in WatchedProduct.objects.filter(shop=conf.shop)}
    for shelf, stands in STANDS.items():
        standing = [product for product in had if stands(product, watched.get(product.id), now)]
        standing.sort(key=lambda product: (-scores.get(product.id, 0.0), product.id))
        yield shelf_key(shelf), {Part.ITEMS: [Listed(one.id, scores.get(one.id, 0.0)) for one in standing[:LISTED]]}
