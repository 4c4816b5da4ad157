"""Shops that are like the demo's but for one thing."""

from __future__ import annotations

from decimal import Decimal

from django.db.models import Case, CharField, DateTimeField, DecimalField, F, Value, When

from segmentation.sources import (
    CartLines,
    Carts,
    Column,
    Customers,
    Events,
    Money,
    OrderLines,
    Orders,
    Refunds,
    ShopSource,
    WishlistItems,
)
from shopdemo.shop.models import Cart, CartLine, Order, OrderLine, Refund, User, WishlistItem
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


class Wide(DemoSource):
    """With carts, wishlists and events; a visit to a wishlist stands for an event."""

    activity = None
    customers = DemoSource.customers.replace(
        tags=Column(lambda user: user.first_name.split() or None, kind="set"), home=Column(lambda user: user.city, kind="geo")
    )
    products = DemoSource.products.replace(words=Column(lambda product: [product.title, product.code], kind="set"))
    carts = Carts(Cart.objects.all(), cart_id="pk", customer="user_id", updated_at="updated_at", state="state")
    cart_lines = CartLines(
        CartLine.objects.all(),
        cart_id="cart_id",
        product_id="product_id",
        quantity="quantity",
        line_total=Money(F("quantity") * F("product__price")),
    )
    wishlist_items = WishlistItems(WishlistItem.objects.all(), customer="user_id", product_id="product_id", added_at="added_at")
    events = Events(
        WishlistItem.objects.all(), kind=Value("view"), at="added_at", customer="user_id", product_id="product__code", value="pk"
    )


class Timeless(Wide):
    """Nobody knows when a wish was made."""

    wishlist_items = Wide.wishlist_items.replace(added_at=None)


class ForeignCarts(Wide):
    """Carts are in another currency."""

    carts = Wide.carts.replace(currency=Value("USD", output_field=CharField()), total=lambda cart: Decimal("1.00"))


class RefundsOfOrders(DemoSource):
    """Refunds that are asked about their orders, as a plug-in's relation may be."""

    refunds = type("OrderRefunds", (Refunds,), {"above": {"order": ("orders", "order_id")}})(
        Refund.objects.all(), customer="user_id", email="email", amount="amount", at="at", order_id="order__number"
    )
