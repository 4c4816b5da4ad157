"""Wishlists."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from shopdemo.loader.batches import create_in_batches
from shopdemo.progress import Progress
from shopdemo.shop.models import User, WishlistItem
from shopdemo.simulation.chance import chance, moment

OWNERS = 0.25
ITEMS = (1, 6)
ADDED_WITHIN = timedelta(days=180)


def add_wishlists(users: Sequence[User], products: Sequence[int], last_at: datetime, progress: Progress) -> int:
    """Give a quarter of `users` one to six of `products` (primary keys), added in the half-year up to `last_at`; how many."""
    items = [item for user in users for item in _items(user, products, last_at)]
    create_in_batches(WishlistItem, items, total=len(items), label="wishlists", progress=progress)
    return len(items)


def _items(user: User, products: Sequence[int], last_at: datetime) -> Iterator[WishlistItem]:
    dice = chance("wishlist", user.email)
    if dice.random() >= OWNERS:
        return
    start = max(user.date_joined, last_at - ADDED_WITHIN)
    for product in dice.sample(products, min(dice.randint(*ITEMS), len(products))):
        yield WishlistItem(user=user, product_id=product, added_at=moment(dice, start, last_at), simulated=True)
