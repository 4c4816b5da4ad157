"""Every relation beside orders and refunds: whose its rows are, what stands above and below them, and what reading them takes."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from segmentation.kernel.moments import seconds
from segmentation.models import Profile
from segmentation.profiles import sync
from segmentation.sources import Products
from shopdemo.shop.models import Cart, Category, Order, Product, User, WishlistItem
from tests.cast import NOW, add_line, ago, give_refund, place_order, profile_of
from tests.sources.conftest import ALICE, BOB, NOON, keepers  # noqa: F401
from tests.sources.zoo.models import Animal, Basket, Search, Sighting, WishList
from tests.sources.zoo.source import Park
from tests.store.reading import plain, read_all, read_few, rows_of, wants
from tests.store.sources import ForeignCarts, RefundsOfOrders, Timeless, Wide

pytestmark = pytest.mark.django_db

WIDE = Wide()


def at(days: float) -> int:
    return seconds(ago(days))


@pytest.fixture
def lamp(db) -> Product:
    lamps = Category.objects.create(name="Lamps", slug="lamps")
    return Product.objects.create(code="L1", title="Lamp", slug="lamp", price=Decimal("5.00"), category=lamps, stock=3)


@pytest.fixture
def tea(db) -> Product:
    return Product.objects.create(code="T1", title="Tea", slug="tea", price=Decimal("2.50"))


def fill_cart(owner: User | None, days: float, *products: Product, state: str = "open") -> Cart:
    """A cart with two of each product."""
    cart = Cart.objects.create(user=owner, state=state, updated_at=ago(days))
    for product in products:
        cart.lines.create(product=product, quantity=2)
    return cart


def column(columns, relation: str, name: str) -> Sequence[object]:
    return plain(columns.rows(relation).column(name))


# Whose rows, and when.


def test_carts_are_as_old_as_their_last_change(alice, lamp):
    cart = fill_cart(alice, 2, lamp)
    nobodys = fill_cart(None, 1, lamp)

    columns = read_all(WIDE, wants(carts="state", cart_lines="quantity line_total"))
    assert rows_of(columns, "carts") == [{"customer": 0, "time": at(2), "key": str(cart.pk), "state": "open"}]
    assert rows_of(columns, "cart_lines") == [
        {"customer": 0, "time": at(2), "key": str(cart.pk), "quantity": 2, "line_total": 1000}
    ]
    assert nobodys.lines.count() == 1
    assert columns.ignored == {"carts": 1, "cart_lines": 1}


def test_a_visitors_rows_are_nobodys(keepers):  # noqa: F811
    Basket.objects.create(session="s1", touched=NOON)
    Basket.objects.create(keeper_id=ALICE, session="s1", touched=NOON)
    Search.objects.create(visitor="s1", words="otter", at=NOON)

    columns = read_all(Park(), wants(carts="", events="kind"))
    assert len(rows_of(columns, "carts")) == 1
    assert rows_of(columns, "events") == []
    assert columns.ignored == {"carts": 1, "events": 1}


def test_wishes_with_their_time(alice, lamp):
    wish = WishlistItem.objects.create(user=alice, product=lamp, added_at=ago(7))

    rows = rows_of(read_all(WIDE, wants(wishlist_items="product_id added_at")), "wishlist_items")
    assert rows == [{"customer": 0, "time": at(7), "key": str(wish.pk), "product_id": str(lamp.pk), "added_at": at(7)}]


def test_wishes_of_which_nobody_knows_the_time_stand_by_key(alice, bob, lamp, tea):
    wishes = [WishlistItem.objects.create(user=owner, product=product) for owner in (bob, alice) for product in (lamp, tea)]

    columns = read_all(Timeless(), wants(wishlist_items="product.price"))
    assert columns.rows("wishlist_items").times is None
    assert [row["key"] for row in rows_of(columns, "wishlist_items")] == [str(wish.pk) for wish in wishes]
    assert column(columns, "wishlist_items", "product.price") == [500, 250, 500, 250]


def test_a_many_to_many_is_a_wishlist(keepers):  # noqa: F811
    otter = Animal.objects.create(title="Otter", price=Decimal("1.50"))
    WishList.objects.create(keeper_id=BOB).animals.add(otter)

    columns = read_all(Park(), wants(wishlist_items="product.price"), currency="EUR")
    assert [row["product.price"] for row in rows_of(columns, "wishlist_items")] == [150]


def test_events_of_several_tables_are_one_relation(keepers):  # noqa: F811
    otter = Animal.objects.create(title="Otter", price=1, weight=8.25)
    first = Sighting.objects.create(keeper_id=ALICE, animal=otter, seen=NOON, seconds=30)
    second = Sighting.objects.create(keeper_id=ALICE, seen=NOON + dt.timedelta(seconds=1))

    columns = read_all(Park(), wants(events="kind seconds product.weight value"))
    assert rows_of(columns, "events") == [
        {
            "customer": list(Profile.objects.order_by("pk").values_list("customer_id", flat=True)).index(str(ALICE)),
            "time": seconds(sighting.seen),
            "key": f"sightings:{sighting.pk}",
            "kind": "view",
            "seconds": length,
            "product.weight": weight,
            "value": None,
        }
        for sighting, length, weight in [(first, 30, 8_250_000), (second, 0, None)]
    ]


# Rows above.


def test_a_line_has_the_columns_of_its_order_and_its_product(alice, lamp, tea):
    order = place_order("A9", alice, 5, "12.00", coupon_code="SPRING")
    add_line(order, lamp)
    add_line(order, tea)
    add_line(order, None)

    needs = wants(order_lines="order.coupon_code order.total product.category product.price product.stock product.created_at")
    columns = read_all(WIDE, needs)
    assert column(columns, "order_lines", "order.coupon_code") == ["spring"] * 3
    assert column(columns, "order_lines", "order.total") == [1200] * 3
    assert column(columns, "order_lines", "product.category") == ["lamps", None, None]
    assert column(columns, "order_lines", "product.price") == [500, 250, None]
    assert column(columns, "order_lines", "product.stock") == [3, 0, None]
    assert column(columns, "order_lines", "product.created_at")[2] is None


def test_a_cart_line_has_the_columns_of_its_cart_and_its_product(alice, lamp):
    fill_cart(alice, 1, lamp, state="ordered")

    columns = read_all(WIDE, wants(cart_lines="cart.state product.category"))
    assert column(columns, "cart_lines", "cart.state") == ["ordered"]
    assert column(columns, "cart_lines", "product.category") == ["lamps"]


def test_a_product_that_the_shop_does_not_give_has_no_values(alice, lamp, tea):
    class OnSale(Wide):
        products = Wide.products.replace(Product.objects.filter(code="T1"))

    WishlistItem.objects.create(user=alice, product=lamp, added_at=ago(2))
    WishlistItem.objects.create(user=alice, product=tea, added_at=ago(1))

    columns = read_all(OnSale(), wants(wishlist_items="product.price product_id"))
    assert column(columns, "wishlist_items", "product.price") == [None, 250]
    assert column(columns, "wishlist_items", "product_id") == [str(lamp.pk), str(tea.pk)]
    assert columns.ignored == {"wishlist_items": 0}


def test_nothing_above_is_named_none(alice):
    class Named(Wide):
        products = Products(Product.objects.all(), product_id="title", title="title", stock="stock")

    Product.objects.create(code="N", title="None", slug="n", price=1, stock=7)
    add_line(Order.objects.get(number="A1"), None)

    assert column(read_all(Named(), wants(order_lines="product.stock")), "order_lines", "product.stock") == [None]


def test_an_orders_money_is_of_the_orders_day_and_currency_wherever_it_is_asked(alice, lamp, configure):
    days = {"2026-05-20": "0.50", "2026-05-25": "2"}
    configure(RATES={"USD": days})
    add_line(place_order("E1", alice, 10, "10.00", currency="USD"), lamp, 1, "4.00")
    add_line(place_order("E2", alice, 5, "10.00", currency="USD"), lamp, 1, "4.00")

    columns = read_all(WIDE, wants(orders="total", order_lines="line_total order.total product.price"))
    assert column(columns, "orders", "total")[-2:] == [500, 2000]
    assert column(columns, "order_lines", "order.total") == [500, 2000]
    assert column(columns, "order_lines", "line_total") == [200, 800]
    assert column(columns, "order_lines", "product.price") == [500, 500]  # in the base currency
    assert columns.faults == {}


def test_a_cart_line_has_its_carts_currency(alice, lamp, configure):
    configure(RATES={"USD": "0.50"})
    fill_cart(alice, 1, lamp)

    columns = read_all(ForeignCarts(), wants(carts="total", cart_lines="line_total cart.total"))
    assert column(columns, "carts", "total") == [50]
    assert column(columns, "cart_lines", "line_total") == [500]
    assert column(columns, "cart_lines", "cart.total") == [50]


def test_a_refund_may_be_of_somebody_elses_order(alice, bob):
    give_refund("R1", alice, 5, order=Order.objects.get(number="B1"))
    Order.objects.filter(number="B1").update(coupon_code="WELCOME")
    sync(now=NOW)

    needs = wants(refunds="order.coupon_code order.total")
    full, few = read_all(RefundsOfOrders(), needs), read_few(RefundsOfOrders(), needs, profile_of(alice))
    for columns in (full, few):
        assert column(columns, "refunds", "order.coupon_code") == ["welcome"]
        assert column(columns, "refunds", "order.total") == [10000]


# Rows below.


def test_lines_know_their_orders(alice, bob, lamp, tea):
    for number, product in [("B1", lamp), ("A2", tea), ("A1", lamp), ("A2", lamp)]:
        add_line(Order.objects.get(number=number), product)

    columns = read_all(WIDE, wants(orders="", order_lines="product.category", below=[("orders", "lines")]))
    keys = [row["key"] for row in rows_of(columns, "orders")]
    lines = [row["key"] for row in rows_of(columns, "order_lines")]
    assert keys == ["B1", "A1", "B2", "A2", "A3"]
    assert lines == ["B1", "A1", "A2", "A2"]
    assert columns.rows("orders").below("lines").tolist() == [keys.index(line) for line in lines]


def test_a_row_below_may_have_nothing_above_it(alice, bob):
    class Refunded(RefundsOfOrders):
        orders = type("RefundedOrders", (type(Wide.orders),), {"below": {"refunds": "refunds"}})(
            Order.objects.all(), order_id="number", customer="user_id", email="email", placed_at="placed_at", total="total"
        )

    give_refund("R1", alice, 9)
    give_refund("R2", alice, 8, order=Order.objects.get(number="B1"))
    sync(now=NOW)

    needs = wants(orders="", refunds="", below=[("orders", "refunds")])
    assert read_all(Refunded(), needs).rows("orders").below("refunds").tolist() == [-1, 0]
    few = read_few(Refunded(), needs, profile_of(alice))
    assert [row["key"] for row in rows_of(few, "orders")] == ["A1", "A2", "A3"]
    assert few.rows("orders").below("refunds").tolist() == [-1, -1]


def test_lines_know_their_carts(alice, lamp, tea):
    fill_cart(alice, 1, lamp)
    fill_cart(alice, 2, tea, lamp)

    columns = read_all(WIDE, wants(carts="", cart_lines="", below=[("carts", "lines")]))
    assert columns.rows("carts").below("lines").tolist() == [0, 0, 1]


# Sets and places.


def test_sets_and_places_of_customers_and_of_rows_above(alice, bob, lamp):
    User.objects.filter(pk=alice.pk).update(first_name="Tea lamps TEA", city="51.5, -0.125")
    User.objects.filter(pk=bob.pk).update(first_name="", city="nowhere")

    columns = read_all(WIDE, wants("customer.tags", "customer.home"))
    assert plain(columns.attribute("customer.tags")) == [["tea", "lamps"], None]
    assert plain(columns.attribute("customer.home")) == [(51.5, -0.125), None]
    assert columns.faults == {"customers.home": 1}


def test_a_set_of_a_product_is_that_of_each_of_its_lines(alice, lamp, tea):
    order = Order.objects.get(number="A1")
    for product in (lamp, tea, lamp, None):
        add_line(order, product)

    columns = read_all(WIDE, wants(order_lines="product.words"))
    assert column(columns, "order_lines", "product.words") == [["lamp", "l1"], ["tea", "t1"], ["lamp", "l1"], None]


# What reading takes.


@pytest.fixture
def busy(alice, bob, lamp, tea):
    """Alice and Bob have something of everything."""
    for owner in (alice, bob):
        order = place_order(f"X{owner.pk}", owner, 3)
        add_line(order, lamp)
        add_line(order, tea)
        give_refund(f"X{owner.pk}", owner, 2, order=order)
        fill_cart(owner, 1, lamp, tea)
        WishlistItem.objects.create(user=owner, product=lamp)
    sync(now=NOW)
    return alice


def queries_of(read, *args) -> list[str]:
    """The tables that are read first of all, in the order of reading."""
    with CaptureQueriesContext(connection) as queries:
        read(*args)
    return [query["sql"].partition(' FROM "')[2].partition('"')[0] for query in queries]


LINES = wants(
    order_lines="quantity product.category product.price order.coupon_code", below=[("orders", "lines")], orders="total"
)


@pytest.mark.parametrize(
    ("needs", "tables"),
    [
        (wants(order_lines="quantity"), "order orderline"),
        (wants(order_lines="product.category"), "order orderline product"),
        (LINES, "order orderline product"),
        (wants(cart_lines="cart.state product.price"), "cart cartline product"),
        (wants(wishlist_items=""), "wishlistitem"),
        (wants(wishlist_items="product.price", events="kind product.price"), "wishlistitem product wishlistitem"),
        (wants(cart_lines="product.price", order_lines="product.stock"), "cart cartline product order orderline"),
    ],
    ids=["lines", "their products", "and orders", "cart lines", "wishes", "two of products", "two of lines"],
)
def test_each_relation_is_read_once_in_full_and_live(busy, needs, tables, django_assert_num_queries):
    person = profile_of(busy)
    expected = sorted(f"shop_{table}" for table in tables.split())

    assert sorted(queries_of(read_few, WIDE, needs, person)) == expected
    full = queries_of(read_all, WIDE, needs)
    assert sorted(full[-len(expected) :]) == expected
    with django_assert_num_queries(len(full) - len(expected)):
        read_all(WIDE, wants())


def test_only_products_that_the_peoples_rows_name_are_read_live(busy, lamp):
    Product.objects.create(code="C", title="Chair", slug="chair", price=1)
    needs = wants(wishlist_items="product.price")

    with CaptureQueriesContext(connection) as queries:
        columns = read_few(WIDE, needs, profile_of(busy))
    assert column(columns, "wishlist_items", "product.price") == [500]
    assert f'"shop_product"."id" IN ({lamp.pk})' in queries[-1]["sql"]
    assert '"title"' not in queries[-1]["sql"]


def test_no_product_is_asked_for_where_no_row_names_one(carol):
    sync(now=NOW)

    assert queries_of(read_few, WIDE, LINES, profile_of(carol)) == ["shop_order"]


def test_the_number_of_live_queries_does_not_grow_with_the_rows(busy, lamp):
    needs = wants(cart_lines="product.price cart.state", order_lines="product.price", refunds="amount", events="product.price")
    before = queries_of(read_few, WIDE, needs, profile_of(busy))
    for number in range(30):
        add_line(place_order(f"Y{number}", busy), lamp)
        fill_cart(busy, number, lamp)

    assert queries_of(read_few, WIDE, needs, profile_of(busy)) == before


class CodedProducts(Wide):
    """Wishes name products by code, of which some look like the products' own numbers."""

    wishlist_items = Wide.wishlist_items.replace(product_id="product__code")


@pytest.mark.parametrize("code", ["L1", "9" * 20, "1.5", ""])
def test_a_key_of_another_type_names_nothing(alice, lamp, code):
    Product.objects.filter(pk=lamp.pk).update(code=code)
    WishlistItem.objects.create(user=alice, product=lamp)
    needs = wants(wishlist_items="product.price")

    assert column(read_all(CodedProducts(), needs), "wishlist_items", "product.price") == [None]
    assert column(read_few(CodedProducts(), needs, profile_of(alice)), "wishlist_items", "product.price") == [None]
