"""What every page of the shop shows: the shelves, and how much lies in the cart."""

from __future__ import annotations

from typing import Any

from django.db.models import Sum
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from shopdemo.shop.catalogue import shelves
from shopdemo.shop.flows.cart import find_cart, owner_of
from shopdemo.shop.models import CartLine


def shop(request: HttpRequest) -> dict[str, Any]:
    """Lazy: a page that shows none of it, as the admin's, asks the database nothing."""
    return {
        "shelves": SimpleLazyObject(lambda: list(shelves())),
        "cart_count": SimpleLazyObject(lambda: _cart_count(request)),
    }


def _cart_count(request: HttpRequest) -> int:
    if not hasattr(request, "session"):
        return 0
    cart = find_cart(owner_of(request.user, request.session))
    lines = CartLine.objects.filter(cart=cart, product__is_active=True)
    return (lines.aggregate(count=Sum("quantity"))["count"] or 0) if cart else 0
