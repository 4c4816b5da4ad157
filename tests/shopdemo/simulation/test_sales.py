from __future__ import annotations

from decimal import Decimal

import pytest

from shopdemo.progress import silent
from shopdemo.shop.models import Product
from shopdemo.simulation.sales import list_price, put_on_sale

PRICE = Decimal("2.95")


def test_a_twentieth_is_on_sale_at_ten_to_forty_percent_off() -> None:
    found = [list_price(str(code), PRICE) for code in range(4_000)]
    before = {price for price in found if price is not None}
    assert 0.04 < sum(price is not None for price in found) / 4_000 < 0.06
    assert (min(before), max(before)) == (Decimal("3.30"), Decimal("4.95"))
    assert all(price % Decimal("0.05") == 0 for price in before)


def test_what_costs_next_to_nothing_is_five_pence_off_and_what_costs_nothing_is_not_on_sale() -> None:
    codes = [str(code) for code in range(400) if list_price(str(code), PRICE)]
    assert {list_price(code, Decimal("0.04")) for code in codes} <= {Decimal("0.09"), Decimal("0.10")}
    assert {list_price(code, Decimal(0)) for code in codes} == {None}


@pytest.mark.django_db
def test_products_say_that_their_sale_is_made_up_and_keep_the_price_that_people_paid() -> None:
    code = next(code for code in map(str, range(400)) if list_price(code, PRICE))
    Product.objects.create(code=code, title="CUP", slug="cup", price=PRICE, simulated_fields=["stock"])
    Product.objects.create(code="X", title="JUG", slug="jug", price=Decimal(0))
    assert put_on_sale(silent) == 1
    cup, jug = Product.objects.order_by("title")
    assert (cup.price, cup.price_before, cup.simulated_fields) == (PRICE, list_price(code, PRICE), ["stock", "list_price"])
    assert (jug.list_price, jug.price_before, jug.simulated_fields) == (None, None, [])


def test_only_a_higher_price_was_one_before_the_sale() -> None:
    assert Product(price=PRICE, list_price=Decimal("3.95")).price_before == Decimal("3.95")
    assert Product(price=PRICE, list_price=PRICE).price_before is None
    assert Product(price=PRICE).price_before is None
