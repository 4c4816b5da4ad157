"""What a cart costs: goods, less the coupon, plus delivery. Prices are those of today, the shop's own, never the browser's."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from shopdemo.shop.models import CartLine, Coupon
from shopdemo.shop.shipping import rate_for

CURRENCY = "GBP"
PENNY = Decimal("0.01")
NOTHING = Decimal("0.00")


@dataclass(frozen=True)
class Totals:
    """All in the shop's currency; `missing` is what free delivery still asks for, 0 where it is free."""

    goods: Decimal
    discount: Decimal
    delivery: Decimal
    missing: Decimal
    free_from: Decimal

    @property
    def total(self) -> Decimal:
        """What is charged."""
        return self.goods - self.discount + self.delivery

    @property
    def progress(self) -> int:
        """Of a hundred, how far the way to free delivery is."""
        return min(100, int((self.goods - self.discount) * 100 / self.free_from))


def goods_of(lines: Sequence[CartLine]) -> Decimal:
    """The sum of the lines at today's prices; products must be loaded."""
    return sum((line.sum for line in lines), NOTHING)


def discount_of(coupon: Coupon | None, goods: Decimal) -> Decimal:
    """What the coupon takes off these goods: never more than they cost, rounded to the penny."""
    if coupon is None:
        return NOTHING
    if coupon.percent is not None:
        return (goods * coupon.percent / 100).quantize(PENNY, ROUND_HALF_UP)
    return min(goods, coupon.amount or NOTHING)


def totals(lines: Sequence[CartLine], coupon: Coupon | None = None, country: str = "") -> Totals:
    """The cart's totals for a delivery to `country`; an empty cart costs nothing."""
    goods = goods_of(lines)
    discount = discount_of(coupon, goods)
    rate = rate_for(country)
    missing = max(NOTHING, rate.free_from - (goods - discount))
    delivery = rate.price if lines and missing else NOTHING
    return Totals(goods, discount, delivery, missing, rate.free_from)
