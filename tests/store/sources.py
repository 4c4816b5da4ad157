"""Shops that are like the demo's but for one thing."""

from __future__ import annotations

from django.db.models import Case, CharField, DateTimeField, DecimalField, F, Value, When

from segmentation.sources import Column, Customers, Money, OrderLines, Orders, Refunds, ShopSource
from shopdemo.shop.models import Order, OrderLine, Refund, User
from shopdemo.source import DemoSource


def unless(code: str, column: str, field) -> Case:
    """The column, NULL where the order's coupon code is this."""
    return Case(When(coupon_code=code, then=Value(None)), default=F(column), output_field=field)


class Joining(DemoSource):
    """Guests are the accounts with their address."""

    guests_join_accounts = True


class Gaps(DemoSource):
    """Some orders have no time, no total, no number; some refunds no amount."""

    guests_join_accounts = True
    orders = DemoSource.orders.replace(
        placed_at=unless("NOTIME", "placed_at", DateTimeField()),
        total=unless("NOTOTAL", "total", DecimalField(max_digits=12, decimal_places=2)),
        order_id=unless("NONUMBER", "number", CharField()),
        discount=Money("pk", scale=2),
        simulated="simulated",
    )


class Called(DemoSource):
    """Columns by callables, which may give anything."""

    customers = DemoSource.customers.replace(points=Column(lambda user: user.city or None, kind="number"))
    orders = DemoSource.orders.replace(channel=lambda order: [order.coupon_code] if order.coupon_code == "LIST" else "Web")


class RefundsWithoutCurrency(DemoSource):
    """A refund has its order's currency."""

    refunds = DemoSource.refunds.replace(currency=None)


class RefundsByText(DemoSource):
    """A refund names its order by text, "" where it has none, and its currency may be blank."""

    refunds = DemoSource.refunds.replace(
        order_id=lambda refund: refund.order.number if refund.order else "",
        currency=lambda refund: "" if refund.currency == "XXX" else refund.currency,
    )


class WithoutRefunds(DemoSource):
    """Nothing is ever given back."""

    refunds = None


class BareOrders(ShopSource):
    """As few columns as a shop can have."""

    customers = Customers(User.objects.all(), customer_id="pk")
    orders = Orders(Order.objects.all(), order_id="number", customer="user_id", placed_at="placed_at", total="total")
    order_lines = OrderLines(
        OrderLine.objects.all(), order_id="order__number", product_id="product_id", quantity="quantity", line_total="line_total"
    )
    refunds = Refunds(Refund.objects.all(), customer="user_id", amount="amount", at="at")
