"""Filling a cart. A visitor's is named by her session alone; at log-in it is merged into her account's."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.auth.models import AnonymousUser
from django.contrib.sessions.backends.base import SessionBase
from django.db import transaction

from shopdemo.shop.models import Cart, CartLine, Product, User

SESSION_KEY = "cart"
MOST = 99
"""Of one product in one cart."""


@dataclass(frozen=True)
class Owner:
    """Whose cart it is: a user's, or that of whoever has this session; `visitor` is the id she is known by, or ""."""

    user: User | None
    session: SessionBase
    visitor: str = ""


def owner_of(user: User | AnonymousUser, session: SessionBase, visitor: str = "") -> Owner:
    """The owner that a request stands for."""
    return Owner(user if isinstance(user, User) else None, session, visitor)


def find_cart(owner: Owner) -> Cart | None:
    """Her open cart, if she has one; one query at most."""
    open_carts = Cart.objects.filter(state=Cart.State.OPEN)
    if owner.user:
        return open_carts.filter(user=owner.user).order_by("-updated_at", "-pk").first()
    number = owner.session.get(SESSION_KEY)
    return open_carts.filter(pk=number, user=None).first() if number else None


def lines_of(cart: Cart | None) -> list[CartLine]:
    """What is in it and still on sale, with products and categories, in the order in which it was put there."""
    if cart is None:
        return []
    lines = CartLine.objects.filter(cart=cart, product__is_active=True)
    return list(lines.select_related("product__category").order_by("pk"))


def add_to_cart(owner: Owner, product: Product, quantity: int, now: datetime) -> CartLine | None:
    """Put so many more of a product into her cart, making one if need be; never more than there are or than `MOST`.

    None if the product cannot be had.
    """
    if not product.is_active or product.stock < 1 or quantity < 1:
        return None
    with transaction.atomic():
        cart = find_cart(owner) or _new_cart(owner, now)
        line = CartLine.objects.filter(cart=cart, product=product).first() or CartLine(cart=cart, product=product, quantity=0)
        line.quantity = _within(line.quantity + quantity, product)
        line.save()
        _touch(cart, owner, now)
    return line


def set_quantities(owner: Owner, quantities: Mapping[int, int], now: datetime) -> list[Product]:
    """Set quantities in her own cart (line -> quantity) and return what went out of it.

    0 takes a line out, and so does a product that is sold out; other people's lines are left alone.
    """
    cart = find_cart(owner)
    if cart is None:
        return []
    with transaction.atomic():
        lines = CartLine.objects.filter(cart=cart, pk__in=quantities).select_related("product__category")
        removed = [line.product for line in lines if not _set(line, quantities[line.pk])]
        _touch(cart, owner, now)
    return removed


def merge_cart(user: User, session: SessionBase, now: datetime) -> None:
    """Pour the session's cart into the user's, at log-in; of a product in both the larger number stays."""
    mine = find_cart(Owner(None, session))
    session.pop(SESSION_KEY, None)
    if mine is None:
        return
    with transaction.atomic():
        theirs = find_cart(Owner(user, session))
        if theirs is None:
            mine.user = user
            mine.save(update_fields=["user"])
            return
        _pour(mine, theirs)
        mine.state = Cart.State.MERGED
        mine.save(update_fields=["state"])
        theirs.updated_at = now
        theirs.save(update_fields=["updated_at"])


def _pour(source: Cart, target: Cart) -> None:
    present = {line.product_id: line for line in target.lines.all()}
    for line in source.lines.select_related("product"):
        kept = present.get(line.product_id) or CartLine(cart=target, product=line.product, quantity=0)
        kept.quantity = max(kept.quantity, line.quantity)
        kept.save()


def _set(line: CartLine, quantity: int) -> int:
    line.quantity = _within(quantity, line.product)
    if line.quantity:
        line.save(update_fields=["quantity"])
    else:
        line.delete()
    return line.quantity


def _within(quantity: int, product: Product) -> int:
    return max(0, min(quantity, product.stock, MOST))


def _new_cart(owner: Owner, now: datetime) -> Cart:
    cart = Cart.objects.create(user=owner.user, visitor=owner.visitor, created_at=now, updated_at=now)
    if owner.user is None:
        owner.session[SESSION_KEY] = cart.pk
    return cart


def _touch(cart: Cart, owner: Owner, now: datetime) -> None:
    cart.updated_at = now
    cart.visitor = cart.visitor or owner.visitor
    cart.save(update_fields=["updated_at", "visitor"])
