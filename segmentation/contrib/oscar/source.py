"""Where a django-oscar 4.2 shop keeps what segments ask about."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.auth import get_user_model
from django.db.models import Exists, OuterRef, QuerySet, Value

from segmentation.contrib.oscar import columns
from segmentation.contrib.oscar.lookup import oscar_model
from segmentation.sources import (
    CartLines,
    Carts,
    Column,
    Customers,
    Events,
    Money,
    OrderLines,
    Orders,
    Products,
    Refunds,
    Relation,
    ShopSource,
    WishlistItems,
)

Order = oscar_model("order", "Order")
Transaction = oscar_model("payment", "Transaction")
UserProductView = oscar_model("analytics", "UserProductView")
UserSearch = oscar_model("analytics", "UserSearch")
WishListLine = oscar_model("wishlists", "Line")

NOT_BOUGHT = (columns.Basket.OPEN, columns.Basket.FROZEN, columns.Basket.SAVED)


class Counted:
    """Rows of the orders that count: called at each read. A source with other dead statuses gets another."""

    def __init__(self, model: Any, status: str, dead: tuple[str, ...]) -> None:
        """`status` is the path to the order's."""
        self.model = model
        self.status = status
        self.dead = dead

    def __call__(self) -> QuerySet[Any, Any]:
        rows: QuerySet[Any, Any] = self.model.objects.exclude(**{f"{self.status}__in": self.dead})
        return rows


class OscarSource(ShopSource):
    """Customers are active accounts that are no staff; an order with a dead status never was one.

    Of a basket only what lies in it counts: Oscar gives an empty one to whoever looks at a product. What Oscar adds up
    itself (`analytics.UserRecord`) is never read, since it mixes currencies and keeps cancelled orders.
    """

    dead_statuses: ClassVar[tuple[str, ...]] = ("Cancelled",)
    """Statuses of orders that do not count, in the words of the shop's own `OSCAR_ORDER_STATUS_PIPELINE`."""

    customers = Customers(
        get_user_model()._default_manager.filter(is_active=True, is_staff=False),
        customer_id="pk",
        email="email",
        first_name="first_name",
        joined_at="date_joined",
        country=columns.home("country_id"),
        region=columns.home("state"),
        city=columns.home("line4"),
        watch=[(columns.UserAddress, "user_id")],
    )
    orders = Orders(
        Counted(Order, "status", dead_statuses),
        order_id="number",
        customer="user_id",
        email="guest_email",
        placed_at="date_placed",
        total="total_incl_tax",
        currency="currency",
        net_total="total_excl_tax",
        shipping=Money("shipping_incl_tax"),
        discount=columns.ORDER_DISCOUNT,
        refunded=columns.REFUNDED,
        coupon_code=columns.COUPON_CODE,
        status="status",
        country=columns.COUNTRY,
        watch=[(columns.OrderDiscount, "order_id"), (columns.PaymentSource, "order_id")],
    )
    order_lines = OrderLines(
        Counted(columns.OrderLine, "order__status", dead_statuses),
        order_id="order__number",
        product_id="product_id",
        quantity="quantity",
        line_total="line_price_incl_tax",
        discount=columns.LINE_DISCOUNT,
    )
    products = Products(
        columns.Product.objects.all(),
        product_id="pk",
        title=columns.TITLE,
        parent_id="parent_id",
        category=columns.CATEGORY,
        price=columns.PRICE,
        stock=columns.STOCK,
        created_at="date_created",
        watch=[(columns.CATEGORIES.model, "product_id"), (columns.StockRecord, "product_id")],
    )
    refunds = Refunds(
        Transaction.objects.filter(txn_type=Transaction.REFUND),
        customer="source__order__user_id",
        email="source__order__guest_email",
        amount="amount",
        at="date_created",
        currency="source__currency",
        order_id="source__order__number",
    )
    carts = Carts(
        columns.Basket.objects.filter(
            Exists(columns.BasketLine.objects.filter(basket_id=OuterRef("pk"))), status__in=NOT_BOUGHT, owner__isnull=False
        ),
        cart_id="pk",
        customer="owner_id",
        updated_at=columns.LAST_CHANGE,
        created_at="date_created",
        state=columns.BASKET_STATE,
        status=Column("status", current=True),
        total=columns.BASKET_TOTAL,
        currency=columns.BASKET_CURRENCY,
        watch=[(columns.BasketLine, "basket_id")],
    )
    cart_lines = CartLines(
        columns.BasketLine.objects.filter(basket__status__in=NOT_BOUGHT, basket__owner__isnull=False),
        cart_id="basket_id",
        product_id="product_id",
        quantity="quantity",
        line_total=columns.BASKET_LINE_TOTAL,
    )
    wishlist_items = WishlistItems(
        WishListLine.objects.filter(product__isnull=False), customer="wishlist__owner_id", product_id="product_id"
    )
    views = Events(
        UserProductView.objects.all(), kind=Value("view"), at="date_created", customer="user_id", product_id="product_id"
    )
    searches = Events(
        UserSearch.objects.exclude(query=""), kind=Value("search"), at="date_created", customer="user_id", query="query"
    )

    def __init_subclass__(cls, **kwargs: Any) -> None:
        # Before the relations are collected. A queryset of the shop's own is left as it is.
        for attribute in dir(cls):
            relation = getattr(cls, attribute)
            rows = relation._rows if isinstance(relation, Relation) else None
            if isinstance(rows, Counted) and rows.dead != cls.dead_statuses:
                setattr(cls, attribute, relation.replace(Counted(rows.model, rows.status, cls.dead_statuses)))
        super().__init_subclass__(**kwargs)
