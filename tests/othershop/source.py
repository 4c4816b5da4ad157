"""Where the other shop keeps what segments ask about."""

from __future__ import annotations

from django.db.models import F, Sum

from segmentation.sources import (
    CartLines,
    Carts,
    Customers,
    Events,
    Money,
    OrderLines,
    Orders,
    Products,
    ShopSource,
    WishlistItems,
)
from tests.othershop.models import Client, Item, Look, Purchase, Thing

ITEMS = Sum(F("items__pieces") * F("items__cents"))

# Cents times percents: hundredths of a cent, so that nothing is rounded before it must be.
OFF = Money(ITEMS * F("percent_off"), scale=4)
TOTAL = Money(ITEMS * (100 - F("percent_off")), scale=4)
LINE_TOTAL = Money(F("pieces") * F("cents") * (100 - F("purchase__percent_off")), scale=4)


class OtherSource(ShopSource):
    """It has no refunds, and records what people do itself."""

    activity = None
    clients = Customers(
        Client.objects.filter(deleted_at=None),
        customer_id="pk",
        email="mail",
        first_name="given_name",
        birth_date="born",
        country="land",
        joined_at="since",
        accepts_email="letters",
        points="points",
    )
    purchases = Orders(
        Purchase.objects.filter(state=Purchase.State.PAID),
        order_id="number",
        customer="buyer_id",
        email="mail",
        placed_at="made_at",
        total=TOTAL,
        discount=OFF,
        currency="money",
        coupon_code="voucher",
        watch=[(Item, "purchase_id")],
    )
    items = OrderLines(
        Item.objects.filter(purchase__state=Purchase.State.PAID),
        order_id="purchase__number",
        product_id="thing_id",
        quantity="pieces",
        line_total=LINE_TOTAL,
    )
    things = Products(
        Thing.objects.all(),
        product_id="code",
        title="label",
        category="shelf__title",
        price=Money("cents", scale=2),
        stock="pieces_left",
    )
    baskets = Carts(
        Purchase.objects.filter(state=Purchase.State.BASKET),
        cart_id="number",
        customer="buyer_id",
        email="mail",
        updated_at="touched_at",
        state="state",
        total=TOTAL,
        currency="money",
        watch=[(Item, "purchase_id")],
    )
    basket_items = CartLines(
        Item.objects.filter(purchase__state=Purchase.State.BASKET),
        cart_id="purchase__number",
        product_id="thing_id",
        quantity="pieces",
        line_total=LINE_TOTAL,
    )
    wishes = WishlistItems(Client.favourites.through.objects.all(), customer="client_id", product_id="thing_id")
    looks = Events(
        Look.objects.all(), kind="verb", at="at", customer="client_id", visitor="cookie", product_id="thing_id", query="words"
    )
