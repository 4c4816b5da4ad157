"""Where the demo shop keeps what segments ask about: all that `segmentation` knows of these models."""

from __future__ import annotations

from django.db.models import CharField, DecimalField, ExpressionWrapper, F, OuterRef, Subquery, Sum, Value
from django.db.models.functions import Coalesce, Concat, Greatest, Lower, Substr, Upper

from segmentation.sources import (
    CartLines,
    Carts,
    Customers,
    Money,
    OrderLines,
    Orders,
    Products,
    Refunds,
    ShopSource,
    WishlistItems,
)
from shopdemo.shop.art.version import VERSION
from shopdemo.shop.models import Cart, CartLine, Order, OrderLine, Product, Refund, User, WishlistItem

MONEY: DecimalField[object, object] = DecimalField(max_digits=14, decimal_places=2)
LINE_PRICE = ExpressionWrapper(F("quantity") * F("product__price"), output_field=MONEY)
NOTHING = Value(0, output_field=MONEY)
# The file's titles are all capitals, which the shop's pages are not.
TITLE = Concat(Upper(Substr("title", 1, 1)), Lower(Substr("title", 2)), output_field=CharField())
REDUCTION = ExpressionWrapper((F("product__price") - F("unit_price")) * F("quantity"), output_field=MONEY)


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
        # The shop keeps no reductions; paid less than the product costs is one.
        discount=Greatest(Coalesce(REDUCTION, NOTHING), NOTHING),
    )
    products = Products(
        Product.objects.all(),
        product_id="pk",
        title=TITLE,
        category="category__name",
        price="price",
        list_price="list_price",
        active="is_active",
        stock="stock",
        created_at="created_at",
        url=Concat(Value("/product/"), "pk", Value("/"), "slug", Value("/"), output_field=CharField()),
        image=Concat(Value("/art/product/"), "pk", Value(f".svg?v={VERSION}"), output_field=CharField()),
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
    carts = Carts(
        Cart.objects.all(),
        cart_id="pk",
        customer="user_id",
        visitor="visitor",
        email="email",
        updated_at="updated_at",
        created_at="created_at",
        state="state",
        total=Money(
            Subquery(
                CartLine.objects.filter(cart=OuterRef("pk"))
                .order_by()
                .values("cart")
                .annotate(total=Sum(LINE_PRICE))
                .values("total"),
                output_field=MONEY,
            )
        ),
    )
    cart_lines = CartLines(
        CartLine.objects.all(), cart_id="cart_id", product_id="product_id", quantity="quantity", line_total=LINE_PRICE
    )
    wishlist_items = WishlistItems(WishlistItem.objects.all(), customer="user_id", product_id="product_id", added_at="added_at")
