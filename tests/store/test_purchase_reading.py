from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal
from itertools import chain
from typing import Any

import numpy as np
import pytest

from segmentation.errors import SourceError
from segmentation.kernel.moments import seconds
from segmentation.models import MergeCause, Profile, Purpose
from segmentation.profiles import sync
from segmentation.profiles.consents import say
from segmentation.profiles.merging import merge, undo
from segmentation.sources import OrderLines, ShopSource
from segmentation.sources.emails import fold_email
from segmentation.store import Purchases, read_purchases
from shopdemo.shop.models import Category, Order, OrderLine, Product
from shopdemo.source import DemoSource
from tests.cast import NOW, add_line, ago, key_of, place_order, profile_of
from tests.store.sources import BareOrders, Gaps, Joining

pytestmark = pytest.mark.django_db


def lines(purchases: Purchases) -> list[tuple[Any, ...]]:
    """(key, product, country, seconds, quantity), in their order."""
    return [
        (
            purchases.keys[purchases.person[line]],
            purchases.products[purchases.product[line]],
            purchases.countries[purchases.country[line]] if purchases.country[line] >= 0 else "",
            int(purchases.times[line]),
            round(float(purchases.quantity[line]), 3),
        )
        for line in range(len(purchases))
    ]


def slowly(source: ShopSource, only: Iterable[str] | None = None) -> list[tuple[Any, ...]]:
    """The same, row by row, from what the source says and what the profiles say."""
    people = {person.pk: person for person in Profile.objects.filter(shop="default")}

    def whose(customer: object, email: str | None) -> Profile | None:
        named = [p for p in people.values() if p.kind == "user" and p.customer_id == str(customer)] if customer else []
        if not customer and email:
            accounts = source.relations["customers"].read(["customer_id", "email"]) if source.guests_join_accounts else ()
            ids = sorted(
                (str(pk) for pk, mail in chain.from_iterable(accounts) if fold_email(mail) == fold_email(email)),
                key=lambda pk: (len(pk), pk),
            )
            named = [p for p in people.values() if p.kind == "guest" and p.email == fold_email(email)]
            named = [p for p in people.values() if p.customer_id == ids[0]] if ids else named
        found = named[0] if named else None
        found = people[found.merged_into_id] if found and found.merged_into_id else found
        return found if found and found.gone_at is None and found.profiling is not False else None

    names = ["order_id", "placed_at", *(n for n in ("customer", "email", "country") if n in source.relations["orders"].columns)]
    rows = [dict(zip(names, row, strict=True)) for row in chain.from_iterable(source.relations["orders"].read(names))]
    orders = {str(row["order_id"]): row for row in rows if row["order_id"] and row["placed_at"]}
    found = []
    for order_id, product, quantity in chain.from_iterable(
        source.relations["order_lines"].read(["order_id", "product_id", "quantity"])
    ):
        row = orders.get(str(order_id), {})
        person = whose(row.get("customer"), row.get("email"))
        if person and product and quantity and quantity > 0 and (only is None or person.key in only):
            country = (row.get("country") or "").strip().upper()
            found.append((person.key, str(product), country, seconds(row["placed_at"]), round(float(quantity), 3)))
    return sorted(found, key=lambda line: (line[3], line[0], line[1]))


def ordered(purchases: Purchases) -> list[tuple[Any, ...]]:
    return sorted(lines(purchases), key=lambda line: (line[3], line[0], line[1]))


@pytest.fixture
def goods(db: None) -> list[Product]:
    category = Category.objects.create(slug="x")
    return [
        Product.objects.create(code=code, title=code, slug=code.lower(), price=Decimal(5), category=category) for code in "ABC"
    ]


@pytest.fixture
def bought(cast: dict[str, Any], goods: list[Product]) -> list[Product]:
    """Alice bought A and B, then B and C; Bob A twice; Dan, a guest, C. Carol never bought."""
    a, b, c = goods
    Order.objects.filter(number="A1").update(country="gb")
    Order.objects.filter(number="B1").update(country="FR")
    for number, product, quantity in [
        ("A3", c, 1),
        ("A3", b, 2),
        ("A1", b, 1),
        ("A1", a, 3),
        ("B2", a, 1),
        ("B1", a, 4),
        ("D1", c, 6),
    ]:
        add_line(Order.objects.get(number=number), product, quantity)
    sync(now=NOW, source=DemoSource())
    return goods


def test_lines_in_the_order_of_time_with_numbers_without_gaps(bought, cast):
    purchases = read_purchases(DemoSource())
    alice, bob, dan = (key_of(cast[name]) for name in ("alice", "bob", "dan"))
    a, b, c = (str(product.pk) for product in bought)

    assert lines(purchases) == [
        (bob, a, "FR", seconds(ago(500)), 4.0),
        (alice, a, "GB", seconds(ago(300)), 3.0),
        (alice, b, "GB", seconds(ago(300)), 1.0),
        (bob, a, "", seconds(ago(200)), 1.0),
        (dan, c, "", seconds(ago(20)), 6.0),
        (alice, b, "", seconds(ago(10)), 2.0),
        (alice, c, "", seconds(ago(10)), 1.0),
    ]
    assert purchases.order.tolist() == [0, 1, 1, 2, 3, 4, 4]
    assert set(purchases.keys) == {alice, bob, dan}
    assert purchases.products == [a, b, c]
    assert purchases.countries == ["FR", "GB"]
    assert [purchases.names[purchases.keys.index(key)] for key in (alice, dan)] == [str(cast["alice"].pk), dan]
    assert [getattr(purchases, name).dtype for name in ("person", "order", "product", "country", "times", "quantity")] == [
        *[np.int32] * 3,
        np.int16,
        np.int64,
        np.float32,
    ]


def test_one_query_a_relation(bought, django_assert_num_queries):
    with django_assert_num_queries(3):  # the people, the orders, the lines
        read_purchases(DemoSource())
    with django_assert_num_queries(4):  # and the accounts' addresses
        read_purchases(Joining())


def test_a_few_people(bought, cast, django_assert_num_queries):
    keys = [key_of(cast["bob"]), key_of(cast["dan"]), key_of(cast["carol"]), "user:nobody"]
    with django_assert_num_queries(2 + 2 + 1):  # who is named and who they are; orders by customer, by e-mail; lines
        purchases = read_purchases(DemoSource(), keys)

    assert ordered(purchases) == slowly(DemoSource(), keys)
    assert len(purchases) == 3
    assert len(read_purchases(DemoSource(), [])) == 0


def test_what_is_left_out(bought, cast):
    a = bought[0]
    carol = cast["carol"]
    nobodys = place_order("N1", None, 1)
    returned = place_order("C1", carol, 1)
    add_line(nobodys, a)
    add_line(returned, a, -1)
    add_line(returned, None, 1)
    OrderLine.objects.create(order=returned, product=a, title="none", quantity=0, unit_price=1, line_total=0)
    add_line(place_order("C2", carol, 1, status=Order.Status.CANCELLED), a)
    sync(now=NOW, source=DemoSource())

    found = read_purchases(DemoSource())
    assert len(found) == 7
    assert ordered(found) == slowly(DemoSource())
    assert found.left_out == {"nobodys": 1, "of_no_order": 1, "of_no_product": 1, "no_piece": 2}


def test_orders_without_a_time_or_a_number(bought, cast):
    add_line(place_order("T1", cast["bob"], 1, coupon_code="NOTIME"), bought[0])
    add_line(place_order("T2", cast["bob"], 1, coupon_code="NONUMBER"), bought[0])
    sync(now=NOW, source=Gaps())

    assert ordered(read_purchases(Gaps())) == slowly(Gaps())
    assert len(read_purchases(Gaps())) == 7


def test_who_says_no_is_not_learned_from(bought, cast):
    say(profile_of(cast["bob"]), Purpose.PROFILING, False, now=NOW, method="banner")
    say(profile_of(cast["alice"]), Purpose.PROFILING, True, now=NOW, method="banner")

    found = read_purchases(DemoSource())
    assert set(found.keys) == {key_of(cast["alice"]), key_of(cast["dan"])}
    assert found.left_out["refused"] > 0
    assert len(read_purchases(DemoSource(), [key_of(cast["bob"])])) == 0


def test_guests_who_are_somebody(bought, cast):
    dan, carol = profile_of(cast["dan"]), profile_of(cast["carol"])
    entry = merge(dan, carol, now=NOW, cause=MergeCause.MANUAL)
    purchases = read_purchases(DemoSource())
    assert carol.key in purchases.keys
    assert dan.key not in purchases.keys
    assert ordered(purchases) == slowly(DemoSource())
    assert [line[0] for line in lines(read_purchases(DemoSource(), [dan.key]))] == [carol.key]

    undo(entry, now=NOW)
    assert dan.key in read_purchases(DemoSource()).keys


def test_guests_with_an_accounts_address(bought, cast):
    add_line(place_order("G1", " Bob@Shop.test", 3), bought[2], 2)
    sync(now=NOW, source=Joining())

    purchases = read_purchases(Joining())
    assert (key_of(cast["bob"]), str(bought[2].pk), "", seconds(ago(3)), 2.0) in lines(purchases)
    assert ordered(purchases) == slowly(Joining())
    assert ordered(read_purchases(Joining(), [key_of(cast["bob"])])) == slowly(Joining(), [key_of(cast["bob"])])


def test_people_who_are_gone(bought, cast):
    Profile.objects.filter(key=key_of(cast["bob"])).update(gone_at=NOW)
    assert key_of(cast["bob"]) not in read_purchases(DemoSource()).keys


class Letters(DemoSource):
    """Products that are told apart by the size of their letters."""

    order_lines = DemoSource.order_lines.replace(product_id="title")


def test_products_letter_by_letter(bought, cast):
    order = place_order("L1", cast["bob"], 1)
    for title in ("Lamp", "LAMP", "lamp ", ""):
        OrderLine.objects.create(order=order, title=title, quantity=1, unit_price=1, line_total=1)

    assert read_purchases(Letters()).products == ["LAMP", "Lamp", "lamp ", "line"]


class NoLines(ShopSource):
    customers = DemoSource.customers
    orders = DemoSource.orders


class Broken(DemoSource):
    order_lines = OrderLines(
        OrderLine.objects.all(), order_id="order__number", product_id="nothing", quantity="quantity", line_total="line_total"
    )


def test_sources_with_less_and_with_faults(bought):
    assert len(read_purchases(NoLines())) == 0
    assert {line[0].split(":")[0] for line in lines(read_purchases(BareOrders()))} == {"user"}
    assert ordered(read_purchases(BareOrders())) == slowly(BareOrders())
    with pytest.raises(SourceError, match=r"order_lines\.product_id"):
        read_purchases(Broken())


def test_a_shop_where_nothing_was_bought(db):
    purchases = read_purchases(DemoSource())
    assert (len(purchases), purchases.keys, purchases.products, purchases.countries) == (0, [], [], [])
