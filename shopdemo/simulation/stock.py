"""How much of each article lies in the store: the file's stock movements name no level."""

from __future__ import annotations

from shopdemo.loader.batches import update_in_batches
from shopdemo.progress import Progress
from shopdemo.shop.models import Product
from shopdemo.simulation.chance import chance

# Of a hundred articles so many have a stock in this range.
LEVELS = (((0, 0), 5), ((1, 3), 10), ((4, 20), 25), ((21, 400), 60))


def stock(code: str) -> int:
    """The stock of the article with this code."""
    dice = chance("stock", code)
    low, high = dice.choices([level for level, _ in LEVELS], [weight for _, weight in LEVELS])[0]
    return dice.randint(low, high)


def fill_stock(progress: Progress) -> int:
    """Give every product its stock; how many there are."""
    products = list(Product.objects.order_by("code"))
    for product in products:
        product.stock = stock(product.code)
        product.simulated_fields = [*product.simulated_fields, "stock"]
    update_in_batches(Product, products, ["stock", "simulated_fields"], label="stock", progress=progress)
    return len(products)
