"""Hears log-ins: the cart of the visitor becomes the customer's."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from shopdemo.shop.flows.cart import merge_cart
from shopdemo.shop.models import User


def pour_cart(sender: type[User], request: HttpRequest | None, user: User, **said: Any) -> None:
    """A log-in without a session, as in tests of the admin, has no cart."""
    if request is not None and hasattr(request, "session"):
        merge_cart(user, request.session, timezone.now())
