"""The cast: Alice bought three times, Bob once, Gina once as a guest; an owner who may do everything, and staff who may not."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from segmentation.models import Profile, Segment
from segmentation.testing import make_segment, refresh_now
from shopdemo.shop.models import Order, User


@pytest.fixture
def owner(db: None) -> User:
    """May do everything."""
    return User.objects.create_superuser("owner@shop.test", first_name="Olga")


@pytest.fixture
def admin(owner: User) -> Client:
    """The owner's browser."""
    client = Client()
    client.force_login(owner)
    return client


@pytest.fixture
def staff(db: None) -> Callable[..., Client]:
    """The browser of a member of staff who has these permissions of ours and no others."""

    def browser(*codenames: str) -> Client:
        user = User.objects.create_user("staff@shop.test", is_staff=True)
        kind = ContentType.objects.get_for_model(Profile)
        for codename in codenames:
            found = Permission.objects.filter(content_type__app_label="regulars_segmentation", codename=codename).first()
            user.user_permissions.add(found or Permission.objects.create(content_type=kind, codename=codename, name=codename))
        client = Client()
        client.force_login(user)
        return client

    return browser


@pytest.fixture
def people(db: None) -> None:
    """Alice, Bob and Gina with their orders."""
    alice = User.objects.create_user("alice@shop.test", country="FR")
    bob = User.objects.create_user("bob@shop.test", country="GB")
    Order.objects.bulk_create(
        [
            *(Order(number=f"A{number}", user=alice, total=100, placed_at=timezone.now()) for number in (1, 2, 3)),
            Order(number="B1", user=bob, total=20, placed_at=timezone.now()),
            Order(number="G1", email="gina@mail.test", total=5, placed_at=timezone.now()),
        ]
    )


@pytest.fixture
def buyers(people: None) -> Segment:
    """Alice, Bob and Gina are in."""
    return filled("buyers", "orders.count() >= 1")


@pytest.fixture
def loyal(people: None) -> Segment:
    """Alice is in."""
    return filled("loyal", "orders.count() >= 3")


def filled(slug: str, rule: str, **fields: Any) -> Segment:
    """A live segment, refreshed."""
    segment = make_segment(slug, rule, name=slug.capitalize(), **fields)
    refresh_now(slug)
    segment.refresh_from_db()
    return segment


def person(name: str) -> Profile:
    """The profile of somebody of the cast."""
    if name == "gina":
        return Profile.objects.get(kind=Profile.Kind.GUEST)
    return Profile.objects.get(customer_id=str(User.objects.get(email=f"{name}@shop.test").pk))


def url(name: str, *args: Any) -> str:
    """The address of an admin page of ours."""
    return reverse(f"admin:regulars_segmentation_{name}", args=args)


def form_of(segment: Segment | None = None, **changes: str) -> dict[str, str]:
    """What a browser would send of the segment's form, with changes."""
    data = {"name": "", "slug": "", "description": "", "state": "live", "rule_text": "orders.count() >= 1"}
    if segment is not None:
        data |= {"name": segment.name, "slug": segment.slug, "description": segment.description, "state": segment.state}
    return data | changes


def told(response: Any) -> list[tuple[str, str]]:
    """(level, text) of the messages on a page."""
    return [(message.level_tag, message.message) for message in response.context["messages"]]


def break_segment(segment: Segment) -> None:
    """A fact vanishes from the shop, and a refresh notices."""
    definition = segment.definition
    definition["rules"][0] = {"kind": "attribute", "field": "customer.shoe_size", "operator": "=", "value": "44"}
    Segment.objects.filter(pk=segment.pk).update(definition=definition)
    refresh_now(segment.slug)
    segment.refresh_from_db()
