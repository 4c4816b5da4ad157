"""What a change costs the shop's database: as many queries as there are kinds of things to look up, and no more."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import AbstractContextManager
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest

from segmentation.membership import define, evaluate_live, refresh
from segmentation.models import Membership
from shopdemo.shop.models import Product, User
from tests.cast import NOW, add_line, place_order, profile_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)
ALWAYS = 7
"""A savepoint, the people, their revision, the segments, whose members they are, the owner's words, the savepoint's end."""

ORDERS = {"loyal": "orders.count() >= 3", "big": "orders.sum(total, last 90 days) >= 50", "last": "orders.last(test total > 20)"}
MEMBERS = {"loyal": "orders.count() >= 3", "vip": 'in segment "loyal"', "not-loyal": 'not in segment "loyal"'}
LEFT = {"loyal": "orders.count() >= 3", "out": 'not in segment "loyal" for at least 7 days'}
RANKS = {"top": "top 2 by orders.count()", "bottom": "bottom 50 percent by orders.count()"}
LINES = {"stocked": "order_lines.count(where product.stock > 0) >= 1", "many": "order_lines.sum(quantity) >= 9"}
FACTS = {"here": 'customer.country = "GB"', "leeds": 'customer.city = "Leeds"'}

Assert = Callable[[int], AbstractContextManager[Any]]


def fill(rules: Mapping[str, str]) -> None:
    for slug, rule in rules.items():
        define(slug, rule, now=NOW)
    refresh(now=NOW)


@pytest.fixture
def lamp(alice: User) -> Product:
    lamp = Product.objects.create(code="L1", title="Lamp", slug="lamp", price=Decimal("5.00"), stock=3)
    for order in alice.orders.all():
        add_line(order, lamp)
    return lamp


@pytest.mark.usefixtures("lamp", "bob")
@pytest.mark.parametrize(
    ("rules", "queries"),
    [
        (ORDERS, 1),
        (FACTS, 1),
        (RANKS, 2),  # the orders, the cut-offs
        (LINES, 3),  # the orders, their lines, the products of these
        (MEMBERS, 5),  # the orders, the states and ids of segments, who was in, the owner's words on these
        (LEFT, 6),  # and when others left
        ({**ORDERS, **FACTS, **RANKS, **LINES, **MEMBERS, **LEFT}, 10),
    ],
    ids=["orders", "facts", "ranks", "lines", "members", "left", "all"],
)
def test_an_evaluation_in_which_nobody_moves(
    alice: User, rules: Mapping[str, str], queries: int, django_assert_num_queries: Assert
) -> None:
    fill(rules)
    profiles = [profile_of(alice).pk]

    with django_assert_num_queries(ALWAYS + queries):
        evaluate_live(profiles, now=LATER)


@pytest.mark.usefixtures("lamp")
def test_queries_do_not_grow_with_segments_people_or_rows(
    alice: User, bob: User, carol: User, dan: str, django_assert_num_queries: Assert
) -> None:
    fill({f"{slug}-{number}": rule for number in range(3) for slug, rule in {**ORDERS, **LINES, **RANKS}.items()})
    for number in range(20):
        place_order(f"B{number + 10}", bob, 5, "0.01")
    refresh(now=NOW)
    *accounts, guest = [profile_of(one).pk for one in (alice, bob, carol, dan)]

    with django_assert_num_queries(ALWAYS + 4):
        evaluate_live(accounts, now=LATER)
    with django_assert_num_queries(ALWAYS + 5):  # the orders of guests are looked up by their e-mails
        evaluate_live([*accounts, guest], now=LATER)


def test_whoever_moves_costs_five_queries_a_segment(alice: User, bob: User, django_assert_num_queries: Assert) -> None:
    fill({"few": "orders.count() = 2", "many": "orders.count() >= 3"})
    profiles = [profile_of(alice).pk, profile_of(bob).pk]
    place_order("B3", bob, 1)

    with django_assert_num_queries(ALWAYS + 1 + 2 * 5):  # the segment, its members among them, the row, the journal, the size
        evaluate_live(profiles, now=LATER)
    assert set(Membership.objects.values_list("segment__slug", "profile")) == {("many", profile) for profile in profiles}
