"""What became cheaper or came back lately: the file shows neither."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from personalization.models import WatchedProduct
from segmentation.conf import conf
from shopdemo.loader.batches import create_in_batches
from shopdemo.progress import Progress
from shopdemo.shop.models import Product
from shopdemo.simulation.chance import chance, moment

FELL, BACK = 1 / 3, 0.01
"""Of the products on sale; of the others."""
WITHIN = timedelta(days=10)


def watch_some(last_at: datetime, progress: Progress) -> int:
    """Note of some products that can be had that their price fell, or that they came back, in the days up to `last_at`; how
    many."""
    rows = list(_noted(last_at))
    create_in_batches(WatchedProduct, rows, total=len(rows), label="watched products", progress=progress)
    return len(rows)


def _noted(last_at: datetime) -> Iterator[WatchedProduct]:
    for product in Product.objects.filter(is_active=True, stock__gt=0).order_by("code"):
        dice = chance("watched", product.code)
        fell = product.list_price is not None
        if dice.random() < (FELL if fell else BACK):
            at = moment(dice, last_at - WITHIN, last_at)
            yield WatchedProduct(
                shop=conf.shop,
                product_id=str(product.pk),
                price=product.price,
                price_before=product.list_price,
                fell_at=at if fell else None,
                back_at=None if fell else at,
                seen_at=product.created_at,
            )
