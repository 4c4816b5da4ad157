from __future__ import annotations

from decimal import Decimal

import pytest

from shopdemo.shop.models import Order, OrderLine
from shopdemo.shop.totals import lines_total, set_total_from_lines

pytestmark = pytest.mark.django_db


@pytest.fixture
def order() -> Order:
    order = Order.objects.create(number="1", total=Decimal("5.00"))
    for total in ("1.10", "2.20"):
        OrderLine.objects.create(order=order, title="CUP", unit_price=Decimal(total), line_total=Decimal(total))
    return order


def test_saving_recomputes_nothing(order: Order) -> None:
    order.save()
    order.refresh_from_db()
    assert order.total == Decimal("5.00")


def test_lines_are_added_up(order: Order) -> None:
    assert lines_total(order) == Decimal("3.30")
    assert lines_total(Order.objects.create(number="2", total=1)) == Decimal("0.00")


def test_the_total_is_set_when_asked_and_only_if_it_differs(order: Order) -> None:
    assert set_total_from_lines(order) is True
    order.refresh_from_db()
    assert order.total == Decimal("3.30")
    assert set_total_from_lines(order) is False
