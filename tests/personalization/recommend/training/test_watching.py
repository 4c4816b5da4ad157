from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest

from personalization.models import WatchedProduct
from personalization.recommend.training.watching import watch_products
from shopdemo.shop.models import Product
from tests.cast import NOW
from tests.othershop.models import Thing

LATER = NOW + timedelta(hours=1)
LAST = NOW + timedelta(hours=2)


def row(product: str) -> WatchedProduct:
    return WatchedProduct.objects.get(product_id=product)


def sell(product: Product, **fields: object) -> None:
    Product.objects.filter(pk=product.pk).update(**fields)


def test_the_first_look(goods):
    assert watch_products(now=NOW) == 0
    seen = row(str(goods[0].pk))
    assert (seen.shop, seen.price, seen.in_stock, seen.seen_at) == ("default", Decimal(5), True, NOW)
    assert (seen.price_before, seen.fell_at, seen.back_at) == (None, None, None)


def test_a_price_that_falls_and_falls_again_and_rises(goods):
    lamp = goods[0]
    watch_products(now=NOW)
    sell(lamp, price="4.50")
    assert watch_products(now=LATER) == 1
    seen = row(str(lamp.pk))
    assert (seen.price, seen.price_before, seen.fell_at) == (Decimal("4.5"), Decimal(5), LATER)

    assert watch_products(now=LAST) == 0
    assert row(str(lamp.pk)).fell_at == LATER

    sell(lamp, price="4.00")
    assert watch_products(now=LAST) == 1
    assert (row(str(lamp.pk)).price_before, row(str(lamp.pk)).fell_at) == (Decimal("4.5"), LAST)

    sell(lamp, price="4.20")
    assert watch_products(now=LAST) == 0
    seen = row(str(lamp.pk))
    assert (seen.price, seen.price_before, seen.fell_at) == (Decimal("4.2"), None, None)


def test_what_goes_out_and_comes_back(goods):
    lamp = goods[0]
    watch_products(now=NOW)
    sell(lamp, stock=0)
    assert watch_products(now=LATER) == 0
    assert row(str(lamp.pk)).in_stock is False
    sell(lamp, stock=3)
    assert watch_products(now=LAST) == 1
    assert (row(str(lamp.pk)).in_stock, row(str(lamp.pk)).back_at) == (True, LAST)
    sell(lamp, stock=0)
    watch_products(now=LAST)
    assert row(str(lamp.pk)).back_at is None


def test_what_is_not_sold_any_more_is_forgotten(goods):
    watch_products(now=NOW)
    gone = str(goods[0].pk)
    WatchedProduct.objects.create(shop="second", product_id=gone, seen_at=NOW)
    goods[0].delete()
    watch_products(now=LATER)
    assert list(WatchedProduct.objects.filter(product_id=gone).values_list("shop", flat=True)) == ["second"]


def test_two_queries_where_nothing_changed(goods, django_assert_num_queries):
    watch_products(now=NOW)
    with django_assert_num_queries(2):
        watch_products(now=LATER)


@pytest.mark.django_db
def test_prices_in_cents(configure):
    configure(SOURCE="tests.othershop.source.OtherSource")
    Thing.objects.create(code="L1", label="Lamp", cents=1999, pieces_left=1)
    watch_products(now=NOW)
    assert row("L1").price == Decimal("19.99")
