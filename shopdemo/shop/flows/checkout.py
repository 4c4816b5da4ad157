"""From a cart to an order."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal

from django.db import transaction
from django.db.models import F

from shopdemo.shop.flows.cart import lines_of
from shopdemo.shop.flows.coupons import use_coupon, valid_coupon
from shopdemo.shop.models import Address, Cart, CartLine, Coupon, Order, OrderLine, Product, User
from shopdemo.shop.pricing import CURRENCY, Totals, goods_of, totals

DELIVERY = "DELIVERY"
DISCOUNT = "DISCOUNT"
"""Titles of the lines that are no products, as in the loaded orders ("POSTAGE")."""

# Letters and digits that nobody mistakes for each other: 30 bits, so that no number can be guessed from another.
_ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"


class CheckoutError(Exception):
    """The order cannot be placed as it is; nothing was changed."""


class CartGoneError(CheckoutError):
    """The cart is empty, or was ordered already."""


class SoldOutError(CheckoutError):
    """There is less of `product` than the cart wants."""

    def __init__(self, product: Product) -> None:
        super().__init__(product.title)
        self.product = product


class CouponRefusedError(CheckoutError):
    """The code does not count, or no longer."""


class TotalChangedError(CheckoutError):
    """It comes to something else than the customer was shown."""


@dataclass(frozen=True)
class Destination:
    """Who gets the order, and where; `email` is a guest's, "" for a user."""

    name: str
    street: str
    city: str
    postcode: str
    country: str
    email: str = ""


def place_order(
    cart: Cart, user: User | None, destination: Destination, code: str, now: datetime, *, shown: Decimal | None = None
) -> Order:
    """Make the cart an order, in one transaction: stock taken, coupon counted, prices of this moment.

    `shown` is the total that the customer agreed to. Placed twice, the second finds no open cart. Raises CheckoutError.
    """
    with transaction.atomic():
        if not Cart.objects.filter(pk=cart.pk, state=Cart.State.OPEN).update(state=Cart.State.ORDERED):
            raise CartGoneError
        lines = lines_of(cart)
        if not lines:
            raise CartGoneError
        for line in sorted(lines, key=lambda line: line.product_id):  # one order of locks for all
            _take(line)
        coupon = _counted(code, lines, now)
        due = totals(lines, coupon, destination.country)
        if shown is not None and shown != due.total:
            raise TotalChangedError
        order = _write(user, destination, due, coupon, now)
        _write_lines(order, lines, due)
        _close(cart, destination, now)
    return order


def _take(line: CartLine) -> None:
    wanted = Product.objects.filter(pk=line.product_id, is_active=True, stock__gte=line.quantity)
    if not wanted.update(stock=F("stock") - line.quantity):
        raise SoldOutError(line.product)


def _counted(code: str, lines: Sequence[CartLine], now: datetime) -> Coupon | None:
    if not code:
        return None
    coupon = valid_coupon(code, goods_of(lines), now)
    if coupon is None or not use_coupon(coupon, now):
        raise CouponRefusedError
    return coupon


def _write(user: User | None, to: Destination, due: Totals, coupon: Coupon | None, now: datetime) -> Order:
    order = Order.objects.create(
        number="R" + "".join(secrets.choice(_ALPHABET) for _ in range(9)),
        user=user,
        email="" if user else to.email,
        placed_at=now,
        currency=CURRENCY,
        total=due.total,
        country=to.country,
        coupon_code=coupon.code if coupon else "",
    )
    Address.objects.create(order=order, name=to.name, street=to.street, city=to.city, postcode=to.postcode, country=to.country)
    return order


def _write_lines(order: Order, lines: Sequence[CartLine], due: Totals) -> None:
    for line in lines:
        OrderLine.objects.create(
            order=order,
            product=line.product,
            title=line.product.title,
            quantity=line.quantity,
            unit_price=line.product.price,
            line_total=line.sum,
        )
    for title, amount in ((DISCOUNT, -due.discount), (DELIVERY, due.delivery)):
        if amount:
            OrderLine.objects.create(order=order, title=title, unit_price=amount, line_total=amount)


def _close(cart: Cart, to: Destination, now: datetime) -> None:
    """Saved, so that whoever listens hears."""
    cart.state = Cart.State.ORDERED
    cart.email = cart.email or to.email
    cart.updated_at = now
    cart.save(update_fields=["state", "email", "updated_at"])
