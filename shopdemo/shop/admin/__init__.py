"""The shop in Django's admin, one file a subject."""

from __future__ import annotations

from shopdemo.shop.admin import carts, catalogue, coupons, loads, orders, users

__all__ = ["carts", "catalogue", "coupons", "loads", "orders", "users"]
