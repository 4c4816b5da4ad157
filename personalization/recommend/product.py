"""Products as the shop's source has them: what a page shows of them, and what rules ask of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from decimal import Decimal
from functools import partial
from itertools import repeat
from typing import Any

from django.utils.formats import number_format

from personalization.conf import conf
from personalization.links import is_safe
from segmentation.sources import Relation, ResolvedColumn, active_source
from segmentation.store import find

MONEY = ("price", "list_price")


@dataclass(frozen=True, slots=True)
class Product:
    """A product of the shop; "" and None where the shop does not say.

    `price` and `list_price` (what it costs when it is not on sale) are in whole units of the shop's currency.
    """

    id: str
    title: str
    price: Any = None
    url: str = ""
    image: str = ""
    category: str = ""
    brand: str = ""
    list_price: Any = None
    stock: Any = None
    is_active: bool = True
    parent: str = ""
    created_at: datetime | None = None

    @property
    def price_text(self) -> str:
        """As the reader's language writes it, with the code of the shop's currency."""
        if self.price is None:
            return ""
        return f"{number_format(self.price, 2, force_grouping=True)}\u00a0{conf.base_currency}"

    @property
    def is_in_stock(self) -> bool:
        """Whether it can be had; where the shop does not say, it can."""
        return self.stock is None or self.stock > 0


Products = dict[str, Product]

COLUMNS = {
    "product_id": "id",
    "title": "title",
    "price": "price",
    "url": "url",
    "image": "image",
    "category": "category",
    "brand": "brand",
    "list_price": "list_price",
    "stock": "stock",
    "active": "is_active",
    "parent_id": "parent",
    "created_at": "created_at",
}
"""Column of the source -> what it is called here, in the order of the fields."""

OF_ALL_ALONE = frozenset({"created_at"})
"""Columns that no page shows and no rule of the house asks of: shelves go by them. A time takes longest of all to read."""

NOTHING = {
    **{column: field.default for column, field in zip(COLUMNS, fields(Product), strict=True)},
    **dict.fromkeys(("product_id", "title"), ""),
}
"""Column -> what stands for what the shop does not say."""


def read_products(ids: Sequence[str] | None = None) -> Products:
    """The products of these ids that the shop has, or all; one query (one for each 500 ids).

    When they were made is said of all alone. Raises RegularsError where the shop cannot be asked.
    """
    relation = active_source().relations.get("products")
    if relation is None:
        return {}
    names = [name for name in COLUMNS if name in relation.columns]
    if ids is not None:
        shown = [name for name in names if name not in OF_ALL_ALONE]
        return _products(relation, shown, find(relation, shown, "product_id", ids))
    return {key: product for chunk in relation.read(names) for key, product in _products(relation, names, chunk).items()}


def _products(relation: Relation, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> Products:
    """Those that have an id and a title: nobody could tell what another is."""
    given = dict(zip(names, zip(*rows, strict=True), strict=True)) if rows else {}
    columns = [_shaped(relation.columns[name], given[name]) if name in given else repeat(NOTHING[name]) for name in COLUMNS]
    return {product.id: product for product in map(Product, *columns) if product.id and product.title} if given else {}


def _shaped(column: ResolvedColumn, values: Sequence[Any]) -> Iterable[Any]:
    """A column as products have it, with what stands for what the shop does not say."""
    nothing, shape = NOTHING[column.name], SHAPES.get(column.name)
    if column.minor_units and column.name in MONEY:
        shape = partial(_whole, scale=column.scale)
    return [nothing if value is None else shape(value) if shape else value for value in values]


def _whole(amount: Any, *, scale: int) -> Decimal:
    """An amount in whole units."""
    return Decimal(amount).scaleb(-scale)


def _safe(address: Any) -> str:
    text = str(address)
    return text if is_safe(text) else ""


SHAPES: Mapping[str, Callable[[Any], Any]] = {
    **dict.fromkeys(("product_id", "title", "category", "brand", "parent_id"), str),
    **dict.fromkeys(("url", "image"), _safe),
    "active": lambda active: active is not False,
}
"""Column -> what makes of its values what a product has."""


def find_products(words: str, limit: int = 8) -> list[tuple[str, str]]:
    """(id, title) of products whose titles hold all of these words, the shortest titles in front; one query.

    Raises RegularsError where the shop cannot be asked.
    """
    relation = active_source().relations.get("products")
    wanted = words.casefold().split()
    if relation is None or not wanted:
        return []
    rows = (row for chunk in relation.read(["product_id", "title"]) for row in chunk)
    found = [(str(number), str(title)) for number, title in rows if title and all(word in title.casefold() for word in wanted)]
    return sorted(found, key=lambda one: (len(one[1]), one[1], one[0]))[:limit]


def read_groups(column: str) -> list[str]:
    """What stands in "category" or "brand" of the shop's products, each once; nothing where the shop has no such column.

    One query. Raises RegularsError where the shop cannot be asked.
    """
    relation = active_source().relations.get("products")
    if relation is None or column not in relation.columns:
        return []
    return sorted({str(value) for chunk in relation.read([column]) for (value,) in chunk if value})
