"""What visitors do in the shop is told, and what they see follows."""

from __future__ import annotations

from types import SimpleNamespace
from typing import Any

import pytest
from django.test import Client

from personalization.content.published import publisher
from segmentation.membership import define, refresh
from segmentation.models import Activity, Membership
from segmentation.profiles import sync
from shopdemo.demo.contents import define_missing_slots
from shopdemo.progress import silent
from shopdemo.shop.models import Cart
from tests.personalization.conftest import BROWSER
from tests.shopdemo.shop.conftest import NOW

pytestmark = pytest.mark.django_db
ADDRESS = {"name": "Ada", "street": "1 Road", "city": "London", "country": "GB", "order": "1"}


def deeds() -> list[tuple[str, str, str, str]]:
    rows = Activity.objects.exclude(kind="visit").order_by("pk")
    return list(rows.values_list("kind", "product_id", "category", "query"))


@pytest.fixture
def ann(ann: Client) -> Client:
    """She looks with a browser: what machines do is not told."""
    ann.defaults["HTTP_USER_AGENT"] = BROWSER
    return ann


def test_what_a_customer_does_is_told(ann: Client, shop: SimpleNamespace) -> None:
    cup = str(shop.cup.pk)
    ann.get("/category/kitchen-dining/")
    ann.get("/search/?q=cups")
    ann.get("/search/?q=")
    ann.get(f"/product/{cup}/blue-cup/")
    ann.post(f"/cart/add/{cup}/", {"quantity": 2})
    line = str(Cart.objects.get().lines.get().pk)
    ann.post("/cart/update/", {f"quantity-{line}": 1})
    ann.get("/checkout/")
    ann.post("/cart/update/", {"remove": line})
    for _ in range(2):
        ann.post(f"/account/wishlist/add/{cup}/")
    ann.post(f"/account/wishlist/remove/{cup}/")
    kitchen = "Kitchen & Dining"
    assert deeds() == [
        ("view", "", kitchen, ""),
        ("search", "", "", "cups"),
        ("view", cup, kitchen, ""),
        ("add_to_cart", cup, kitchen, ""),
        ("checkout", "", "", ""),
        ("remove_from_cart", cup, kitchen, ""),
        ("add_to_wishlist", cup, kitchen, ""),
        ("remove_from_wishlist", cup, kitchen, ""),
    ]
    assert set(Activity.objects.values_list("customer", flat=True)) == {str(shop.ann.pk)}


def test_what_did_not_happen_is_not_told(ann: Client, shop: SimpleNamespace) -> None:
    ann.post(f"/cart/add/{shop.gone.pk}/", {"quantity": 1})
    ann.post(f"/account/wishlist/remove/{shop.cup.pk}/")
    ann.get(f"/product/{shop.old.pk}/old-lamp/")
    ann.get("/checkout/")
    assert deeds() == []


def test_an_order_changes_what_is_shown_at_once(
    ann: Client, shop: SimpleNamespace, configure: Any, django_capture_on_commit_callbacks: Any
) -> None:
    configure(CHANGES="inline")
    sync(now=NOW)
    define("never-bought", "orders.count() = 0", name="Never bought", now=NOW)
    refresh(now=NOW)
    define_missing_slots(silent)
    publisher.forget()
    assert "Good to see you" in ann.get("/").content.decode()
    ann.post(f"/cart/add/{shop.cup.pk}/", {"quantity": 1})
    with django_capture_on_commit_callbacks(execute=True):
        ann.post("/checkout/", {**ADDRESS, "total": "7.95"})
    assert not Membership.objects.filter(profile__key=f"user:{shop.ann.pk}").exists()
    page = ann.get("/").content.decode()
    assert "Good to see you" not in page
    assert "rg-banner" in page
