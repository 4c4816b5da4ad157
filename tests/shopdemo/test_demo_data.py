"""The whole file in the shop: the facts that docs/demo-data.md tells."""

from __future__ import annotations

import datetime as dt
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db.models import Count, F, Min, Q, Sum

from shopdemo.loader.load import load
from shopdemo.shop.models import Category, DataLoad, Order, OrderLine, Product, Refund, User
from tests.shopdemo.conftest import NOW

pytestmark = pytest.mark.django_db


def test_what_the_whole_file_becomes(full_shop: DataLoad) -> None:
    assert full_shop.counts == {
        "invoices": 25_900,
        "orders of customers": 18_536,
        "orders of guests": 1_427,
        "refunds of customers": 3_654,
        "cancelled invoices of guests": 182,
        "corrections of bad debt": 3,
        "stock movements": 2_098,
        "customers": 4_372,
        "customers with refunds only": 33,
        "products": 3_796,
        "order lines": 530_510,
        "order lines without a product": 2_445,
        "limit_invoices": None,
    }
    assert Order.objects.count() == 18_536 + 1_427
    assert Order.objects.filter(user=None, email__startswith="guest-", simulated_fields=["email"]).count() == 1_427
    assert OrderLine.objects.count() == 530_510
    assert OrderLine.objects.filter(product=None).count() == 2_445
    assert Refund.objects.filter(order=None, user__isnull=False, amount__gt=0).count() == 3_654
    assert User.objects.count() == 4_372
    assert User.objects.filter(orders=None).count() == 33
    assert (Product.objects.count(), Category.objects.count()) == (3_796, 15)


def test_the_docs_tell_the_same_counts(full_shop: DataLoad) -> None:
    text = Path(settings.BASE_DIR, "docs", "demo-data.md").read_text()
    missing = [name for name, count in full_shop.counts.items() if count is not None and f"{count:,}" not in text]
    assert missing == []


def test_every_total_is_the_sum_of_its_lines(full_shop: DataLoad) -> None:
    lines = OrderLine.objects.aggregate(total=Sum("line_total"))["total"]
    orders = Order.objects.aggregate(total=Sum("total"))["total"]
    assert abs(lines - orders) < Decimal("0.005")
    wrong = Order.objects.annotate(lines_total=Sum("lines__line_total")).exclude(
        total__range=(F("lines_total") - Decimal("0.005"), F("lines_total") + Decimal("0.005"))
    )
    assert list(wrong.values_list("number", flat=True)) == []


def test_four_orders_of_customers_cost_nothing(full_shop: DataLoad) -> None:
    free = Order.objects.filter(total=0).order_by("number")
    assert list(free.values_list("number", flat=True)) == ["543599", "564651", "568384", "578841"]


def test_the_year_ends_in_the_seven_days_up_to_now(full_shop: DataLoad) -> None:
    assert full_shop.weeks == 742
    assert full_shop.last_at == dt.datetime(2026, 2, 27, 12, 50, tzinfo=dt.UTC)
    assert Order.objects.latest("placed_at").placed_at == full_shop.last_at


def test_one_customer_as_the_file_has_her(full_shop: DataLoad) -> None:
    user = User.objects.get(email="customer-17850@example.com")
    first = user.orders.earliest("placed_at", "number")
    assert (first.number, first.total, first.country, first.currency) == ("536365", Decimal("139.12"), "GB", "GBP")
    assert first.placed_at == dt.datetime(2025, 2, 19, 8, 26, tzinfo=dt.UTC)
    assert user.date_joined == first.placed_at - dt.timedelta(hours=1 + 17850 % 72)
    assert not user.has_usable_password()
    line = first.lines.get(product__code="85123A")
    assert (line.quantity, line.unit_price, line.line_total) == (6, Decimal("2.55"), Decimal("15.30"))
    assert line.product is not None
    assert line.product.category is not None
    assert line.product.category.name == "Lighting & Candles"


def test_everybody_joined_before_buying(full_shop: DataLoad) -> None:
    early = User.objects.annotate(first=Min("orders__placed_at")).filter(first__lte=F("date_joined"))
    assert early.count() == 0


def test_refunds_are_positive_and_name_their_invoice(full_shop: DataLoad) -> None:
    refund = Refund.objects.get(number="C536379")
    assert (refund.amount, refund.order, refund.user and refund.user.email) == (
        Decimal("27.50"),
        None,
        "customer-14527@example.com",
    )


def test_countries(full_shop: DataLoad) -> None:
    counts = User.objects.aggregate(unset=Count("pk", filter=Q(country="")), home=Count("pk", filter=Q(country="GB")))
    assert counts == {"unset": 14, "home": 3_950}


def test_a_second_load_shifts_and_loads_nothing(full_shop: DataLoad, django_assert_num_queries: Any) -> None:
    User.objects.filter(email="customer-17850@example.com").update(first_name="Renamed")
    with django_assert_num_queries(1):
        again = load(NOW + dt.timedelta(days=70))
    assert (again.pk, again.weeks) == (full_shop.pk, full_shop.weeks)
    assert Order.objects.count() == 19_963
    assert User.objects.get(email="customer-17850@example.com").first_name == "Renamed"
