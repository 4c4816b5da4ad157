from __future__ import annotations

import re
from decimal import Decimal
from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.db import SessionStore

from shopdemo.shop.flows.cart import Owner, add_to_cart, find_cart
from shopdemo.shop.flows.checkout import (
    CartGoneError,
    CouponRefusedError,
    Destination,
    SoldOutError,
    TotalChangedError,
    place_order,
)
from shopdemo.shop.models import Address, Cart, Coupon, Order, Product
from tests.shopdemo.shop.conftest import NOW

pytestmark = pytest.mark.django_db
HOME = Destination("Ada", "1 Road", "London", "N1", "GB", "ada@example.com")


@pytest.fixture
def owner(shop: SimpleNamespace) -> Owner:
    """A visitor with two cups and a lamp: goods of 17.50."""
    owner = Owner(None, SessionStore())
    add_to_cart(owner, shop.cup, 2, NOW)
    add_to_cart(owner, shop.lamp, 1, NOW)
    return owner


def cart_of(owner: Owner) -> Cart:
    cart = find_cart(owner)
    assert cart
    return cart


def test_a_guests_order_is_all_there(shop: SimpleNamespace, owner: Owner) -> None:
    Coupon.objects.create(code="TEN", percent=10)
    cart = cart_of(owner)
    order = place_order(cart, None, HOME, "ten", NOW, shown=Decimal("19.70"))
    assert re.fullmatch(r"R[2-9A-HJ-NP-Z]{9}", order.number)
    assert (order.user, order.email, order.country, order.coupon_code) == (None, "ada@example.com", "GB", "TEN")
    assert (order.total, order.currency, order.placed_at, order.status) == (Decimal("19.70"), "GBP", NOW, "placed")
    assert (order.simulated, order.simulated_fields) == (False, [])
    assert list(order.lines.order_by("pk").values_list("title", "quantity", "unit_price", "line_total")) == [
        ("BLUE CUP", 2, Decimal("4.00"), Decimal("8.00")),
        ("RED LAMP", 1, Decimal("9.50"), Decimal("9.50")),
        ("DISCOUNT", 1, Decimal("-1.75"), Decimal("-1.75")),
        ("DELIVERY", 1, Decimal("3.95"), Decimal("3.95")),
    ]
    assert sum(order.lines.values_list("line_total", flat=True)) == order.total
    assert Address.objects.get(order=order).street == "1 Road"
    assert dict(Product.objects.values_list("code", "stock")) == {"C1": 7, "L1": 8, "L2": 3, "C2": 0, "O1": 9}
    cart.refresh_from_db()
    assert (cart.state, cart.email) == ("ordered", "ada@example.com")
    assert Coupon.objects.get().uses == 1


def test_a_customers_order_is_hers(shop: SimpleNamespace) -> None:
    owner = Owner(shop.ann, SessionStore())
    add_to_cart(owner, shop.lamp, 5, NOW)
    order = place_order(cart_of(owner), shop.ann, Destination("Ann", "2 Rue", "Lyon", "", "FR"), "", NOW)
    assert (order.user, order.email, order.total) == (shop.ann, "", Decimal("57.00"))


def untouched(shop: SimpleNamespace, owner: Owner) -> bool:
    stock = list(Product.objects.filter(pk__in=(shop.cup.pk, shop.lamp.pk)).values_list("code", "stock").order_by("code"))
    return not Order.objects.exists() and find_cart(owner) is not None and stock[0] == ("C1", 9)


def test_too_little_in_the_store_leaves_all_as_it_was(shop: SimpleNamespace, owner: Owner) -> None:
    Product.objects.filter(pk=shop.lamp.pk).update(stock=0)
    with pytest.raises(SoldOutError) as refused:
        place_order(cart_of(owner), None, HOME, "", NOW)
    assert refused.value.product == shop.lamp
    assert untouched(shop, owner)


def test_a_coupon_that_does_not_count_leaves_all_as_it_was(shop: SimpleNamespace, owner: Owner) -> None:
    Coupon.objects.create(code="LATE", percent=10, max_uses=1, uses=1)
    with pytest.raises(CouponRefusedError):
        place_order(cart_of(owner), None, HOME, "LATE", NOW)
    assert untouched(shop, owner)


def test_another_total_than_was_shown_leaves_all_as_it_was(shop: SimpleNamespace, owner: Owner) -> None:
    Coupon.objects.create(code="TEN", percent=10)
    Product.objects.filter(pk=shop.lamp.pk).update(price=Decimal("95.00"))
    with pytest.raises(TotalChangedError):
        place_order(cart_of(owner), None, HOME, "TEN", NOW, shown=Decimal("19.70"))
    assert untouched(shop, owner)
    assert Coupon.objects.get().uses == 0


def test_a_cart_is_ordered_once(shop: SimpleNamespace, owner: Owner) -> None:
    cart = cart_of(owner)
    place_order(cart, None, HOME, "", NOW)
    with pytest.raises(CartGoneError):
        place_order(cart, None, HOME, "", NOW)
    assert Order.objects.count() == 1


def test_what_went_off_sale_is_not_ordered(shop: SimpleNamespace, owner: Owner) -> None:
    Product.objects.update(is_active=False)
    with pytest.raises(CartGoneError):
        place_order(cart_of(owner), None, HOME, "", NOW)
    assert Cart.objects.get().state == "open"
