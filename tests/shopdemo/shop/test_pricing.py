from __future__ import annotations

from decimal import Decimal

import pytest

from shopdemo.shop.models import CartLine, Coupon, Product
from shopdemo.shop.pricing import totals


def lines(*priced: tuple[str, int]) -> list[CartLine]:
    return [CartLine(product=Product(price=Decimal(price)), quantity=quantity) for price, quantity in priced]


@pytest.mark.parametrize(
    ("goods", "country", "coupon", "expected"),
    [
        ("10.00", "GB", None, ("0.00", "3.95", "30.00", "13.95")),
        ("10.00", "", None, ("0.00", "3.95", "30.00", "13.95")),
        ("40.00", "GB", None, ("0.00", "0.00", "0.00", "40.00")),
        ("39.99", "GB", None, ("0.00", "3.95", "0.01", "43.94")),
        ("40.00", "FR", None, ("0.00", "9.50", "50.00", "49.50")),
        ("40.00", "TW", None, ("0.00", "14.50", "110.00", "54.50")),
        # The way to free delivery is measured after the coupon.
        ("40.00", "GB", Coupon(percent=5), ("2.00", "3.95", "2.00", "41.95")),
        ("0.05", "GB", Coupon(percent=50), ("0.03", "3.95", "39.98", "3.97")),
        ("10.00", "GB", Coupon(amount=Decimal(25)), ("10.00", "3.95", "40.00", "3.95")),
        ("10.00", "GB", Coupon(percent=100), ("10.00", "3.95", "40.00", "3.95")),
    ],
)
def test_totals(goods: str, country: str, coupon: Coupon | None, expected: tuple[str, ...]) -> None:
    due = totals(lines((goods, 1)), coupon, country)
    assert (due.discount, due.delivery, due.missing, due.total) == tuple(map(Decimal, expected))


def test_an_empty_cart_costs_nothing() -> None:
    due = totals([])
    assert (due.goods, due.delivery, due.total) == (0, 0, 0)


def test_how_far_it_is_to_free_delivery() -> None:
    assert [totals(lines(("10.00", count))).progress for count in (1, 3, 4, 9)] == [25, 75, 100, 100]
