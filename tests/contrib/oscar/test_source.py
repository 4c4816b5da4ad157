"""What OscarSource makes of Oscar's models."""

from __future__ import annotations

from datetime import UTC, datetime
from decimal import Decimal
from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.core import checks
from oscar.core.loading import get_model
from oscar.test.factories import (
    BillingAddressFactory,
    CategoryFactory,
    ShippingAddressFactory,
    UserAddressFactory,
    create_order,
    create_product,
    create_stockrecord,
    create_voucher,
)

from segmentation.contrib.oscar import OscarSource
from segmentation.contrib.oscar.source import Counted
from segmentation.sources import Relation, active_source
from segmentation.sources.inspect import inspect
from tests.contrib.oscar.shop import Shop

Basket = get_model("basket", "Basket")
BasketLine = get_model("basket", "Line")
Order = get_model("order", "Order")
SourceType = get_model("payment", "SourceType")
StockRecord = get_model("partner", "StockRecord")
User = get_user_model()
UserProductView = get_model("analytics", "UserProductView")
UserSearch = get_model("analytics", "UserSearch")
WishList = get_model("wishlists", "WishList")

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def rows(relation: Relation, *names: str) -> list[tuple[Any, ...]]:
    """The values of these columns, in order of the first."""
    return sorted(row for chunk in relation.read(names) for row in chunk)


def fill(basket: Any, product: Any, quantity: int = 1) -> Any:
    """A line of a basket."""
    from oscar.apps.partner.strategy import Default

    basket.strategy = Default()
    line, _ = basket.add_product(product, quantity)
    return line


@pytest.fixture
def order(alice, lamp) -> Any:
    """Alice's: three lamps with a voucher, sent to Britain."""
    basket = Basket.objects.create(owner=alice)
    fill(basket, lamp, 3)
    basket.vouchers.add(create_voucher(code="SPRING"))
    basket.reset_offer_applications()
    from oscar.apps.offer.applicator import Applicator

    Applicator().apply(basket, alice)
    return create_order(number="A1", basket=basket, user=alice, shipping_address=ShippingAddressFactory())


def test_the_checks_find_only_what_oscar_looks_nothing_up_by() -> None:
    assert [message.msg.partition(" has no index")[0] for message in checks.run_checks()] == [
        "events.at: UserProductView.date_created",
        "events.at: UserSearch.date_created",
    ]


def test_every_relation_is_there_and_read_by_one_query(alice, lamp, order) -> None:
    payment = order.sources.create(source_type=SourceType.objects.create(name="Card"))
    payment.refund(1)
    fill(Basket.objects.create(owner=alice), lamp)
    WishList.objects.create(owner=alice).add(lamp)
    UserProductView.objects.create(user=alice, product=lamp)

    tables = ("customers", "orders", "order_lines", "products", "refunds", "carts", "cart_lines", "wishlist_items")
    reports = inspect(active_source())
    assert {(report.name, report.part): (report.queries, len(report.rows), report.error) for report in reports} == {
        **{(name, ""): (1, 1, "") for name in tables},
        ("events", "views"): (1, 1, ""),
        ("events", "searches"): (1, 0, ""),
        ("events", "activity"): (1, 0, ""),
    }


# Customers.


def test_customers_are_active_and_no_staff(alice) -> None:
    User.objects.create_user("boss", is_staff=True)
    User.objects.create_user("gone", is_active=False)

    found = rows(OscarSource.customers, "customer_id", "email", "first_name", "joined_at", "country")
    assert found == [(alice.pk, "alice@shop.test", "Alice", alice.date_joined, None)]


@pytest.mark.parametrize(
    ("second", "expected"),
    [
        ({"num_orders_as_shipping_address": 0}, "London"),
        ({"num_orders_as_shipping_address": 3}, "Paris"),
        ({"num_orders_as_shipping_address": 3, "is_default_for_shipping": False}, "Paris"),
        ({"num_orders_as_shipping_address": 0, "is_default_for_shipping": True}, "Paris"),
    ],
)
def test_where_a_customer_lives(alice, countries, second, expected) -> None:
    UserAddressFactory(user=alice, line4="London", state="Middlesex", num_orders_as_shipping_address=1)
    UserAddressFactory(user=alice, line4="Paris", state="Seine", country_id="FR", **second)

    homes = {"London": ("GB", "Middlesex", "London"), "Paris": ("FR", "Seine", "Paris")}
    assert rows(OscarSource.customers, "country", "region", "city") == [homes[expected]]


# Orders.


def test_an_order(alice, order) -> None:
    names = ("order_id", "customer", "email", "total", "net_total", "discount", "coupon_code", "currency", "country", "channel")
    expected = ("A1", alice.pk, "", Decimal(24), Decimal(24), Decimal(6), "SPRING", "GBP", "GB", "example.com")
    assert rows(Shop.orders, *names) == [expected]


def test_an_order_sent_nowhere_is_where_it_is_paid() -> None:
    create_order(number="A1", billing_address=BillingAddressFactory())
    create_order(number="A2")

    assert rows(OscarSource.orders, "order_id", "country", "discount", "coupon_code", "refunded") == [
        ("A1", "GB", 0, None, 0),
        ("A2", None, 0, None, 0),
    ]


def test_an_order_with_two_vouchers_is_one_row(order) -> None:
    order.discounts.create(voucher_code="SUMMER", amount=1)
    order.discounts.create(amount=1)

    assert rows(OscarSource.orders, "order_id", "coupon_code") == [("A1", "SPRING")]


def test_what_was_given_back(order) -> None:
    kind = SourceType.objects.create(name="Card")
    for amount in (2, 3):
        payment = order.sources.create(source_type=kind, currency="EUR")
        payment.allocate(10)
        payment.debit(10)
        payment.refund(amount)

    assert rows(OscarSource.orders, "order_id", "refunded") == [("A1", 5)]
    names = ("amount", "customer", "email", "currency", "order_id")
    assert rows(OscarSource.refunds, *names) == [(2, order.user_id, "", "EUR", "A1"), (3, order.user_id, "", "EUR", "A1")]


def test_lines(lamp, order) -> None:
    names = ("order_id", "product_id", "quantity", "line_total", "discount")
    assert rows(OscarSource.order_lines, *names) == [("A1", lamp.pk, 3, Decimal(24), Decimal(6))]


def test_a_line_of_a_product_that_is_gone(lamp, order) -> None:
    lamp.delete()
    assert rows(OscarSource.order_lines, "order_id", "product_id") == [("A1", None)]


# Products.


def test_a_child_is_called_as_its_parent_is() -> None:
    parent = create_product(title="Lamp", structure="parent")
    child = create_product(title="", parent=parent)
    named = create_product(title="Red lamp", parent=parent)
    parent.categories.add(CategoryFactory(name="Lamps"))

    assert rows(OscarSource.products, "product_id", "parent_id", "title", "category") == [
        (parent.pk, None, "Lamp", "Lamps"),
        (child.pk, parent.pk, "Lamp", "Lamps"),
        (named.pk, parent.pk, "Red lamp", "Lamps"),
    ]


def test_a_product_in_two_categories_is_one_row(lamp) -> None:
    lamp.categories.add(CategoryFactory(name="Lamps"))
    lamp.categories.add(CategoryFactory(name="Gifts"))

    assert rows(OscarSource.products, "product_id", "category") == [(lamp.pk, "Lamps")]


def test_prices_are_in_the_base_currency() -> None:
    product = create_product()
    create_stockrecord(product, price=9, currency="EUR", partner_name="France")
    assert rows(OscarSource.products, "price") == [(None,)]

    create_stockrecord(product, price=7)
    assert rows(OscarSource.products, "price") == [(7,)]


def test_stock_is_what_is_left_of_all_partners(lamp) -> None:
    StockRecord.objects.update(num_allocated=30)
    create_stockrecord(lamp, num_in_stock=5, partner_name="Other")
    assert rows(OscarSource.products, "stock") == [(75,)]

    StockRecord.objects.update(num_in_stock=None)
    assert rows(OscarSource.products, "stock") == [(None,)]


# Baskets.


@pytest.mark.parametrize(
    ("status", "there"), [("Open", True), ("Frozen", True), ("Saved", True), ("Merged", False), ("Submitted", False)]
)
def test_a_basket_that_can_still_be_bought(alice, lamp, status, there) -> None:
    basket = Basket.objects.create(owner=alice)
    fill(basket, lamp, 2)
    fill(basket, create_product(price=5, num_in_stock=5))
    Basket.objects.update(status=status)
    BasketLine.objects.filter(product=lamp).update(date_updated=NOON)

    names = ("cart_id", "customer", "created_at", "state", "status", "total", "currency")
    expected = [(basket.pk, alice.pk, basket.date_created, "open", status, 25, "GBP")]
    assert rows(OscarSource.carts, *names) == (expected if there else [])
    assert rows(OscarSource.cart_lines, "product_id", "cart_id", "quantity", "line_total")[:1] == (
        [(lamp.pk, basket.pk, 2, 20)] if there else []
    )


def test_a_basket_is_as_old_as_its_latest_line(alice, lamp) -> None:
    basket = Basket.objects.create(owner=alice)
    fill(basket, lamp)
    late = fill(basket, create_product(price=5, num_in_stock=5))
    BasketLine.objects.filter(product=lamp).update(date_updated=NOON)

    late.refresh_from_db()
    assert rows(OscarSource.carts, "updated_at") == [(late.date_updated,)]


def test_an_empty_basket_and_one_of_nobody_are_none(alice, lamp) -> None:
    Basket.objects.create(owner=alice)
    fill(Basket.objects.create(), lamp)

    assert rows(OscarSource.carts, "cart_id") == []
    assert rows(OscarSource.cart_lines, "cart_id") == []


def test_a_shop_that_wants_all_baskets_knows_them_by_their_state(alice, lamp) -> None:
    for status in ("Open", "Merged", "Submitted"):
        Basket.objects.create(owner=alice, status=status)

    carts = OscarSource.carts.replace(Basket.objects.all())
    assert rows(carts, "state", "status") == [("merged", "Merged"), ("open", "Open"), ("ordered", "Submitted")]


# Wishes, views and searches.


def test_wishes(alice, lamp) -> None:
    wishes = WishList.objects.create(owner=alice)
    wishes.add(lamp)
    wishes.lines.create(title="something that is sold no more")

    assert rows(OscarSource.wishlist_items, "customer", "product_id") == [(alice.pk, lamp.pk)]


def test_views_and_searches(alice, lamp) -> None:
    view = UserProductView.objects.create(user=alice, product=lamp)
    UserSearch.objects.create(user=alice, query="")
    search = UserSearch.objects.create(user=alice, query="lamp")

    assert rows(OscarSource.views, "kind", "customer", "product_id", "at") == [("view", alice.pk, lamp.pk, view.date_created)]
    assert rows(OscarSource.searches, "kind", "customer", "query", "at") == [("search", alice.pk, "lamp", search.date_created)]
    assert OscarSource.searches.columns["query"].personal


# Sources of shops.


def statuses(source: type[OscarSource]) -> tuple[list[str], list[str]]:
    """Statuses of the orders that count, and of those that their lines are of."""
    orders = [status for (status,) in rows(source.orders, "status")]
    lines = [number for (number,) in rows(source.order_lines, "order_id")]
    return orders, list(Order.objects.filter(number__in=lines).order_by("status").values_list("status", flat=True))


@pytest.fixture
def orders() -> None:
    for status in ("Cancelled", "Complete", "Refused"):
        create_order(number=status, status=status)


@pytest.mark.usefixtures("orders")
def test_cancelled_orders_never_were_any() -> None:
    alive = ["Complete", "Refused"]
    assert statuses(OscarSource) == (alive, alive)


@pytest.mark.usefixtures("orders")
def test_a_shop_with_dead_statuses_of_its_own() -> None:
    class Strict(OscarSource):
        dead_statuses = ("Cancelled", "Refused")
        orders = OscarSource.orders.replace(channel="site__domain")

    class Stricter(Strict):
        dead_statuses = ("Complete",)

    assert statuses(Strict) == (["Complete"], ["Complete"])
    assert "channel" in Stricter.orders.columns
    assert statuses(Stricter) == (["Cancelled", "Refused"], ["Cancelled", "Refused"])
    assert Strict.relations["orders"] is Strict.orders
    assert OscarSource.orders._rows.dead == ("Cancelled",)


@pytest.mark.usefixtures("orders")
def test_a_queryset_of_the_shops_own_is_left_as_it_is() -> None:
    class Own(OscarSource):
        dead_statuses = ("Complete",)
        orders = OscarSource.orders.replace(Order.objects.filter(status="Complete"))
        refunds = None

    assert statuses(Own) == (["Complete"], ["Cancelled", "Refused"])
    assert "refunds" not in Own.relations


def test_rows_that_count_are_asked_for_at_each_read(alice) -> None:
    counted = Counted(Order, "status", ("Cancelled",))
    assert counted().model is Order
    assert counted() is not counted()
