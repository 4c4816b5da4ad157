"""Columns that no path leads to: one value out of many rows, by a subquery, since a join would repeat the row."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Case, ExpressionWrapper, F, OuterRef, Subquery, Sum, Value, When
from django.db.models.functions import Coalesce, NullIf

from segmentation.conf import conf
from segmentation.contrib.oscar.lookup import oscar_model

Basket = oscar_model("basket", "Basket")
BasketLine = oscar_model("basket", "Line")
OrderDiscount = oscar_model("order", "OrderDiscount")
OrderLine = oscar_model("order", "Line")
PaymentSource = oscar_model("payment", "Source")
Product = oscar_model("catalogue", "Product")
StockRecord = oscar_model("partner", "StockRecord")
UserAddress = oscar_model("address", "UserAddress")


def first(rows: Any, key: str, value: str, order: Sequence[str] = ("pk",), outer: Any = "pk") -> Subquery:
    """`value` of the first of the rows whose `key` is `outer` here; NULL where there is none."""
    return Subquery(rows.filter(**{key: OuterRef(outer)}).order_by(*order).values(value)[:1])


def total(rows: Any, key: str, amount: Any) -> Subquery:
    """The sum of `amount` over the rows whose `key` is this row; NULL where there is none."""
    grouped = rows.filter(**{key: OuterRef("pk")}).order_by().values(key)
    return Subquery(grouped.annotate(regulars_total=Sum(amount)).values("regulars_total"))


def home(value: str) -> Subquery:
    """Of the address that a customer's parcels go to: the default one, else the most used, else the oldest."""
    order = ("-is_default_for_shipping", "-num_orders_as_shipping_address", "pk")
    return first(UserAddress.objects.all(), "user_id", value, order)


AMOUNT = OrderLine._meta.get_field("line_price_incl_tax")
"""The field that says how many decimals amounts have."""

LINE_DISCOUNT = ExpressionWrapper(F("line_price_before_discounts_incl_tax") - F("line_price_incl_tax"), output_field=AMOUNT)
"""Of lines, since the amounts that an order records of its discounts are rounded by themselves and may differ."""

ORDER_DISCOUNT = Coalesce(total(OrderLine.objects.all(), "order_id", LINE_DISCOUNT), 0, output_field=AMOUNT)
REFUNDED = Coalesce(total(PaymentSource.objects.all(), "order_id", "amount_refunded"), 0, output_field=AMOUNT)
COUPON_CODE = first(OrderDiscount.objects.exclude(voucher_code=""), "order_id", "voucher_code")
COUNTRY = Coalesce("shipping_address__country_id", "billing_address__country_id")

# A child product has no title and no category of its own: its parent has them.
TITLE = Coalesce(NullIf("title", Value("")), "parent__title")
CATEGORIES = Product.categories.through.objects.all()
CATEGORY = Coalesce(
    first(CATEGORIES, "product_id", "category__name"), first(CATEGORIES, "product_id", "category__name", outer="parent_id")
)

# Prices of products are in the base currency; what is sold in another only has no price here.
PRICE = first(StockRecord.objects.filter(price_currency=conf.base_currency), "product_id", "price")
STOCK = total(StockRecord.objects.all(), "product_id", F("num_in_stock") - Coalesce("num_allocated", 0))

BASKET_STATE = Case(
    When(status=Basket.SUBMITTED, then=Value("ordered")),
    When(status=Basket.MERGED, then=Value("merged")),
    default=Value("open"),
)
"""Frozen is a basket whose owner went to pay and never came back, Saved one put aside: both can still be bought."""

LAST_CHANGE = first(BasketLine.objects.all(), "basket_id", "date_updated", ("-date_updated",))
BASKET_LINE_TOTAL = ExpressionWrapper(F("quantity") * Coalesce("price_incl_tax", "price_excl_tax"), output_field=AMOUNT)
BASKET_TOTAL = total(BasketLine.objects.all(), "basket_id", BASKET_LINE_TOTAL)
BASKET_CURRENCY = first(BasketLine.objects.all(), "basket_id", "price_currency")
