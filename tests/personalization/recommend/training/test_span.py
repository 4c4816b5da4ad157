from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from personalization.recommend.training.span import cut_of, span
from segmentation.sources import Customers, OrderLines, Orders, ShopSource
from shopdemo.shop.models import Order, OrderLine, User

FIRST = datetime(2026, 1, 1, 12, tzinfo=UTC)


@pytest.mark.django_db
def test_the_span_is_that_of_all_orders(django_assert_num_queries: Any) -> None:
    assert span() is None
    for number, days in enumerate((100, 0, 40)):
        Order.objects.create(number=str(number), email="a@b.test", total=1, placed_at=FIRST + timedelta(days=days))
    Order.objects.create(number="gone", status="cancelled", email="a@b.test", total=1, placed_at=FIRST + timedelta(days=400))
    with django_assert_num_queries(1):
        assert span() == (FIRST, FIRST + timedelta(days=100))


class Called(ShopSource):
    """Says in Python when orders were placed."""

    customers = Customers(User.objects.all(), customer_id="pk")
    orders = Orders(
        Order.objects.all(), order_id="number", customer="user_id", placed_at=lambda order: order.placed_at, total="total"
    )
    order_lines = OrderLines(
        OrderLine.objects.all(), order_id="order__number", product_id="product_id", quantity="quantity", line_total="line_total"
    )


@pytest.mark.django_db
def test_what_the_database_cannot_tell_is_not_known(use_source: Any) -> None:
    use_source(Called)
    Order.objects.create(number="1", total=1, placed_at=FIRST)
    assert span() is None


@pytest.mark.parametrize(
    ("days", "expected"), [(100, date(2026, 3, 16)), (0, date(2026, 1, 1)), (1, date(2026, 1, 2)), (374, date(2026, 10, 5))]
)
def test_a_good_quarter_is_left_for_the_test(days: int, expected: date) -> None:
    assert cut_of(FIRST, FIRST + timedelta(days=days)) == expected


def test_days_are_those_of_the_shop(configure: Any) -> None:
    configure(TIME_ZONE="Pacific/Auckland")
    assert cut_of(FIRST, FIRST) == date(2026, 1, 2)
