from __future__ import annotations

import json
from datetime import timedelta
from importlib import import_module

import pytest
from django.db.models import Value

from segmentation.errors import SourceError
from segmentation.membership import define, refresh
from segmentation.membership.changes import PROFILE, follow, keys_of_owners, owners
from segmentation.models import JournalEntry, Membership, Profile
from segmentation.models.batch import BATCH
from segmentation.signals import people_changed
from shopdemo.shop.models import Order, Product, User
from shopdemo.source import DemoSource
from tests.cast import NOW, add_line, ago, give_refund, key_of, keys_of, members, place_order, profile_of
from tests.sources.conftest import ALICE, BOB, keepers
from tests.sources.zoo.models import Animal, Basket, BasketItem, Search, Sighting, WishList
from tests.sources.zoo.source import Park

__all__ = ["keepers"]

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)
DEMO = DemoSource()
PARK = Park()
CHANGES = import_module("segmentation.membership.changes")


class Joining(DemoSource):
    guests_join_accounts = True


class Torn(DemoSource):
    orders = DemoSource.orders.replace(order_id=lambda order: 1 // 0)


class Annotated(DemoSource):
    """Who owns an order is known by the shop's queryset alone."""

    orders = DemoSource.orders.replace(
        Order.objects.exclude(status="cancelled").annotate(buyer=Value(7)), customer="buyer", email=None
    )


def order(number: str) -> str:
    """The primary key of an order, as a notice has it."""
    return str(Order.objects.get(number=number).pk)


@pytest.fixture
def segments(cast):
    """Filled. Loyal is Alice; never bought is Carol."""
    define("loyal", "orders.count() >= 3", now=NOW)
    define("never-bought", "orders.count() = 0", now=NOW)
    refresh(now=NOW)


# Who is concerned.


def test_the_owner_of_an_order(alice, dan):
    assert owners(DEMO, "orders", [order("A1"), order("A2")]) == ({alice.pk}, set(), set())
    assert owners(DEMO, "orders", [order("D1")]) == (set(), {" Dan@Guest.test"}, set())


def test_the_owner_of_a_refund_and_of_a_line(alice, dan):
    product = Product.objects.create(code="L", title="Lamp", slug="lamp", price=5)
    line = add_line(Order.objects.get(number="D1"), product)

    assert owners(DEMO, "refunds", [give_refund("R1", alice).pk]) == ({alice.pk}, set(), set())
    assert owners(DEMO, "order_lines", [str(line.pk)]) == (set(), {" Dan@Guest.test"}, set())


def test_a_customer_is_concerned_by_themselves(alice):
    assert owners(DEMO, "customers", [str(alice.pk)]) == ({alice.pk}, set(), set())


def test_products_and_rows_of_nobody_concern_nobody(db):
    product = Product.objects.create(code="L", title="Lamp", slug="lamp", price=5)

    assert owners(DEMO, "products", [product.pk]) == (set(), set(), set())
    assert owners(DEMO, "orders", [place_order("N1", None).pk]) == (set(), set(), set())


@pytest.mark.parametrize("relation", ["customers", "orders", "order_lines", "refunds"])
def test_rows_that_are_no_more_concern_nobody(relation, db):
    assert owners(DEMO, relation, ["999999"]) == (set(), set(), set())


def test_the_owner_of_a_cart_and_of_its_lines(keepers):
    otter = Animal.objects.create(title="Otter", price=1)
    carts = [
        Basket.objects.create(keeper_id=ALICE, email="a@zoo.test", session="s", touched=NOW),
        Basket.objects.create(email=" B@zoo.test", session="s", touched=NOW),
        Basket.objects.create(session="s", touched=NOW),
    ]
    lines = [BasketItem.objects.create(basket=cart, animal=otter) for cart in carts]

    expected = ({ALICE}, {" B@zoo.test"}, {"s"})
    assert owners(PARK, "carts", [str(cart.pk) for cart in carts]) == expected
    assert owners(PARK, "cart_lines", [str(line.pk) for line in lines]) == expected


def test_the_owner_of_a_wish_between_two_models(keepers):
    otter = Animal.objects.create(title="Otter", price=1)
    WishList.objects.create(keeper_id=ALICE).animals.add(otter)
    WishList.objects.create(keeper_id=BOB).animals.add(otter)
    first, _ = WishList.animals.through.objects.order_by("pk")

    assert owners(PARK, "wishlist_items", [str(first.pk)]) == ({ALICE}, set(), set())


def test_the_owners_of_events_of_several_tables(keepers):
    sightings = [Sighting.objects.create(keeper_id=keeper, seen=NOW) for keeper in (ALICE, BOB, None)]
    search = Search.objects.create(visitor="v-1", words="otter", at=NOW)

    keys = [f"sightings:{sightings[0].pk}", f"sightings:{sightings[2].pk}", f"searches:{search.pk}", "elsewhere:1"]
    assert owners(PARK, "events", keys) == ({ALICE}, set(), {"v-1"})


def test_rows_that_the_source_leaves_out_have_an_owner_too(alice):
    placed = Order.objects.get(number="A1")
    product = Product.objects.create(code="L", title="Lamp", slug="lamp", price=5)
    line = add_line(placed, product)
    Order.objects.filter(pk=placed.pk).update(status=Order.Status.CANCELLED)
    User.objects.filter(pk=alice.pk).update(is_active=False)

    assert owners(DEMO, "orders", [placed.pk]) == ({alice.pk}, set(), set())
    assert owners(DEMO, "order_lines", [line.pk]) == ({alice.pk}, set(), set())
    assert owners(DEMO, "customers", [alice.pk]) == ({alice.pk}, set(), set())


def test_a_column_that_needs_the_shops_queryset_is_read_from_it(alice):
    assert owners(Annotated(), "orders", [order("A1")]) == ({7}, set(), set())


def test_people_behind_rows_that_are_about_to_go(alice, dan):
    notices = keys_of_owners(DEMO, "orders", [order("A1"), order("D1")])

    assert notices == [(PROFILE, key_of(alice)), (PROFILE, key_of(dan))]


# What follows.


@pytest.mark.usefixtures("segments")
def test_an_order_of_a_customer(alice, carol):
    place_order("C1", carol, 1)

    follow([("orders", order("C1"))], now=LATER)
    assert members("never-bought") == set()
    assert profile_of(carol).revision == 1
    assert profile_of(alice).revision == 0


@pytest.mark.usefixtures("segments")
def test_the_same_notices_twice_change_nothing_more(carol):
    place_order("C1", carol, 1)
    notices = [("orders", order("C1"))]
    follow(notices, now=LATER)
    before = [list(model.objects.order_by("pk").values()) for model in (Membership, JournalEntry)]

    follow(notices, now=LATER + timedelta(minutes=1))
    assert [list(model.objects.order_by("pk").values()) for model in (Membership, JournalEntry)] == before


@pytest.mark.usefixtures("segments")
def test_a_new_guest_and_a_new_customer_get_their_profiles(db):
    eve = User.objects.create_user("eve@shop.test")
    for number in range(3):
        place_order(f"F{number}", "Fay@guest.test", 1)

    follow([("customers", str(eve.pk)), ("orders", order("F0"))], now=LATER)
    assert key_of(eve) in members("never-bought")
    assert key_of("fay@guest.test") in members("loyal")
    assert profile_of("fay@guest.test").created_at == LATER


@pytest.mark.usefixtures("segments")
def test_a_cancelled_order_and_a_closed_account(alice, carol):
    Order.objects.filter(number="A1").update(status=Order.Status.CANCELLED)
    User.objects.filter(pk=carol.pk).update(is_active=False)

    follow([("orders", order("A1")), ("customers", str(carol.pk))], now=LATER)
    assert members("loyal") == set()
    assert members("never-bought") == set()
    assert profile_of(carol).gone_at == LATER


@pytest.mark.usefixtures("segments")
def test_people_whose_rows_have_gone(alice, dan):
    Order.objects.filter(number__in=["A1", "D1"]).delete()

    follow([(PROFILE, key_of(alice)), (PROFILE, key_of(dan)), (PROFILE, "user:0")], now=LATER)
    assert members("loyal") == set()
    assert profile_of(dan).gone_at == LATER


@pytest.mark.usefixtures("segments")
def test_notices_that_came_through_a_queue(carol):
    place_order("C1", carol, 1)
    notices = json.loads(json.dumps([("orders", order("C1"))]))

    follow([(relation, key) for relation, key in notices], now=LATER)
    assert members("never-bought") == set()


@pytest.mark.usefixtures("segments")
def test_a_guest_who_is_an_account_concerns_the_account(carol, use_source):
    use_source(Joining)
    place_order("G1", "CAROL@shop.test", 1)

    follow([("orders", order("G1"))], now=LATER)
    assert members("never-bought") == set()
    assert not Profile.objects.filter(key=key_of("carol@shop.test")).exists()


@pytest.mark.usefixtures("segments")
def test_a_shop_that_cannot_be_read_changes_nothing(carol, use_source):
    place_order("C1", carol, 1)
    use_source(Torn)

    with pytest.raises(SourceError):
        follow([("orders", order("C1"))], now=LATER)
    assert members("never-bought") == keys_of(carol)


@pytest.mark.usefixtures("segments")
def test_a_batch_that_fails_does_not_keep_the_others_waiting(bob, carol, monkeypatch):
    place_order("C1", carol, 1)
    place_order("B3", bob, 1)
    monkeypatch.setattr(CHANGES, "batches", lambda notices: ([notice] for notice in notices))

    unknown = [("no_such_relation", "1"), ("nor_this", "2")]
    with pytest.raises(KeyError, match="no_such_relation"):
        follow([unknown[0], ("orders", order("C1")), unknown[1], ("orders", order("B3"))], now=LATER)
    assert members("never-bought") == set()
    assert key_of(bob) in members("loyal")


@pytest.mark.usefixtures("segments")
def test_what_just_happened_is_read_where_the_shop_writes(carol, dan, settings):
    place_order("C1", carol, 1)
    product = Product.objects.create(code="L", title="Lamp", slug="lamp", price=5)
    line = add_line(Order.objects.get(number="D1"), product)
    refund = give_refund("R1", carol)
    notices = [("orders", order("C1")), ("order_lines", str(line.pk)), ("refunds", str(refund.pk)), ("customers", str(carol.pk))]
    settings.DATABASE_ROUTERS = [f"{__name__}.Replica"]

    assert owners(DEMO, "orders", [notices[0][1]]) == ({carol.pk}, set(), set())
    assert owners(DEMO, "order_lines", [line.pk]) == (set(), {" Dan@Guest.test"}, set())
    follow(notices, now=LATER)
    assert members("never-bought") == set()
    with pytest.raises(SourceError, match="ConnectionDoesNotExist"):
        refresh(now=LATER)


class Replica:
    """Reads of the shop go to a database that is not there."""

    def db_for_read(self, model, **hints):
        return "replica" if model._meta.app_label == "shop" else None


@pytest.mark.usefixtures("segments")
def test_nothing_happened(django_assert_num_queries):
    with django_assert_num_queries(0):
        follow([], now=LATER)


def test_thousands_of_notices(db):
    users = User.objects.bulk_create(User(email=f"u{number}@shop.test") for number in range(BATCH + 1))
    define("buyers", "orders.count() >= 1", now=NOW)
    refresh(now=NOW)
    orders = Order.objects.bulk_create(Order(number=str(user.pk), user=user, placed_at=ago(1), total=1) for user in users)

    follow([("orders", str(one.pk)) for one in orders], now=LATER)
    assert Membership.objects.count() == BATCH + 1


# Whoever wants to know is told.


@pytest.fixture
def told():
    heard = []

    def hear(sender, **said):
        said.pop("signal")
        heard.append(said)

    people_changed.connect(hear)
    yield heard
    people_changed.disconnect(hear)


def test_whose_rows_changed_is_told(segments, told):
    follow([("orders", order("A1")), ("orders", order("D1"))], now=LATER)
    pks = [profile_of(one).pk for one in (User.objects.get(first_name="Alice"), "dan@guest.test")]
    assert [(sorted(one["profiles"]), one["relations"], one["at"]) for one in told] == [(sorted(pks), {"orders"}, LATER)]


def test_nothing_is_told_of_rows_that_are_nobodys(segments, told):
    follow([("orders", "999999")], now=LATER)
    assert told == []


def test_a_listener_that_fails_harms_nothing(segments):
    def fail(**said):
        raise ZeroDivisionError

    people_changed.connect(fail)
    try:
        follow([("orders", order("A1"))], now=LATER)
    finally:
        people_changed.disconnect(fail)
