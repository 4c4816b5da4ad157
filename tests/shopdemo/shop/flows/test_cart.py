from __future__ import annotations

import datetime as dt
from types import SimpleNamespace

import pytest
from django.contrib.sessions.backends.db import SessionStore

from shopdemo.shop.flows.cart import Owner, add_to_cart, find_cart, lines_of, merge_cart, set_quantities
from shopdemo.shop.models import Cart
from tests.shopdemo.shop.conftest import NOW

pytestmark = pytest.mark.django_db
LATER = NOW + dt.timedelta(hours=1)


@pytest.fixture
def visitor() -> Owner:
    return Owner(None, SessionStore(), "v-1")


def content(owner: Owner) -> list[tuple[str, int]]:
    return [(line.product.code, line.quantity) for line in lines_of(find_cart(owner))]


def test_a_visitors_cart_is_made_when_something_is_put_into_it(shop: SimpleNamespace, visitor: Owner) -> None:
    assert find_cart(visitor) is None
    add_to_cart(visitor, shop.cup, 2, NOW)
    add_to_cart(visitor, shop.cup, 1, LATER)
    add_to_cart(visitor, shop.lamp, 1, LATER)
    cart = Cart.objects.get()
    assert (cart.user, cart.visitor, cart.state, cart.created_at, cart.updated_at) == (None, "v-1", "open", NOW, LATER)
    assert content(visitor) == [("C1", 3), ("L1", 1)]


def test_a_cart_belongs_to_its_session_alone(shop: SimpleNamespace, visitor: Owner) -> None:
    add_to_cart(visitor, shop.cup, 1, NOW)
    other = Owner(None, SessionStore(), "v-1")
    assert find_cart(other) is None
    forged = SessionStore()
    hers = add_to_cart(Owner(shop.ann, SessionStore()), shop.cup, 1, NOW)
    assert hers
    forged["cart"] = hers.cart_id
    assert find_cart(Owner(None, forged)) is None
    assert find_cart(Owner(shop.ben, forged)) is None


def test_there_is_never_more_in_it_than_in_the_store(shop: SimpleNamespace, visitor: Owner) -> None:
    add_to_cart(visitor, shop.lantern, 50, NOW)
    assert content(visitor) == [("L2", 3)]
    shop.lamp.stock = 500
    shop.lamp.save()
    add_to_cart(visitor, shop.lamp, 98, NOW)
    add_to_cart(visitor, shop.lamp, 98, NOW)
    assert content(visitor)[1] == ("L1", 99)


@pytest.mark.parametrize(("name", "quantity"), [("gone", 1), ("old", 1), ("cup", 0), ("cup", -1)])
def test_what_cannot_be_had_makes_no_cart(shop: SimpleNamespace, visitor: Owner, name: str, quantity: int) -> None:
    assert add_to_cart(visitor, getattr(shop, name), quantity, NOW) is None
    assert not Cart.objects.exists()


def test_quantities_are_set_in_ones_own_cart_only(shop: SimpleNamespace, visitor: Owner) -> None:
    mine = [add_to_cart(visitor, thing, 1, NOW) for thing in (shop.cup, shop.lamp, shop.lantern)]
    ann = Owner(shop.ann, SessionStore())
    hers = add_to_cart(ann, shop.cup, 1, NOW)
    assert hers
    cup, lamp, lantern = (line.pk for line in mine if line)
    set_quantities(visitor, {cup: 4, lamp: 0, lantern: 99, hers.pk: 7}, LATER)
    assert content(visitor) == [("C1", 4), ("L2", 3)]
    assert content(ann) == [("C1", 1)]
    set_quantities(Owner(None, SessionStore()), {cup: 0}, LATER)
    assert content(visitor) == [("C1", 4), ("L2", 3)]


def test_at_log_in_the_cart_becomes_the_customers(shop: SimpleNamespace, visitor: Owner) -> None:
    add_to_cart(visitor, shop.cup, 2, NOW)
    merge_cart(shop.ann, visitor.session, LATER)
    cart = Cart.objects.get()
    assert (cart.user, cart.visitor, cart.state, cart.updated_at) == (shop.ann, "v-1", "open", NOW)
    assert find_cart(visitor) is None


def test_two_carts_are_poured_into_one(shop: SimpleNamespace, visitor: Owner) -> None:
    ann = Owner(shop.ann, SessionStore())
    add_to_cart(ann, shop.cup, 3, NOW)
    add_to_cart(visitor, shop.cup, 2, NOW)
    add_to_cart(visitor, shop.lamp, 1, NOW)
    merge_cart(shop.ann, visitor.session, LATER)
    assert content(ann) == [("C1", 3), ("L1", 1)]
    assert Cart.objects.get(state="merged").user is None
    assert Cart.objects.get(state="open").updated_at == LATER
    merge_cart(shop.ann, visitor.session, LATER)
    assert content(ann) == [("C1", 3), ("L1", 1)]
