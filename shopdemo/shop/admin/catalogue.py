"""Categories and products in the admin."""

from __future__ import annotations

from django.contrib import admin

from shopdemo.shop.models import Category, Product


@admin.register(Category)
class CategoryAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The shelves."""

    list_display = ("name", "slug")
    search_fields = ("name",)
    prepopulated_fields = {"slug": ("name",)}


@admin.register(Product)
class ProductAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """The articles."""

    list_display = ("title", "code", "category", "price", "list_price", "stock", "is_active")
    list_filter = ("is_active", "category")
    list_select_related = ("category",)
    search_fields = ("title", "code")
    prepopulated_fields = {"slug": ("title",)}
