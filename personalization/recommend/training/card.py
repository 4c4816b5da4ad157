"""The model card of a version: what it learned from, how well it does, what it covers, what it cost. Fit for JSON.

data      people, products, orders, lines; from, until: ISO dates of the first and the last order; left_out: rows that nothing was
          learned from, by reason, as `segmentation.store.Purchases` has them, with "few_buyers": lines of products that
          fewer than five people bought
choice    settings and tried, and by how many people they were chosen, as `learning.choice.Choice`
report    as `evaluating.evaluate.Report`, of models that did not see the shop's last part; empty where that could not be tested
coverage  share of the products on sale that stand among the first ten of anybody's NEXT or NEW
seconds   of each step
sizes     rows of lists by what they are of
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from datetime import UTC, datetime
from typing import Any

import numpy as np

from personalization.conf import conf
from personalization.recommend.evaluating.evaluate import Report
from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.choice import Choice
from personalization.recommend.learning.distinct import distinct
from personalization.recommend.listed import Lists, Part
from personalization.recommend.training.reading import ShopRead, report_of
from segmentation.store import Purchases

SHOWN = 10
"""Products that a page shows of a list, as a rule."""


@dataclass
class Covered:
    """Products that stand in front of somebody's lists."""

    products: set[str] = field(default_factory=set)

    def see(self, lists: Lists) -> None:
        """The lists of a person."""
        for part in (Part.NEXT, Part.NEW):
            self.products.update(one.product for one in lists.get(part, ())[:SHOWN])

    def share(self, shop: ShopRead) -> float:
        """Of the products on sale that they are; of those ever bought where the shop does not say what is on sale."""
        sold = {product.id for product in shop.products.values() if product.is_active} or set(shop.purchases.products)
        return round(len(self.products & sold) / max(len(sold), 1), 4)


def data_of(purchases: Purchases) -> dict[str, Any]:
    """What was learned from."""
    return {
        "people": len(purchases.keys),
        "products": len(purchases.products),
        "orders": len(distinct(purchases.order)),
        "lines": len(purchases),
        "from": _day(int(purchases.times[0])),
        "until": _day(int(purchases.times[-1])),
        "left_out": dict(purchases.left_out) | {"few_buyers": _of_few(purchases)},
    }


def _of_few(purchases: Purchases) -> int:
    """Lines of products that too few people bought: models know nothing of them, and no list of a person has them."""
    return int(np.count_nonzero(catalogue_of(purchases).columns[purchases.product] < 0))


def card_of(
    shop: ShopRead,
    choice: Choice,
    report: Report | None,
    covered: Covered,
    sizes: Mapping[str, int],
    seconds: Mapping[str, float],
) -> dict[str, Any]:
    """The whole of it."""
    return {
        "data": data_of(shop.purchases),
        "choice": asdict(choice),
        "report": report_of(report) if report else {},
        "coverage": covered.share(shop),
        "sizes": dict(sizes),
        "seconds": dict(seconds),
    }


def _day(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).astimezone(conf.time_zone).date().isoformat()
