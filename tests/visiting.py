"""A shop with visitors: their open carts, each of which is an event too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from segmentation.models import Profile
from segmentation.models.imported import ImportedCart
from segmentation.sources import Carts, Events
from shopdemo.shop.models import User
from shopdemo.source import DemoSource
from tests.cast import NOW, ago, profile_of


class Visited(DemoSource):
    """Carts and events may be a customer's, a guest's (carts alone) or a visitor's."""

    carts = Carts(
        ImportedCart.objects.all(),
        cart_id="cart_id",
        customer="customer",
        email="email",
        visitor="visitor",
        updated_at="updated_at",
        state="state",
    )
    cart_lines = None
    events = Events(ImportedCart.objects.all(), kind="state", at="updated_at", customer="customer", visitor="visitor")


class Trading(Visited):
    """Where all events are part of doing business; what we would record ourselves is not."""

    activity = None
    events = Events(
        ImportedCart.objects.all(), kind="state", at="updated_at", customer="customer", visitor="visitor", transactional=True
    )


def visitor(name: str, into: User | str | None = None, **fields: Any) -> Profile:
    """A visitor of that id, perhaps one who turned out to be a customer or guest."""
    merged_into = None if into is None else profile_of(into)
    return Profile.objects.create(
        key=f"visitor:{name}", kind="visitor", visitor_id=name, created_at=ago(30), merged_into=merged_into, **fields
    )


def leave_cart(number: str, *, at: datetime = NOW, **whose: str) -> ImportedCart:
    """A cart (and event) of a customer, an e-mail or a visitor."""
    return ImportedCart.objects.create(cart_id=number, updated_at=at, state="open", **whose)


def agree(*profiles: Profile) -> None:
    """They said yes to profiling."""
    Profile.objects.filter(pk__in=[profile.pk for profile in profiles]).update(profiling=True)
