"""What is learned from: the shop's purchases and what its products are called."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import Any, NamedTuple

from django.utils.translation import gettext as _

from personalization.errors import NothingToLearn
from personalization.recommend.evaluating.evaluate import Report
from personalization.recommend.learning.described import Described
from personalization.recommend.product import Product, Products, read_products
from segmentation.profiles import sync
from segmentation.sources import active_source
from segmentation.store import Purchases, read_purchases


class ShopRead(NamedTuple):
    """What a training reads. `products` are all that the shop has today, none where its source has no products."""

    purchases: Purchases
    products: Products

    @property
    def described(self) -> dict[str, Described]:
        """The products as models are told of them."""
        return described(self.products)

    @property
    def available(self) -> set[str] | None:
        """The products that can be had today; None where the shop says nothing of products."""
        return {one.id for one in self.products.values() if one.is_active and one.is_in_stock} if self.products else None

    @property
    def gone(self) -> set[str]:
        """Products that were bought and that the shop has deleted; none where it says nothing of products."""
        return set(self.purchases.products) - self.products.keys() if self.products else set()


def as_of(purchases: Purchases, now: datetime) -> int:
    """The second that ages are counted up to: a shop that sold nothing for years would be all old news."""
    return min(int(now.timestamp()), int(purchases.times[-1]) + 1)


def read_shop(*, now: datetime) -> ShopRead:
    """All purchases of the active source, and its products: a query a relation, once profiles are in step with the shop.

    Raises SourceError, and NothingToLearn where nobody whom we know has bought anything.
    """
    sync(now=now)
    purchases = read_purchases(active_source())
    if not len(purchases):
        raise NothingToLearn(_("there is nothing to learn from: no line of an order names a customer and a product"))
    return ShopRead(purchases, read_products())


def described(products: Mapping[str, Product]) -> dict[str, Described]:
    """Words and prices of products."""
    return {
        product.id: Described(product.title, product.category, product.brand, _price(product.price))
        for product in products.values()
    }


def _price(price: Any) -> float | None:
    try:
        return None if price is None else float(price)
    except (TypeError, ValueError):
        return None


def report_of(report: Report) -> dict[str, Any]:
    """An evaluation fit for JSON, each task with what is left of it after the rules of the house, as `after_rules`."""
    found = asdict(report)
    for task, scores in found.pop("after_rules").items():
        found["tasks"][task]["after_rules"] = scores
    return found
