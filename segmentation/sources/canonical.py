"""The canonical relations: one small class each, which says what every shop means by these columns.

A new relation is a new class here (or in a plug-in): its name, its columns, its time and its key.
"""

from __future__ import annotations

from collections.abc import Sequence

from segmentation.rules.values import Kind
from segmentation.sources.columns import Column, ColumnSpec, ColumnValue, Default
from segmentation.sources.relation import Relation, RowSource, Watch


class Customers(Relation):
    """The accounts of the shop, one row a person; guests are known from their orders."""

    name = "customers"
    key = "customer_id"
    always_current = True
    specs = {
        "customer_id": ColumnSpec(Kind.TEXT, required=True, key=True),
        "email": ColumnSpec(Kind.TEXT, personal=True),
        "first_name": ColumnSpec(Kind.TEXT, personal=True),
        "birth_date": ColumnSpec(Kind.DATE, restricted=True),
        "gender": ColumnSpec(Kind.TEXT, restricted=True),
        "country": ColumnSpec(Kind.TEXT),
        "region": ColumnSpec(Kind.TEXT),
        "city": ColumnSpec(Kind.TEXT, restricted=True),
        "language": ColumnSpec(Kind.TEXT),
        "joined_at": ColumnSpec(Kind.TIME),
        "accepts_email": ColumnSpec(Kind.BOOLEAN),
    }


class Orders(Relation):
    """The orders that count: which ones do is decided by the shop's queryset, once. Totals are positive."""

    name = "orders"
    key = "order_id"
    time = "placed_at"
    whose = ("customer", "email")
    below = {"lines": "order_lines"}
    specs = {
        "order_id": ColumnSpec(Kind.TEXT, required=True, key=True),
        "customer": ColumnSpec(Kind.TEXT, key=True),
        "email": ColumnSpec(Kind.TEXT, personal=True),
        "placed_at": ColumnSpec(Kind.TIME, required=True),
        "total": ColumnSpec(Kind.MONEY, required=True),
        "currency": ColumnSpec(Kind.TEXT, default=Default.BASE_CURRENCY),
        "net_total": ColumnSpec(Kind.MONEY),
        "discount": ColumnSpec(Kind.MONEY),
        "refunded": ColumnSpec(Kind.MONEY, current=True),
        "coupon_code": ColumnSpec(Kind.TEXT),
        "status": ColumnSpec(Kind.TEXT, current=True),
        "country": ColumnSpec(Kind.TEXT),
        "channel": ColumnSpec(Kind.TEXT),
        "device": ColumnSpec(Kind.TEXT),
    }


class OrderLines(Relation):
    """What was ordered; a line has its order's customer, time and currency. `line_total` is after discount."""

    name = "order_lines"
    time_of = "orders"
    above = {"order": ("orders", "order_id"), "product": ("products", "product_id")}
    specs = {
        "order_id": ColumnSpec(Kind.TEXT, required=True, key=True),
        "product_id": ColumnSpec(Kind.TEXT, required=True, key=True, asked=True),
        "quantity": ColumnSpec(Kind.NUMBER, required=True),
        "line_total": ColumnSpec(Kind.MONEY, required=True),
        "discount": ColumnSpec(Kind.MONEY),
    }


class Products(Relation):
    """What the shop sells, as it is today."""

    name = "products"
    key = "product_id"
    always_current = True
    specs = {
        "product_id": ColumnSpec(Kind.TEXT, required=True, key=True),
        "title": ColumnSpec(Kind.TEXT, required=True),
        "parent_id": ColumnSpec(Kind.TEXT, key=True),
        "category": ColumnSpec(Kind.TEXT),
        "brand": ColumnSpec(Kind.TEXT),
        "price": ColumnSpec(Kind.MONEY),
        "list_price": ColumnSpec(Kind.MONEY),
        "active": ColumnSpec(Kind.BOOLEAN),
        "stock": ColumnSpec(Kind.NUMBER),
        "created_at": ColumnSpec(Kind.TIME),
        "url": ColumnSpec(Kind.TEXT),
        "image": ColumnSpec(Kind.TEXT),
    }


class Refunds(Relation):
    """Money given back: positive amounts at their own time; a refund needs no order."""

    name = "refunds"
    time = "at"
    whose = ("customer", "email")
    specs = {
        "customer": ColumnSpec(Kind.TEXT, key=True),
        "email": ColumnSpec(Kind.TEXT, personal=True),
        "amount": ColumnSpec(Kind.MONEY, required=True),
        "at": ColumnSpec(Kind.TIME, required=True),
        "currency": ColumnSpec(Kind.TEXT, default=Default.ORDER_CURRENCY),
        "order_id": ColumnSpec(Kind.TEXT, key=True),
    }


class Carts(Relation):
    """Carts as they are now, open or not; `updated_at` is when somebody last changed one or its lines."""

    name = "carts"
    key = "cart_id"
    time = "updated_at"
    whose = ("customer", "email", "visitor")
    below = {"lines": "cart_lines"}
    specs = {
        "cart_id": ColumnSpec(Kind.TEXT, required=True, key=True),
        "customer": ColumnSpec(Kind.TEXT, key=True),
        "email": ColumnSpec(Kind.TEXT, personal=True),
        "visitor": ColumnSpec(Kind.TEXT, key=True),
        "updated_at": ColumnSpec(Kind.TIME, required=True),
        "created_at": ColumnSpec(Kind.TIME),
        "state": ColumnSpec(Kind.TEXT, current=True),
        "total": ColumnSpec(Kind.MONEY),
        "currency": ColumnSpec(Kind.TEXT, default=Default.BASE_CURRENCY),
    }


class CartLines(Relation):
    """What lies in the carts; a line has its cart's customer, time and currency."""

    name = "cart_lines"
    time_of = "carts"
    above = {"cart": ("carts", "cart_id"), "product": ("products", "product_id")}
    specs = {
        "cart_id": ColumnSpec(Kind.TEXT, required=True, key=True),
        "product_id": ColumnSpec(Kind.TEXT, required=True, key=True, asked=True),
        "quantity": ColumnSpec(Kind.NUMBER, required=True),
        "line_total": ColumnSpec(Kind.MONEY),
    }


class WishlistItems(Relation):
    """Products that customers wish for; without `added_at`, which many shops do not keep, its rows have no time."""

    name = "wishlist_items"
    time = "added_at"
    whose = ("customer",)
    above = {"product": ("products", "product_id")}
    specs = {
        "customer": ColumnSpec(Kind.TEXT, required=True, key=True),
        "product_id": ColumnSpec(Kind.TEXT, required=True, key=True, asked=True),
        "added_at": ColumnSpec(Kind.TIME),
    }


class Events(Relation):
    """What people did: views, searches and the like. A source may have several, which are one relation.

    With `transactional` they are part of doing business, as orders are, and no tracked activity, which asks for consent.
    """

    name = "events"
    time = "at"
    whose = ("customer", "visitor")
    above = {"product": ("products", "product_id")}
    specs = {
        "kind": ColumnSpec(Kind.TEXT, required=True),
        "at": ColumnSpec(Kind.TIME, required=True),
        "customer": ColumnSpec(Kind.TEXT, key=True),
        "visitor": ColumnSpec(Kind.TEXT, key=True),
        "product_id": ColumnSpec(Kind.TEXT, key=True, asked=True),
        "category": ColumnSpec(Kind.TEXT),
        "query": ColumnSpec(Kind.TEXT, personal=True),
        "value": ColumnSpec(Kind.NUMBER),
        "hour": ColumnSpec(Kind.NUMBER),
        "country": ColumnSpec(Kind.TEXT),
        "language": ColumnSpec(Kind.TEXT),
        "device": ColumnSpec(Kind.TEXT),
        "channel": ColumnSpec(Kind.TEXT),
        "referrer": ColumnSpec(Kind.TEXT),
        "utm_source": ColumnSpec(Kind.TEXT),
        "utm_medium": ColumnSpec(Kind.TEXT),
        "utm_campaign": ColumnSpec(Kind.TEXT),
    }

    def __init__(
        self, rows: RowSource, /, *, watch: Sequence[Watch] = (), transactional: bool = False, **columns: Column | ColumnValue
    ) -> None:
        super().__init__(rows, watch=watch, **columns)
        self.transactional = transactional
