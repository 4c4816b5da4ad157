from __future__ import annotations

import datetime as dt

import pytest

from personalization.models import WatchedProduct
from shopdemo.shop.models import DataLoad, Product

pytestmark = pytest.mark.django_db


def test_some_fell_in_price_and_some_came_back_lately(small_shop: DataLoad) -> None:
    products = {str(product.pk): product for product in Product.objects.all()}
    rows = list(WatchedProduct.objects.all())
    fell = [row for row in rows if row.fell_at]
    back = [row for row in rows if row.back_at]
    assert len(fell) > 5
    assert len(back) > 5
    assert len(fell) + len(back) == len(rows)
    for row in rows:
        product = products[row.product_id]
        at = row.fell_at or row.back_at
        assert at is not None
        assert (row.price, row.price_before) == (product.price, product.list_price)
        assert (row.fell_at is not None) == (product.list_price is not None)
        assert row.in_stock
        assert product.is_active
        assert product.stock > 0
        assert small_shop.last_at - dt.timedelta(days=10) <= at <= small_shop.last_at
