"""Carts: open ones of today and ones left behind."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

from shopdemo.loader.batches import create_in_batches
from shopdemo.progress import Progress
from shopdemo.shop.models import Cart, CartLine, User
from shopdemo.simulation.chance import chance, moment

OWNERS = 0.08
ANONYMOUS = 40
LINES = (1, 5)
QUANTITIES = (1, 6)
# A third are still being filled, the others were left behind; all are open, for nobody ordered them.
FRESH = 1 / 3
FRESH_WITHIN = timedelta(days=1)
LEFT_WITHIN = timedelta(days=60)
FILLED_WITHIN = timedelta(hours=2)


def add_carts(users: Sequence[User], products: Sequence[int], last_at: datetime, progress: Progress) -> int:
    """Give one in twelve of `users`, and some visitors without an account, an open cart of `products`; how many."""
    carts = list(_carts(users, last_at))
    create_in_batches(Cart, (cart for cart, _ in carts), total=len(carts), label="carts", progress=progress)
    lines = [line for cart, dice in carts for line in _lines(cart, dice, products)]
    create_in_batches(CartLine, lines, total=len(lines), label="cart lines", progress=progress)
    return len(carts)


def _carts(users: Sequence[User], last_at: datetime) -> Iterator[tuple[Cart, random.Random]]:
    for user in users:
        dice = chance("cart", user.email)
        if dice.random() < OWNERS:
            yield _cart(dice, user, last_at), dice
    for number in range(ANONYMOUS):
        dice = chance("cart", "visitor", str(number))
        yield _cart(dice, None, last_at), dice


def _cart(dice: random.Random, user: User | None, last_at: datetime) -> Cart:
    fresh = dice.random() < FRESH
    start, end = (last_at - FRESH_WITHIN, last_at) if fresh else (last_at - LEFT_WITHIN, last_at - FRESH_WITHIN)
    updated_at = max(moment(dice, start, end), user.date_joined) if user else moment(dice, start, end)
    created_at = moment(dice, updated_at - FILLED_WITHIN, updated_at)
    return Cart(user=user, state=Cart.State.OPEN, created_at=created_at, updated_at=updated_at, simulated=True)


def _lines(cart: Cart, dice: random.Random, products: Sequence[int]) -> Iterator[CartLine]:
    for product in dice.sample(products, min(dice.randint(*LINES), len(products))):
        yield CartLine(cart=cart, product_id=product, quantity=dice.randint(*QUANTITIES))
