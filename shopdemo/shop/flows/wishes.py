"""What a customer wishes for."""

from __future__ import annotations

from datetime import datetime

from shopdemo.shop.models import Product, User, WishlistItem


def add_wish(user: User, product: Product, now: datetime) -> bool:
    """Put it on her wishlist; False if it is there already."""
    _, new = WishlistItem.objects.get_or_create(user=user, product=product, defaults={"added_at": now})
    return new


def drop_wish(user: User, product: Product) -> bool:
    """Take it off her wishlist; False if it is not there."""
    item = WishlistItem.objects.filter(user=user, product=product).first()
    if item is None:
        return False
    item.delete()
    return True


def wishes_of(user: User | None) -> list[int]:
    """Keys of the products on her wishlist that are for sale, the latest first."""
    wishes = WishlistItem.objects.filter(user=user, product__is_active=True).order_by("-added_at", "-pk")
    return list(wishes.values_list("product_id", flat=True)) if user else []
