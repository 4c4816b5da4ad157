from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Count, F

from shopdemo.shop.models import Cart, DataLoad, User

pytestmark = pytest.mark.django_db


def test_some_have_an_open_cart_with_lines(small_shop: DataLoad) -> None:
    carts = Cart.objects.annotate(size=Count("lines"))
    assert carts.filter(simulated=True, state="open", size__range=(1, 5)).count() == carts.count()
    assert carts.filter(user=None).count() == 40
    assert 0.05 < carts.exclude(user=None).count() / User.objects.count() < 0.11


def test_some_are_fresh_and_more_were_left_behind(small_shop: DataLoad) -> None:
    day_ago = small_shop.last_at - dt.timedelta(days=1)
    fresh = Cart.objects.filter(updated_at__gt=day_ago).count()
    left = Cart.objects.filter(updated_at__lte=day_ago).count()
    assert 0 < fresh < left


def test_times_are_in_order(small_shop: DataLoad) -> None:
    assert not Cart.objects.filter(created_at__gt=F("updated_at")).exists()
    assert not Cart.objects.filter(updated_at__gt=small_shop.last_at).exists()
    assert not Cart.objects.filter(updated_at__lt=F("user__date_joined")).exists()
