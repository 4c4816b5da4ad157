"""The shop's tables, one file a subject."""

from __future__ import annotations

from shopdemo.shop.models.address import Address
from shopdemo.shop.models.cart import Cart, CartLine
from shopdemo.shop.models.catalogue import Category, Product
from shopdemo.shop.models.coupon import Coupon
from shopdemo.shop.models.data_load import DataLoad
from shopdemo.shop.models.order import Order, OrderLine
from shopdemo.shop.models.refund import Refund
from shopdemo.shop.models.user import User
from shopdemo.shop.models.wishlist import WishlistItem

__all__ = [
    "Address",
    "Cart",
    "CartLine",
    "Category",
    "Coupon",
    "DataLoad",
    "Order",
    "OrderLine",
    "Product",
    "Refund",
    "User",
    "WishlistItem",
]
