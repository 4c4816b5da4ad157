from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest
from django.utils import timezone

from personalization.models import MerchandisingRule
from shopdemo.demo.merchandise import define_rules
from shopdemo.merchandising import RULES, DemoRule, Kind
from shopdemo.shop.models import Product

pytestmark = pytest.mark.django_db
NOW = dt.datetime(2026, 11, 20, 12, tzinfo=dt.UTC)


def rules() -> list[tuple[str, str, str, str, int]]:
    made = MerchandisingRule.objects.order_by("action", "kind")
    return list(made.values_list("action", "kind", "value", "strategy", "position"))


def test_rules_are_made_once_and_then_the_owners() -> None:
    ribbons, voucher = (
        Product.objects.create(code=code, title=title, slug="x", price=Decimal("1.65"))
        for code, title in (("22077", "6 RIBBONS RUSTIC CHARM"), ("22016", "GIFT VOUCHER"))
    )
    assert define_rules(NOW) == 3
    christmas = ("exclude", "category", "Christmas", "", 1)
    assert rules() == [
        christmas,
        ("exclude", "product", str(voucher.pk), "", 1),
        ("pin", "product", str(ribbons.pk), "cross_sell", 4),
    ]
    MerchandisingRule.objects.filter(kind="product").delete()
    assert define_rules(NOW) == 0
    assert rules() == [christmas]


def test_a_product_that_is_not_there_is_left_out() -> None:
    assert define_rules(NOW) == 1
    assert rules() == [("exclude", "category", "Christmas", "", 1)]


@pytest.mark.parametrize(
    ("day", "months", "period"),
    [
        ((2026, 3, 4), (1, 8), "2026-01-01 to 2026-09-01"),
        ((2026, 8, 31), (1, 8), "2026-01-01 to 2026-09-01"),
        ((2026, 9, 1), (1, 8), "2027-01-01 to 2027-09-01"),
        ((2026, 12, 9), (10, 12), "2026-10-01 to 2027-01-01"),
    ],
)
def test_months_are_those_of_the_shop_and_come_every_year(
    day: tuple[int, int, int], months: tuple[int, int], period: str
) -> None:
    rule = DemoRule(action=RULES[-1].action, kind=Kind.CATEGORY, value="Christmas", months=months)
    define_rules(dt.datetime(*day, 12, tzinfo=dt.UTC), [rule])
    made = MerchandisingRule.objects.get()
    assert made.starts_at is not None
    assert made.ends_at is not None
    assert f"{timezone.localtime(made.starts_at):%Y-%m-%d} to {timezone.localtime(made.ends_at):%Y-%m-%d}" == period


def test_a_rule_without_months_always_counts() -> None:
    define_rules(NOW, [DemoRule(action=RULES[-1].action, kind=Kind.CATEGORY, value="Other")])
    made = MerchandisingRule.objects.get()
    assert (made.starts_at, made.ends_at) == (None, None)
