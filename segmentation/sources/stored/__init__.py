"""A shop whose models are elsewhere: its rows pushed to us, by Python or as files, and the source that reads them."""

from __future__ import annotations

from segmentation.sources.stored.carts import record_cart
from segmentation.sources.stored.remove import remove
from segmentation.sources.stored.source import StoredSource, stored_cart_lines, stored_carts, stored_wishlist_items
from segmentation.sources.stored.upsert import RowError, Upserted, upsert

__all__ = [
    "RowError",
    "StoredSource",
    "Upserted",
    "record_cart",
    "remove",
    "stored_cart_lines",
    "stored_carts",
    "stored_wishlist_items",
    "upsert",
]
