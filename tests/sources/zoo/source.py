"""The zoo as a shop source without a fault, and things that are none."""

from __future__ import annotations

from django.db.models import Value

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
    ShopSource,
    WishlistItems,
)
from tests.sources.zoo.models import Animal, Basket, BasketItem, Item, Keeper, Search, Sighting, Visit, WishList


class Zoo(ShopSource):
    """Every column works."""

    activity = None
    customers = Customers(
        Keeper.objects.all(),
        customer_id="pk",
        email="email",
        first_name="name",
        birth_date="born",
        joined_at="joined",
        accepts_email="newsletter",
        country="den__country",
    )
    visits = Orders(
        Visit.objects.all(),
        order_id="number",
        customer="keeper",
        email="guest_email",
        placed_at="made",
        total=Money("cents", scale=2),
        currency="currency",
        status="state",
    )
    items = OrderLines(Item.objects.all(), order_id="visit__number", product_id="animal", quantity="quantity", line_total="paid")
    animals = Products(Animal.objects.all(), product_id="pk", title="title", price="price", weight="weight")


class Park(Zoo):
    """The zoo with everything else that a source may have."""

    baskets = Carts(Basket.objects.all(), cart_id="pk", customer="keeper", email="email", visitor="session", updated_at="touched")
    basket_items = CartLines(BasketItem.objects.all(), cart_id="basket_id", product_id="animal", quantity="pieces")
    wishes = WishlistItems(WishList.animals.through.objects.all(), customer="wishlist__keeper_id", product_id="animal_id")
    sightings = Events(
        Sighting.objects.all(),
        kind=Value("view"),
        at="seen",
        customer="keeper",
        product_id="animal",
        seconds=Column("seconds", kind="number"),
    )
    searches = Events(
        Search.objects.all(), kind=Value("search"), at="at", visitor="visitor", query="words", value="worth", transactional=True
    )


NOT_A_SOURCE = Zoo.customers
