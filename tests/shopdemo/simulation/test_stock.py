from __future__ import annotations

from decimal import Decimal

import pytest

from shopdemo.progress import silent
from shopdemo.shop.models import Product
from shopdemo.simulation.stock import fill_stock, stock


def test_a_few_are_sold_out_and_some_run_low() -> None:
    levels = [stock(str(code)) for code in range(2_000)]
    assert 0.03 < levels.count(0) / 2_000 < 0.07
    assert 0.07 < sum(0 < level <= 3 for level in levels) / 2_000 < 0.13
    assert (min(levels), max(levels)) == (0, 400)


@pytest.mark.django_db
def test_products_say_that_their_stock_is_made_up() -> None:
    Product.objects.create(code="22423", title="CAKESTAND", slug="cakestand", price=Decimal("10.95"))
    assert fill_stock(silent) == 1
    product = Product.objects.get()
    assert (product.stock, product.simulated_fields, product.simulated) == (stock("22423"), ["stock"], False)
