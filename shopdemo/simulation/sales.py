"""Which articles are on sale: the file has prices, but no price lists."""

from __future__ import annotations

from decimal import ROUND_UP, Decimal

from shopdemo.loader.batches import update_in_batches
from shopdemo.progress import Progress
from shopdemo.shop.models import Product
from shopdemo.simulation.chance import chance

ON_SALE = 0.05
OFF = (10, 40)
"""Percent off the list price."""
FIVE_PENCE = Decimal("0.05")


def list_price(code: str, price: Decimal) -> Decimal | None:
    """What the article costs when it is not on sale, in steps of five pence above `price`, which stays what people paid; None
    of most."""
    dice = chance("sale", code)
    if price <= 0 or dice.random() >= ON_SALE:
        return None
    full = price * 100 / (100 - dice.randint(*OFF))
    return max((full / FIVE_PENCE).to_integral_value(ROUND_UP) * FIVE_PENCE, price + FIVE_PENCE)


def put_on_sale(progress: Progress) -> int:
    """Give some products a list price; how many."""
    found = []
    for product in Product.objects.order_by("code"):
        product.list_price = list_price(product.code, product.price)
        if product.list_price is not None:
            product.simulated_fields = [*product.simulated_fields, "list_price"]
            found.append(product)
    update_in_batches(Product, found, ["list_price", "simulated_fields"], label="sales", progress=progress)
    return len(found)
