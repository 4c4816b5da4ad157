"""The canonical relations: one small class each, which says what every shop means by these columns.

A new relation is a new class here (or in a plug-in): its name, its columns, its time and its key.
"""

from __future__ import annotations

from segmentation.rules.values import Kind
from segmentation.sources.columns import ColumnSpec, Default
from segmentation.sources.relation import Relation


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
    one_of = (("customer", "email"),)
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
        "stock": ColumnSpec(Kind.NUMBER),
        "created_at": ColumnSpec(Kind.TIME),
        "url": ColumnSpec(Kind.TEXT),
        "image": ColumnSpec(Kind.TEXT),
    }


class Refunds(Relation):
    """Money given back: positive amounts at their own time; a refund needs no order."""

    name = "refunds"
    time = "at"
    one_of = (("customer", "email"),)
    specs = {
        "customer": ColumnSpec(Kind.TEXT, key=True),
        "email": ColumnSpec(Kind.TEXT, personal=True),
        "amount": ColumnSpec(Kind.MONEY, required=True),
        "at": ColumnSpec(Kind.TIME, required=True),
        "currency": ColumnSpec(Kind.TEXT, default=Default.ORDER_CURRENCY),
        "order_id": ColumnSpec(Kind.TEXT, key=True),
    }
