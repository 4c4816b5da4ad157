from __future__ import annotations

from typing import Any

import pytest

from personalization.models import WatchedProduct
from segmentation.models import Activity, Profile
from shopdemo.shop.models import Cart, DataLoad, Product, User, WishlistItem
from shopdemo.simulation import simulate as simulating
from shopdemo.simulation.simulate import NothingLoadedError, simulate
from tests.shopdemo.conftest import NOW

pytestmark = pytest.mark.django_db


def test_before_a_load_there_is_nothing_to_simulate_for() -> None:
    DataLoad.objects.all().delete()
    with pytest.raises(NothingLoadedError, match="Load the orders"):
        simulate(NOW)


def test_it_is_counted_and_done_once(small_shop: DataLoad, django_assert_num_queries: Any) -> None:
    done = DataLoad.objects.get(name="simulation")
    assert done.counts == {
        "persons": small_shop.counts["customers"],
        "prospects": 150,
        "stocked products": Product.objects.count(),
        "products on sale": Product.objects.exclude(list_price=None).count(),
        "watched products": WatchedProduct.objects.count(),
        "wishlist items": WishlistItem.objects.count(),
        "carts": done.counts["carts"],
        "activity": Activity.objects.count(),
    }
    User.objects.filter(email="prospect-001@example.com").update(first_name="Renamed")
    with django_assert_num_queries(1):
        assert simulate(NOW).pk == done.pk
    assert User.objects.get(email="prospect-001@example.com").first_name == "Renamed"


def test_an_interrupted_simulation_leaves_nothing(small_shop: DataLoad, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OSError("the disk is full")

    for model in (User, WishlistItem, Cart):
        model.objects.filter(simulated=True).delete()
    Activity.objects.all().delete()
    WatchedProduct.objects.all().delete()
    Profile.objects.all().delete()
    DataLoad.objects.filter(name="simulation").delete()
    monkeypatch.setattr(simulating, "add_carts", fail)
    with pytest.raises(OSError, match="the disk is full"):
        simulate(NOW)
    assert not User.objects.filter(simulated=True).exists()
    assert not DataLoad.objects.filter(name="simulation").exists()
