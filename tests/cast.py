"""The cast: Alice is loyal, Bob is dormant, Carol browses and never bought, Dan is a guest who is known by e-mail alone.

All of it happens before noon of 1 June 2026, which is one o'clock in the shop's London.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from django.db import transaction

from segmentation.models import Membership, Profile
from segmentation.profiles import guest_key, user_key
from shopdemo.shop.models import Order, OrderLine, Product, Refund, User

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
DAN = "dan@guest.test"


def ago(days: float = 0, **lengths: float) -> datetime:
    """A moment before NOW."""
    return NOW - timedelta(days=days, **lengths)


def unsaved_order(number: str, owner: User | str | None, days: float = 0, total: str = "10.00", **fields: Any) -> Order:
    """An order of a user, a guest (by e-mail) or nobody, placed so many days before NOW."""
    named = {"email": owner} if isinstance(owner, str) else {"user": owner}
    return Order(number=number, total=Decimal(total), **{"placed_at": ago(days), **named, **fields})


def place_order(number: str, owner: User | str | None, days: float = 0, total: str = "10.00", **fields: Any) -> Order:
    """The same, saved."""
    order = unsaved_order(number, owner, days, total, **fields)
    order.save()
    return order


def add_line(order: Order, product: Product | None, quantity: int = 1, total: str = "1.00") -> OrderLine:
    """A line of an order."""
    amount = Decimal(total)
    return OrderLine.objects.create(
        order=order, product=product, title="line", quantity=quantity, unit_price=amount / quantity, line_total=amount
    )


def give_refund(number: str, owner: User | str | None, days: float = 0, amount: str = "1.00", **fields: Any) -> Refund:
    """A refund to a user, a guest (by e-mail) or nobody."""
    named = {"email": owner} if isinstance(owner, str) else {"user": owner}
    return Refund.objects.create(number=number, amount=Decimal(amount), **{"at": ago(days), **named, **fields})


def key_of(person: User | str) -> str:
    """The profile key of a user, or of a guest by e-mail."""
    return guest_key(person) if isinstance(person, str) else user_key(person.pk)


def keys_of(*people: User | str) -> set[str]:
    """Their profile keys."""
    return set(map(key_of, people))


def profile_of(person: User | str) -> Profile:
    """Their profile; there must be one."""
    return Profile.objects.get(key=key_of(person))


def members(slug: str) -> set[str]:
    """Profile keys of those who are in a segment."""
    return set(Membership.objects.filter(segment__slug=slug).values_list("profile__key", flat=True))


def journal(segment: Any) -> list[tuple[str, bool, datetime, str, int]]:
    """(profile key, entered, at, cause, version) as it was written."""
    rows = segment.journal.order_by("pk").values_list("profile__key", "entered", "at", "cause", "version")
    return list(rows)


@contextmanager
def rolled_back() -> Iterator[None]:
    """A transaction, or a savepoint, of which nothing stays."""
    with transaction.atomic():
        yield
        transaction.set_rollback(True)


@pytest.fixture
def alice(db: None) -> User:
    """Loyal: three orders, the last ten days ago, 125.50 in all."""
    user = User.objects.create_user(
        "alice@shop.test",
        first_name="Alice",
        country="GB",
        city="Leeds",
        birth_date=date(1990, 6, 4),
        accepts_email=True,
        date_joined=ago(400),
    )
    place_order("A1", user, 300, "40.00", coupon_code="SPRING")
    place_order("A2", user, 100, "60.00")
    place_order("A3", user, 10, "25.50")
    return user


@pytest.fixture
def bob(db: None) -> User:
    """Dormant: two orders, the last 200 days ago."""
    user = User.objects.create_user("bob@shop.test", first_name="Bob", country="FR", accepts_email=False, date_joined=ago(600))
    place_order("B1", user, 500, "100.00")
    place_order("B2", user, 200, "20.00")
    return user


@pytest.fixture
def carol(db: None) -> User:
    """Never bought; says neither where she lives nor whether she wants mail."""
    return User.objects.create_user("carol@shop.test", first_name="Carol", date_joined=ago(30))


@pytest.fixture
def dan(db: None) -> str:
    """A guest: one order, twenty days ago. The fixture is the e-mail."""
    place_order("D1", " Dan@Guest.test", 20, "15.00")
    return DAN


@pytest.fixture
def cast(alice: User, bob: User, carol: User, dan: str) -> dict[str, User | str]:
    """All four."""
    return {"alice": alice, "bob": bob, "carol": carol, "dan": dan}
