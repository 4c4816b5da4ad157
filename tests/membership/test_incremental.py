"""Incremental equals full, given the same prior: who is answered live is where a refresh of that moment would put them."""

from __future__ import annotations

import os
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from decimal import Decimal

import pytest
from django.db.models import Max, QuerySet
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from segmentation.membership import define, evaluate_live, override, refresh
from segmentation.models import Membership, Profile, Segment
from segmentation.profiles import sync
from segmentation.profiles.sync import sync_few
from shopdemo.shop.models import Category, Order, OrderLine, Product, Refund, User
from tests.cast import NOW, rolled_back

pytestmark = pytest.mark.django_db

EXAMPLES = int(os.environ.get("INCREMENTAL_EXAMPLES", "12"))
"""`INCREMENTAL_EXAMPLES=2000 pytest tests/membership/test_incremental.py` searches longer."""

TOMORROW = NOW + timedelta(days=1)

SEGMENTS = {
    "abroad": 'customer.country != "GB" if unknown yes',
    "buyers": "orders.count() >= 1",
    "lately": "at least 2 of (orders.count(last 1 day) >= 1, orders.sum(total, last 30 days) > 50, spend.sum(amount) > 100)",
    "lamps": 'orders.count(where any lines (product.category = "Lamps") and coupon_code is set) >= 1',
    "first": "orders.first(test total >= 50) or orders.nth(3, test coupon_code is set)",
    "refunded": "refunds.count(since last orders) = 0 and refunds.count() >= 1",
    "steps": "sequence (orders where total >= 50, orders) within 4 weeks then no refunds",
    "regular": "pattern orders regularly period 1 month periods 2 or pattern orders stopped period 1 day periods 1",
    "half": 'bucket "spring" 0 to 49 and orders.count() >= 1',
    "rhythm": "orders.days_between() <= 20 or orders.share(total, where coupon_code is set) >= 0.5",
    # Ranks.
    "best": "top 2 by orders.sum(total) leave at 4",
    "loyal": "top 30 percent by orders.count() stay 2 days",
    "thrifty": "bottom 25 percent by orders.avg(total) leave at 50 percent stay 36 hours",
    "dear": "top 1 by orders.max(total, last 30 days) or top 2 by customer.tenure_days",
    # Segments inside segments.
    "a-friends": 'in segment "best" or (in segment "loyal" and not in segment "half")',
    "b-fresh": 'in segment "a-friends" entered last 1 day and orders.count() >= 1',
    "c-settled": 'in segment "buyers" for at least 20 hours',
    "d-lost": 'not in segment "best" for at least 20 hours and not (in segment "b-fresh")',
    "e-others": 'not in segment "a-friends" and not in segment "d-lost"',
    "f-kept": 'in segment "e-others" or top 50 percent by orders.sum(total, last 90 days)',
}


@dataclass(frozen=True)
class Bought:
    """An order of somebody: of the first six people with an account, of the others as guests."""

    person: int
    hours: float
    total: str
    coupon: bool = False
    lamp: bool = False


@dataclass(frozen=True)
class Changed:
    """What happens to the orders of somebody."""

    person: int
    deed: Callable[[int, int], None]
    number: int


PEOPLE = 8
ACCOUNTS = 6
Shop = list[User]

people = st.integers(0, PEOPLE - 1)
bought = st.builds(
    Bought,
    people,
    # From before the cut-off and since; from within all windows and without.
    st.sampled_from((0, 0.5, 3, 13, 20, 24, 30, 40, 130, 24 * 25, 24 * 40, 24 * 100, 24 * 400)),
    st.sampled_from(("0", "10", "20", "20.01", "49.99", "50", "100")),
    st.booleans(),
    st.booleans(),
)


def owner(person: int) -> dict[str, object]:
    """How the rows of somebody name them."""
    email = f"p{person}@shop.test"
    return {"user": User.objects.get(email=email)} if person < ACCOUNTS else {"email": email}


def buy(orders: Sequence[Bought], before: datetime) -> None:
    """The orders with a line each."""
    first = (Order.objects.aggregate(last=Max("pk"))["last"] or 0) + 1
    lamp, chair = Product.objects.order_by("code")
    made = [
        Order(
            number=str(first + place),
            placed_at=before - timedelta(hours=one.hours),
            total=Decimal(one.total),
            coupon_code="SPRING" if one.coupon else "",
            **owner(one.person),
        )
        for place, one in enumerate(orders)
    ]
    Order.objects.bulk_create(made)
    OrderLine.objects.bulk_create(
        OrderLine(order=order, product=lamp if one.lamp else chair, title="x", unit_price=1, line_total=1)
        for order, one in zip(made, orders, strict=True)
    )


def cancel(person: int, number: int) -> None:
    """One of their orders, if there are so many."""
    for order in Order.objects.filter(**owner(person)).order_by("pk")[number : number + 1]:
        Order.objects.filter(pk=order.pk).update(status=Order.Status.CANCELLED)


def delete(person: int, number: int) -> None:
    """One of their orders."""
    for order in Order.objects.filter(**owner(person)).order_by("pk")[number : number + 1]:
        order.delete()


def pay_back(person: int, number: int) -> None:
    """Something, a while ago."""
    Refund.objects.create(number=f"R{Refund.objects.count()}", amount=30, at=TOMORROW - timedelta(hours=number), **owner(person))


def buy_more(person: int, number: int) -> None:
    """An order, a while ago."""
    buy([Bought(person, 5 * number, "60", coupon=bool(number))], TOMORROW)


def move(person: int, number: int) -> None:
    """Somewhere else, those who have an account."""
    User.objects.filter(email=f"p{person}@shop.test").update(country=("GB", "FR", "", "PL")[number])


DEEDS = (cancel, delete, pay_back, buy_more, move)
changed = st.builds(Changed, people, st.sampled_from(DEEDS), st.integers(0, 3))


@pytest.fixture
def shop(db: None) -> None:
    """Everybody, and all segments, of which some are put in or kept out by hand."""
    for person in range(ACCOUNTS):
        joined = NOW - timedelta(days=100 * person)
        User.objects.create_user(f"p{person}@shop.test", country="GB" if person % 2 else "", date_joined=joined)
    for code, name in (("1", "Lamps"), ("2", "Chairs")):
        category = Category.objects.create(name=name, slug=name)
        Product.objects.create(code=code, title=name, slug=name, category=category, price=1)
    for slug, rule in SEGMENTS.items():
        define(slug, rule, now=NOW)
    sync(now=NOW)
    by_hand = Profile.objects.order_by("pk")
    override(Segment.objects.get(slug="best"), by_hand[0], included=True, now=NOW)
    override(Segment.objects.get(slug="buyers"), by_hand[1], included=False, now=NOW)


def memberships(keys: Collection[str]) -> list[tuple[str, str, datetime]]:
    """In what these people are, since when."""
    rows = Membership.objects.filter(profile__key__in=keys).values_list("segment__slug", "profile__key", "since")
    return sorted(rows)


def keys_of(profiles: QuerySet[Profile]) -> set[str]:
    """Their keys."""
    return set(profiles.values_list("key", flat=True))


def touched(changes: Sequence[Changed], now: datetime) -> list[int]:
    """The profiles of those to whom something happened, in step with the shop."""
    names = {change.person for change in changes}
    customers = list(User.objects.filter(email__in=[f"p{name}@shop.test" for name in names]).values_list("pk", flat=True))
    return sync_few(customers, {f"p{name}@shop.test" for name in names if name >= ACCOUNTS}, now=now)


@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.lists(bought, min_size=3, max_size=20),
    st.lists(changed, max_size=6),
    st.lists(changed, min_size=1, max_size=6),
    st.sampled_from((0, 1, 59, 8 * 60, 10 * 60 + 59)),
)
def test_incremental_equals_full(
    shop: None, orders: list[Bought], yesterday: list[Changed], today: list[Changed], minutes: int
) -> None:
    now = TOMORROW + timedelta(minutes=minutes)
    with rolled_back():
        buy(orders, NOW)
        refresh(now=NOW)
        for change in yesterday:
            change.deed(change.person, change.number)
        refresh(now=TOMORROW)  # who is in is now a matter of history, and the day is cut off
        for change in today:
            change.deed(change.person, change.number)
        with rolled_back():
            profiles = touched(today, now)
            # By key: a newcomer's profile is made once in each of the two worlds.
            changed_keys = keys_of(Profile.objects.filter(pk__in=profiles))
            others = keys_of(Profile.objects.exclude(pk__in=profiles))
            before = memberships(others)
            evaluate_live(profiles, now=now)
            live = memberships(changed_keys)
            assert memberships(others) == before
        with rolled_back():
            refresh(now=now)
            assert live == memberships(changed_keys)
        assert not Segment.objects.filter(state="broken").exists()
