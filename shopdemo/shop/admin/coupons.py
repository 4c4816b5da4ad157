"""Coupons in the admin."""

from __future__ import annotations

from django.contrib import admin

from shopdemo.shop.models import Coupon


@admin.register(Coupon)
class CouponAdmin(admin.ModelAdmin):  # type: ignore[type-arg]
    """Codes, what they take off, and how often they were used."""

    list_display = ("code", "percent", "amount", "min_total", "starts_at", "ends_at", "uses", "max_uses", "is_active")
    list_filter = ("is_active",)
    search_fields = ("code",)
    readonly_fields = ("uses",)
