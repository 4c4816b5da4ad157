from __future__ import annotations

import datetime as dt

import pytest
from django.db.models import Count, F

from shopdemo.shop.models import DataLoad, User, WishlistItem

pytestmark = pytest.mark.django_db


def test_a_quarter_wish_for_up_to_six_things(small_shop: DataLoad) -> None:
    owners = User.objects.annotate(wishes=Count("wishlist_items")).filter(wishes__gt=0)
    assert 0.2 < owners.count() / User.objects.count() < 0.3
    assert set(owners.values_list("wishes", flat=True)) == {1, 2, 3, 4, 5, 6}


def test_nobody_wishes_before_joining_or_after_the_data_end(small_shop: DataLoad) -> None:
    items = WishlistItem.objects.all()
    assert items.filter(simulated=True).count() == items.count()
    assert not items.filter(added_at__gt=small_shop.last_at).exists()
    assert not items.filter(added_at__lt=F("user__date_joined")).exists()
    assert not items.filter(added_at__lt=small_shop.last_at - dt.timedelta(days=180)).exists()
