from __future__ import annotations

import pytest

from segmentation.errors import SourceError
from segmentation.profiles.census import Census, accounts_with, first_accounts, joined, look_up, take_census
from segmentation.sources import Carts, Column, Customers, Orders, ShopSource
from shopdemo.shop.models import Order, User
from shopdemo.source import DemoSource
from tests.cast import give_refund, place_order
from tests.sources.conftest import keepers, visits  # noqa: F401
from tests.sources.zoo.models import Keeper, Visit
from tests.sources.zoo.source import Zoo

pytestmark = pytest.mark.django_db


class Joining(DemoSource):
    guests_join_accounts = True


class WithoutAddresses(DemoSource):
    guests_join_accounts = True
    customers = DemoSource.customers.replace(email=None)


class TextKeys(ShopSource):
    """Known by name; an order has "" where nobody is named."""

    customers = Customers(Keeper.objects.all(), customer_id="name", email="email")
    visits = Orders(
        Visit.objects.all(),
        order_id="number",
        customer=Column(lambda visit: visit.keeper.name if visit.keeper else ""),
        email="guest_email",
        placed_at="made",
        total="cents",
    )


class GuestsOnly(ShopSource):
    """Orders name nobody but by e-mail."""

    customers = Customers(User.objects.all(), customer_id="pk")
    orders = Orders(Order.objects.all(), order_id="number", email="email", placed_at="placed_at", total="total")


def test_customers_by_id_and_guests_by_address(cast):
    everybody = take_census(DemoSource())

    customers = {str(cast[name].pk) for name in ("alice", "bob", "carol")}
    assert everybody == Census(frozenset(customers), frozenset({"dan@guest.test"}))


def test_nobody_at_all():
    assert take_census(DemoSource()) == Census(frozenset(), frozenset())


def test_one_query_a_relation(cast, django_assert_num_queries):
    with django_assert_num_queries(4):  # customers, orders, refunds, carts
        take_census(DemoSource())


def test_staff_and_inactive_accounts_are_no_customers(alice):
    User.objects.create_user("boss@shop.test", is_staff=True)
    User.objects.create_user("left@shop.test", is_active=False)

    assert take_census(DemoSource()).customers == {str(alice.pk)}


def test_spellings_of_one_address_are_one_guest(db):
    for number, email in enumerate(["Dan@guest.test", "dan@guest.test ", "DAN@GUEST.TEST"]):
        place_order(str(number), email)

    assert take_census(DemoSource()).guests == {"dan@guest.test"}


def test_an_order_of_a_customer_makes_no_guest(alice):
    place_order("A4", alice, email="other@guest.test")

    assert take_census(DemoSource()).guests == frozenset()


def test_a_refund_makes_a_guest_too(db):
    give_refund("R1", "eve@guest.test")

    assert take_census(DemoSource()).guests == {"eve@guest.test"}


def test_a_blank_or_endless_address_makes_no_guest(db):
    place_order("1", "")
    place_order("2", "  ")
    source = DemoSource()

    assert take_census(source).guests == frozenset()


def test_an_address_too_long_for_a_profile_makes_no_guest(db):
    fitting, endless = "a" * 309 + "@guest.test", "a" * 310 + "@guest.test"

    class Long(DemoSource):
        orders = DemoSource.orders.replace(email=lambda order: {"1": fitting, "2": endless}[order.number])

    place_order("1", "dan@guest.test")
    place_order("2", "dan@guest.test")

    assert take_census(Long()).guests == {fitting}


def test_orders_without_a_customer_column_are_all_guests(alice):
    place_order("A4", alice, email="alice@shop.test")

    assert take_census(GuestsOnly()).guests == {"alice@shop.test"}


@pytest.mark.usefixtures("visits")
def test_keys_that_are_uuids():
    everybody = take_census(Zoo())

    assert everybody.customers == {f"00000000-0000-0000-0000-00000000000{last}" for last in "ab"}
    assert everybody.guests == {"guest@zoo.test"}


@pytest.mark.usefixtures("visits")
def test_keys_that_are_text_where_nothing_is_an_empty_text():
    assert take_census(TextKeys()) == Census(frozenset({"Alice", "Bob"}), frozenset({"guest@zoo.test"}))


def test_guests_with_an_accounts_address_join_it_if_the_shop_says_so(cast):
    place_order("G1", "ALICE@shop.test")

    assert take_census(Joining()).guests == {"dan@guest.test"}
    assert take_census(DemoSource()).guests == {"alice@shop.test", "dan@guest.test"}


def test_without_addresses_of_accounts_nobody_joins(cast):
    place_order("G1", "alice@shop.test")

    assert take_census(WithoutAddresses()).guests == {"alice@shop.test", "dan@guest.test"}
    assert accounts_with(WithoutAddresses(), ["alice@shop.test"]) == {}


def test_a_shop_that_cannot_be_read_to_its_end(cast):
    class Torn(DemoSource):
        orders = DemoSource.orders.replace(email=lambda order: order.email if order.number != "D1" else 1 // 0)

    with pytest.raises(SourceError, match=r"orders\.email failed"):
        take_census(Torn())


def test_looking_up_finds_who_is_still_known(cast, django_assert_num_queries):
    alice = cast["alice"]

    with django_assert_num_queries(4):
        found = look_up(DemoSource(), [str(alice.pk), "999999"], [" DAN@guest.test", "gone@guest.test", " "])

    assert found == Census(frozenset({str(alice.pk)}), frozenset({"dan@guest.test"}))


def test_looking_up_nobody_asks_nothing(cast, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert look_up(DemoSource(), [], ["", " "]) == Census(frozenset(), frozenset())


def test_looking_up_a_guest_who_is_an_account(cast):
    place_order("G1", "alice@shop.test")

    assert look_up(Joining(), [], ["alice@shop.test"]).guests == frozenset()
    assert look_up(DemoSource(), [], ["alice@shop.test"]).guests == {"alice@shop.test"}


def test_whose_address_it_is(cast):
    assert accounts_with(DemoSource(), ["ALICE@shop.test ", "dan@guest.test"]) == {"alice@shop.test": str(cast["alice"].pk)}


def test_of_several_accounts_with_one_address_the_first_counts():
    addresses = [("10", "a@x.test"), ("9", "A@x.test "), ("100", "a@x.test"), (None, "a@x.test"), ("1", None), ("2", " ")]

    assert first_accounts(addresses) == {"a@x.test": "9"}


def test_who_is_joined_to_whom(cast):
    alice, carol = str(cast["alice"].pk), str(cast["carol"].pk)

    assert joined(Joining(), [], ["Alice@Shop.test"]) == ({alice}, {"alice@shop.test"})
    assert joined(Joining(), [carol], ["dan@guest.test"]) == ({carol}, {"carol@shop.test", "dan@guest.test"})
    assert joined(DemoSource(), [carol], ["Alice@Shop.test"]) == ({carol}, {"alice@shop.test"})


class BuyersToBe(ShopSource):
    """Carts, here kept in the table of visits, have an address before there is an order."""

    customers = Customers(Keeper.objects.all(), customer_id="pk")
    carts = Carts(Visit.objects.all(), cart_id="number", customer="keeper_id", email="guest_email", updated_at="made")


def test_who_left_an_address_with_a_cart_is_a_guest(visits):  # noqa: F811
    assert take_census(BuyersToBe()).guests == {"guest@zoo.test"}
