"""Carts and wishlists in the admin."""

from __future__ import annotations

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from shopdemo.shop.models import Cart, CartLine, WishlistItem


class CartLineInline(admin.TabularInline):  # type: ignore[type-arg]
    """The lines, on the cart's page."""

    model = CartLine
    extra = 0
    raw_id_fields = ("product",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[CartLine]:
        """With their products, whose names stand beside the ids."""
        return super().get_queryset(request).select_related("product")


@admin.register(Cart)
class CartAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Carts of users and of visitors."""

    list_display = ("id", "user", "email", "state", "created_at", "updated_at", "simulated")
    list_filter = ("state", "simulated")
    list_select_related = ("user",)
    search_fields = ("user__email", "email", "visitor")
    raw_id_fields = ("user",)
    ordering = ("-updated_at", "-pk")
    inlines = (CartLineInline,)


@admin.register(WishlistItem)
class WishlistItemAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Wishes."""

    list_display = ("user", "product", "added_at", "simulated")
    list_filter = ("simulated",)
    list_select_related = ("user", "product")
    search_fields = ("user__email", "product__title", "product__code")
    raw_id_fields = ("user", "product")
    ordering = ("-added_at", "-pk")
