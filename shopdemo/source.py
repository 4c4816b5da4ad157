"""Where the demo shop keeps what segments ask about: all that `segmentation` knows of these models."""

from __future__ import annotations

from segmentation.sources import Customers, OrderLines, Orders, Products, Refunds, ShopSource
from shopdemo.shop.models import Order, OrderLine, Product, Refund, User


class DemoSource(ShopSource):
    """Customers are active accounts that are no staff; a cancelled order never was one."""

    customers = Customers(
        User.objects.filter(is_active=True, is_staff=False),
        customer_id="pk",
        email="email",
        first_name="first_name",
        birth_date="birth_date",
        gender="gender",
        country="country",
        city="city",
        language="language",
        joined_at="date_joined",
        accepts_email="accepts_email",
    )
    orders = Orders(
        Order.objects.exclude(status=Order.Status.CANCELLED),
        order_id="number",
        customer="user_id",
        email="email",
        placed_at="placed_at",
        total="total",
        currency="currency",
        coupon_code="coupon_code",
        status="status",
        country="country",
    )
    order_lines = OrderLines(
        OrderLine.objects.exclude(order__status=Order.Status.CANCELLED),
        order_id="order__number",
        product_id="product_id",
        quantity="quantity",
        line_total="line_total",
    )
    products = Products(
        Product.objects.all(),
        product_id="pk",
        title="title",
        category="category__name",
        price="price",
        stock="stock",
        created_at="created_at",
    )
    refunds = Refunds(
        Refund.objects.all(),
        customer="user_id",
        email="email",
        amount="amount",
        currency="currency",
        at="at",
        order_id="order__number",
    )
