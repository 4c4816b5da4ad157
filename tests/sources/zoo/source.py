"""The zoo as a shop source without a fault, and things that are none."""

from __future__ import annotations

from segmentation.sources import Customers, Money, OrderLines, Orders, Products, ShopSource
from tests.sources.zoo.models import Animal, Item, Keeper, Visit


class Zoo(ShopSource):
    """Every column works."""

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


NOT_A_SOURCE = Zoo.customers
