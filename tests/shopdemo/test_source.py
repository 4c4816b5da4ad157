from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest

from segmentation.activity import record
from shopdemo.shop.art.version import VERSION
from shopdemo.shop.models import Cart, CartLine, Order, OrderLine, Product, Refund, User, WishlistItem
from shopdemo.source import DemoSource

pytestmark = pytest.mark.django_db
AT = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)


def rows(relation: str, *names: str) -> list[tuple[Any, ...]]:
    return sorted(row for chunk in DemoSource().relations[relation].read(names) for row in chunk)


def test_the_source_is_sound() -> None:
    assert DemoSource().problems() == []


@pytest.mark.parametrize("relation", DemoSource.relations)
def test_each_relation_is_one_query(relation: str, django_assert_num_queries: Any) -> None:
    for number in "123":
        user = User.objects.create_user(f"customer-{number}@example.com")
        product = Product.objects.create(code=number, title="CUP", slug="cup", price=Decimal("2.50"))
        order = Order.objects.create(number=number, user=user, total=Decimal("2.50"), placed_at=AT)
        OrderLine.objects.create(order=order, product=product, title="CUP", unit_price=2, line_total=2)
        Refund.objects.create(number=f"C{number}", user=user, order=order, amount=Decimal("2.50"), at=AT)
        CartLine.objects.create(cart=Cart.objects.create(user=user), product=product)
        WishlistItem.objects.create(user=user, product=product)
        record("view", now=AT, customer=str(user.pk), product_id=str(product.pk))
    found = DemoSource().relations[relation]
    with django_assert_num_queries(1):
        assert sum(len(chunk) for chunk in found.read(list(found.columns))) == 3


def test_customers_are_active_and_no_staff() -> None:
    alice = User.objects.create_user("alice@example.com", country="FR", accepts_email=True)
    User.objects.create_user("bob@example.com", is_active=False)
    User.objects.create_superuser("owner@example.com")
    assert rows("customers", "customer_id", "country", "accepts_email") == [(alice.pk, "FR", True)]


def test_cancelled_orders_and_their_lines_never_were() -> None:
    for number, status in (("1", "placed"), ("2", "cancelled"), ("3", "shipped")):
        order = Order.objects.create(number=number, total=Decimal("2.50"), placed_at=AT, status=status, email="dan@example.com")
        OrderLine.objects.create(order=order, title="CUP", unit_price=Decimal("2.50"), line_total=Decimal("2.50"))
    assert rows("orders", "order_id", "placed_at", "total") == [("1", AT, Decimal("2.50")), ("3", AT, Decimal("2.50"))]
    assert rows("order_lines", "order_id", "product_id", "line_total") == [
        ("1", None, Decimal("2.50")),
        ("3", None, Decimal("2.50")),
    ]


def test_lines_name_products_by_the_key_products_have() -> None:
    product = Product.objects.create(code="22423", title="CAKESTAND", slug="cakestand", price=Decimal("10.95"))
    order = Order.objects.create(number="1", total=Decimal("10.95"), placed_at=AT)
    OrderLine.objects.create(order=order, product=product, title="CAKESTAND", unit_price=product.price, line_total=product.price)
    assert rows("order_lines", "product_id") == [(product.pk,)] == rows("products", "product_id")


def test_products_are_told_as_the_shop_shows_them() -> None:
    product = Product.objects.create(
        code="22423", title="REGENCY CAKESTAND 3 TIER", slug="cakestand", price=Decimal("10.95"), list_price=Decimal("12.95")
    )
    Product.objects.create(code="21", title="ÉTUI", slug="etui", price=Decimal("1.00"), is_active=False)
    assert rows("products", "title", "list_price", "active") == [
        ("Regency cakestand 3 tier", Decimal("12.95"), True),
        ("Étui", None, False),
    ]
    addresses = rows("products", "url", "image")[0]
    assert addresses == (f"/product/{product.pk}/cakestand/", f"/art/product/{product.pk}.svg?v={VERSION}")


def test_a_refund_may_name_its_order_by_number() -> None:
    order = Order.objects.create(number="536365", total=Decimal("2.50"), placed_at=AT)
    Refund.objects.create(number="C1", order=order, amount=Decimal("2.50"), at=AT)
    assert rows("refunds", "order_id", "amount") == [("536365", Decimal("2.50"))]


@pytest.mark.parametrize(("paid", "discount"), [("2.00", "1.50"), ("2.50", "0"), ("3.00", "0")])
def test_paid_less_than_the_product_costs_is_a_reduction(paid: str, discount: str) -> None:
    product = Product.objects.create(code="22423", title="CUP", slug="cup", price=Decimal("2.50"))
    order = Order.objects.create(number="1", total=3 * Decimal(paid), placed_at=AT)
    OrderLine.objects.create(
        order=order, product=product, title="CUP", quantity=3, unit_price=Decimal(paid), line_total=3 * Decimal(paid)
    )
    assert rows("order_lines", "discount") == [(Decimal(discount),)]


def test_a_cart_is_worth_what_lies_in_it() -> None:
    user = User.objects.create_user("alice@example.com")
    filled = Cart.objects.create(user=user, created_at=AT, updated_at=AT)
    empty = Cart.objects.create(state=Cart.State.MERGED, created_at=AT, updated_at=AT)
    for code, price, quantity in (("1", "2.50", 3), ("2", "0.10", 7)):
        product = Product.objects.create(code=code, title="CUP", slug=code, price=Decimal(price))
        CartLine.objects.create(cart=filled, product=product, quantity=quantity)
    assert rows("carts", "cart_id", "customer", "state", "updated_at", "total") == [
        (filled.pk, user.pk, "open", AT, Decimal("8.20")),
        (empty.pk, None, "merged", AT, None),
    ]
    assert rows("cart_lines", "cart_id", "quantity", "line_total") == [
        (filled.pk, 3, Decimal("7.50")),
        (filled.pk, 7, Decimal("0.70")),
    ]


def test_wishes() -> None:
    user = User.objects.create_user("alice@example.com")
    product = Product.objects.create(code="22423", title="CAKESTAND", slug="cakestand", price=Decimal("10.95"), stock=2)
    WishlistItem.objects.create(user=user, product=product, added_at=AT)
    assert rows("wishlist_items", "customer", "product_id", "added_at") == [(user.pk, product.pk, AT)]
    assert rows("products", "product_id", "stock") == [(product.pk, 2)]
