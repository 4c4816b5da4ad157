"""The products that somebody looked at last, as their visit remembers them."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from itertools import accumulate
from typing import Any

MOST_VIEWED = 8

MOST_BYTES = 800
"""Of the ids in the cookie, as JSON writes them; browsers refuse cookies beyond 4 kB."""


def latest(*views: Iterable[str]) -> tuple[str, ...]:
    """Of these lists, each with the last in front and the latest list first: each product once, and no more than are kept."""
    ordered = dict.fromkeys(product for products in views for product in products if product)
    return tuple(ordered)[:MOST_VIEWED]


def remembered(visit: Mapping[str, Any]) -> tuple[str, ...]:
    """What the visit's cookie says: a list, or one id alone."""
    said = visit.get("viewed", ())
    return latest([said] if isinstance(said, str) else map(str, said))


def fit(products: Sequence[str]) -> list[str]:
    """As many of them as there is room for in a cookie, from the front."""
    sizes = accumulate(len(json.dumps(product)) for product in products)
    return [product for product, size in zip(products, sizes, strict=True) if size <= MOST_BYTES]
