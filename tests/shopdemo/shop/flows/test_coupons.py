from __future__ import annotations

import datetime as dt
from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError

from shopdemo.shop.flows.coupons import use_coupon, valid_coupon
from shopdemo.shop.models import Coupon
from tests.shopdemo.shop.conftest import NOW

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)


@pytest.mark.parametrize("written", ["SPRING", " spring ", "Spring"])
def test_a_code_is_found_however_it_is_written(written: str) -> None:
    coupon = Coupon.objects.create(code="SPRING", percent=10)
    assert valid_coupon(written, Decimal(0), NOW) == coupon


@pytest.mark.parametrize(
    "fields",
    [
        {"is_active": False},
        {"starts_at": NOW + DAY},
        {"ends_at": NOW},
        {"max_uses": 2, "uses": 2},
        {"min_total": Decimal("10.01")},
    ],
)
def test_what_does_not_count_is_none(fields: dict[str, Any]) -> None:
    Coupon.objects.create(code="SPRING", percent=10, **fields)
    assert valid_coupon("SPRING", Decimal(10), NOW) is None
    assert valid_coupon("OTHER", Decimal(10), NOW) is None
    assert valid_coupon("", Decimal(10), NOW) is None


def test_its_limits_count_themselves() -> None:
    fields = {"starts_at": NOW, "ends_at": NOW + DAY, "max_uses": 1, "min_total": Decimal(10)}
    coupon = Coupon.objects.create(code="SPRING", percent=10, **fields)
    assert valid_coupon("SPRING", Decimal(10), NOW) == coupon


def test_the_last_use_is_given_once() -> None:
    coupon = Coupon.objects.create(code="ONE", percent=10, max_uses=1)
    assert use_coupon(coupon, NOW) is True
    assert use_coupon(coupon, NOW) is False
    coupon.refresh_from_db()
    assert coupon.uses == 1


@pytest.mark.parametrize("fields", [{}, {"percent": 5, "amount": 5}])
def test_a_coupon_is_of_one_kind(fields: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        Coupon(code="X", **fields).full_clean()
    with pytest.raises(IntegrityError):
        Coupon.objects.create(code="X", **fields)


def test_codes_are_kept_in_one_spelling() -> None:
    coupon = Coupon(code=" spring ", percent=5)
    coupon.full_clean()
    assert coupon.code == "SPRING"
