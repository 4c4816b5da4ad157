from __future__ import annotations

import random
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from segmentation.errors import SourceError
from segmentation.models import Profile
from segmentation.profiles import sync
from segmentation.sources import ShopSource
from shopdemo.shop.models import Cart, CartLine, Category, Order, OrderLine, Product, Refund, User, WishlistItem
from shopdemo.source import DemoSource
from tests.cast import NOW, add_line, ago, give_refund, place_order, profile_of
from tests.sources.conftest import ALICE, BOB, NOON, keepers, visits  # noqa: F401
from tests.sources.zoo.models import Animal, Basket, Item, Search, Sighting, Visit, WishList
from tests.sources.zoo.source import Park, Zoo
from tests.store.reading import everything, people_of, picture_of, plain, read_all, read_few, rows_of, wants
from tests.store.sources import (
    BareOrders,
    Called,
    ForeignCarts,
    Gaps,
    Joining,
    RefundsByText,
    RefundsOfOrders,
    RefundsWithoutCurrency,
    Timeless,
    Wide,
    WithoutRefunds,
)

pytestmark = pytest.mark.django_db

DEMO = DemoSource()
SALES = ("orders", "order_lines", "refunds", "spend")

ADDRESSES = ["alice@shop.test", "Guest@one.test", " guest@one.test", "guest@two.test", "U3@shop.test", "", "  "]
CODES = ["", "", "SPRING", " spring ", "NOTIME", "NOTOTAL", "NONUMBER", "LIST"]


def assert_live_equals_build(source: ShopSource) -> None:
    """For everybody, alone and together."""
    needs = everything(source)
    whole = read_all(source, needs)
    profiles = list(Profile.objects.people("default").order_by("pk"))
    together = read_few(source, needs, *profiles)
    for index, profile in enumerate(profiles):
        expected = picture_of(whole, index)
        assert picture_of(read_few(source, needs, profile), 0) == expected, profile
        assert picture_of(together, index) == expected, profile


@pytest.fixture
def varied_shop(db):
    """Accounts with and without facts, guests under several spellings, orders, lines and refunds of all sorts."""
    chance = random.Random(20260601)
    owners: list[User | str | None] = [None, *ADDRESSES]
    for number in range(8):
        owners.append(
            User.objects.create_user(
                f"u{number}@shop.test" if number else "alice@shop.test",
                country=chance.choice(["", "GB", "gb", "FR"]),
                city=chance.choice(["", "12.5", "many", "7"]),
                accepts_email=chance.choice([None, True, False]),
                birth_date=chance.choice([None, "1990-02-28", "2000-02-29"]),
                is_active=number != 5,
                is_staff=number == 6,
            )
        )
    products = [Product(code=str(n), title="p", slug="p", price=Decimal(n)) for n in range(3)]
    Product.objects.bulk_create(products)
    Order.objects.bulk_create(one_order(chance, number, chance.choice(owners)) for number in range(90))
    orders = list(Order.objects.all())
    OrderLine.objects.bulk_create(one_line(chance, order, products) for order in orders for _ in range(chance.randint(0, 3)))
    Refund.objects.bulk_create(one_refund(chance, number, chance.choice(owners), orders) for number in range(50))
    accounts = [owner for owner in owners if isinstance(owner, User)]
    Cart.objects.bulk_create(one_cart(chance, chance.choice([None, *accounts])) for _ in range(30))
    pairs = [(cart, product) for cart in Cart.objects.all() for product in products if chance.random() < 0.5]
    CartLine.objects.bulk_create(CartLine(cart=cart, product=product, quantity=chance.randint(1, 9)) for cart, product in pairs)
    wishes = [(owner, product) for owner in accounts for product in products if chance.random() < 0.5]
    WishlistItem.objects.bulk_create(
        WishlistItem(user=owner, product=product, added_at=ago(chance.choice([0, 1]))) for owner, product in wishes
    )


def owned(owner: User | str | None, email: str) -> dict:
    return {"user": owner, "email": email} if isinstance(owner, User) else {"email": owner or ""}


def one_order(chance: random.Random, number: int, owner: User | str | None) -> Order:
    return Order(
        number=f"{chance.choice(['', 'N'])}{number}",
        **owned(owner, chance.choice(ADDRESSES)),
        placed_at=ago(chance.choice([0, 1, 1, 30, 90]), seconds=chance.choice([0, 0.5, 1])),
        total=Decimal(chance.randint(-100, 10_000)) / 100,
        currency=chance.choice(["GBP", "GBP", "gbp", "EUR", "", "XXX"]),
        status=chance.choice(Order.Status.values),
        coupon_code=chance.choice(CODES),
        country=chance.choice(["", "GB", "FR"]),
    )


def one_line(chance: random.Random, order: Order, products: list[Product]) -> OrderLine:
    amount = Decimal(chance.randint(1, 1000)) / 100
    product = chance.choice([None, *products])
    return OrderLine(
        order=order, product=product, title="l", quantity=chance.randint(-1, 9), unit_price=amount, line_total=amount
    )


def one_cart(chance: random.Random, owner: User | None) -> Cart:
    return Cart(user=owner, state=chance.choice(Cart.State.values), updated_at=ago(chance.choice([0, 1, 1, 30])))


def one_refund(chance: random.Random, number: int, owner: User | str | None, orders: list[Order]) -> Refund:
    return Refund(
        number=str(number),
        **owned(owner, chance.choice(ADDRESSES)),
        order=chance.choice([None, *orders]),
        amount=Decimal(chance.randint(1, 1000)) / 100,
        currency=chance.choice(["GBP", "EUR", "XXX"]),
        at=ago(chance.choice([0, 1, 30])),
    )


@pytest.mark.parametrize(
    "source",
    [
        DemoSource,
        Joining,
        Gaps,
        Called,
        RefundsWithoutCurrency,
        RefundsByText,
        RefundsOfOrders,
        WithoutRefunds,
        BareOrders,
        Wide,
        Timeless,
        ForeignCarts,
    ],
    ids=lambda source: source.__name__,
)
@pytest.mark.usefixtures("varied_shop")
def test_live_equals_build_for_everybody(source):
    assert_live_equals_build(source())


@pytest.mark.usefixtures("varied_shop")
def test_the_varied_shop_is_varied():
    columns = read_all(Gaps(), everything(Gaps(), *SALES))

    assert columns.size >= 8
    assert all(count >= 10 for count in map(len, (rows_of(columns, relation) for relation in columns.relations)))
    assert all(columns.ignored[relation] for relation in ("orders", "order_lines", "refunds"))
    assert columns.faults.keys() >= {"orders.total without a rate for EUR", "orders.placed_at without a value"}


@pytest.mark.usefixtures("visits")
@pytest.mark.parametrize("source", [Zoo, Park], ids=lambda source: source.__name__)
def test_live_equals_build_where_keys_are_uuids(source, use_source):
    otter = Animal.objects.create(title="Otter", price=1)
    Item.objects.create(visit=Visit.objects.get(number="v2"), animal=otter, paid=1)
    Basket.objects.create(keeper_id=ALICE, touched=NOON).items.create(animal=otter)
    Basket.objects.create(email="GUEST@zoo.test", touched=NOON).items.create(animal=otter)
    WishList.objects.create(keeper_id=BOB).animals.add(otter)
    Sighting.objects.create(keeper_id=ALICE, animal=otter, seen=NOON)
    Search.objects.create(visitor="s1", words="otter", at=NOON)

    assert_live_equals_build(source())


def test_live_equals_build_where_two_accounts_share_an_address():
    first, second = (User.objects.create_user(f"{name}@shop.test") for name in ("one", "two"))
    User.objects.filter(pk=second.pk).update(email="ONE@shop.test")  # which the database takes for another
    place_order("G1", "one@shop.test", 3)

    assert_live_equals_build(Joining())
    assert len(rows_of(read_few(Joining(), wants(orders=""), profile_of(first)), "orders")) == 1
    assert len(rows_of(read_few(Joining(), wants(orders=""), profile_of(second)), "orders")) == 0


def test_a_guest_whose_address_has_just_got_an_account_owns_nothing(dan):
    sync(now=NOW, source=Joining())
    User.objects.create_user("dan@guest.test")

    assert rows_of(read_few(Joining(), wants(orders=""), profile_of(dan)), "orders") == []


def test_a_few_see_their_own_rows_alone(cast):
    read_all(DEMO, wants())
    bob, dan = profile_of(cast["bob"]), profile_of(cast["dan"])

    columns = read_few(DEMO, wants("customer.country", orders="total"), bob, dan)
    order = sorted([(bob.pk, "fr"), (dan.pk, None)])
    assert plain(columns.attribute("customer.country")) == [country for _, country in order]
    assert [(row["key"], row["total"]) for row in rows_of(columns, "orders")] == [("B1", 10000), ("B2", 2000), ("D1", 1500)]


def test_nobody_asks_nothing(cast, django_assert_num_queries):
    needs = everything(DEMO)

    people_of()
    with django_assert_num_queries(1):  # who is there: nobody is synced yet
        columns = read_few(DEMO, needs)
    assert columns.size == 0
    assert all(rows_of(columns, relation) == [] for relation in columns.relations)


def queries_for(source: ShopSource, *people: User | str) -> int:
    with CaptureQueriesContext(connection) as queries:
        read_few(source, everything(source, *SALES), *map(profile_of, people))
    return len(queries) - len(people)


def grow(owner: User | str, start: int) -> None:
    product, _ = Product.objects.get_or_create(code="L", defaults={"title": "L", "slug": "l", "price": 1})
    for number in range(start, start + 20):
        order = place_order(f"X{number}", owner, number)
        add_line(order, product)
        give_refund(f"X{number}", owner, number, order=order)


@pytest.mark.parametrize("source", [DemoSource(), Joining()], ids=["guests apart", "guests joined"])
@pytest.mark.parametrize("name", ["alice", "dan"])
def test_the_number_of_queries_does_not_grow_with_the_rows(cast, name, source):
    owner = cast[name]
    grow(owner, 0)
    read_all(source, wants())
    few = queries_for(source, owner)
    grow(owner, 20)

    assert queries_for(source, owner) == few


def test_the_number_of_queries(cast, django_assert_num_queries):
    alice = cast["alice"]
    grow(alice, 0)
    read_all(DEMO, wants())

    assert queries_for(DEMO, alice) == 6  # customers, orders, lines, their products, refunds, the orders that those name
    assert queries_for(DEMO, alice, cast["bob"], cast["carol"]) == 6
    assert queries_for(DEMO, cast["dan"]) == 3  # orders, lines, refunds


def test_only_what_is_needed_is_read(alice, django_assert_num_queries):
    sync(now=NOW)
    profile = profile_of(alice)

    with django_assert_num_queries(1) as queries:
        read_few(DEMO, wants(orders=""), profile)
    assert "coupon_code" not in queries[0]["sql"]
    assert '"shop_order"."user_id" IN' in queries[0]["sql"]


def test_a_line_is_looked_up_by_its_order(alice, bob):
    lamp = Product.objects.create(code="L", title="L", slug="l", price=1, category=Category.objects.create(slug="x"))
    add_line(Order.objects.get(number="A1"), lamp, 2)
    add_line(Order.objects.get(number="B1"), lamp, 3)
    sync(now=NOW)

    columns = read_few(DEMO, wants(order_lines="quantity"), profile_of(alice))
    assert rows_of(columns, "order_lines") == [{"customer": 0, "time": int(ago(300).timestamp()), "key": "A1", "quantity": 2}]


def test_a_shop_that_cannot_be_read(alice):
    class Torn(DemoSource):
        orders = DemoSource.orders.replace(channel=lambda order: 1 // 0)

    sync(now=NOW)
    with pytest.raises(SourceError, match=r"orders\.channel failed"):
        read_few(Torn(), wants(orders="channel"), profile_of(alice))
