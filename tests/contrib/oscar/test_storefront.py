"""Baskets, wishes, views and searches through Oscar's own views."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse
from oscar.core.loading import get_model

from segmentation.profiles import user_key
from segmentation.testing import make_segment, refresh_now
from tests.contrib.oscar.memberships import members, same_after_refresh
from tests.contrib.oscar.storefront import Shopper

Basket = get_model("basket", "Basket")

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("countries", "segments")]

RULES = {
    "baskets": 'carts.count(where state = "Open") >= 1',
    "full-baskets": "carts.sum(total) >= 20",
    "two-in-basket": "cart_lines.sum(quantity) >= 2",
    "wishing": "wishlist_items.count() >= 1",
    "looking": 'events.count(where kind = "view", last 1 hours) >= 1',
    "searching": 'events.count(where kind = "search", last 1 hours) >= 1',
}


@pytest.fixture
def segments(alice: Any) -> None:
    for slug, rule in RULES.items():
        make_segment(slug, rule)
    refresh_now()


@pytest.fixture
def her(alice: Any) -> set[str]:
    """Alice's profile key, alone."""
    return {user_key(alice.pk)}


def test_a_page_is_a_view_and_leaves_an_empty_basket(alice, her, lamp) -> None:
    Shopper(alice).get(lamp.get_absolute_url())

    assert Basket.objects.filter(owner=alice, status="Open").exists()
    assert same_after_refresh() == {"looking": her}


def test_a_search_and_a_blank_one(alice, her, lamp) -> None:
    shopper = Shopper(alice)
    shopper.get(reverse("search:search"), q="")
    assert members() == {}

    shopper.get(reverse("search:search"), q="lamp")
    assert same_after_refresh() == {"searching": her}


def test_a_basket_fills_and_empties(alice, her, lamp) -> None:
    shopper = Shopper(alice)
    shopper.add(lamp)
    assert members() == {"baskets": her}

    shopper.add(lamp)
    assert same_after_refresh() == {"baskets": her, "full-baskets": her, "two-in-basket": her}

    Basket.objects.get().lines.get().delete()
    assert same_after_refresh() == {}


def test_a_basket_that_is_bought_is_none_any_more(alice, her, lamp) -> None:
    shopper = Shopper(alice)
    shopper.add(lamp, 2)
    assert members() == {"baskets": her, "full-baskets": her, "two-in-basket": her}

    shopper.check_out()
    assert same_after_refresh() == {}


def test_a_basket_left_at_the_bank_is_still_there(alice, her, lamp) -> None:
    Shopper(alice).add(lamp)
    Basket.objects.get().freeze()

    assert same_after_refresh() == {"baskets": her}


def test_a_visitors_basket_becomes_hers_when_she_logs_in(alice, her, lamp) -> None:
    alice.set_password("lamp")
    alice.save()
    shopper = Shopper()
    shopper.add(lamp, 2)
    assert members() == {}

    shopper.post("customer:login", **{"login-username": alice.email, "login-password": "lamp"}, login_submit="1")
    assert Basket.objects.filter(owner=alice, status="Open", lines__quantity=2).exists()
    assert same_after_refresh() == {"baskets": her, "full-baskets": her, "two-in-basket": her}


def test_wishes(alice, her, lamp) -> None:
    shopper = Shopper(alice)
    shopper.post("customer:wishlists-add-product", lamp.pk)
    assert members()["wishing"] == her

    get_model("wishlists", "Line").objects.get().delete()
    assert "wishing" not in same_after_refresh()
