"""Products as the shop's source has them: what a page shows of them, and what rules ask of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.utils.formats import number_format

from personalization.conf import conf
from personalization.links import is_safe
from segmentation.sources import Relation, ResolvedColumn, active_source
from segmentation.store import holdable

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
"""Column of the source -> what it is called here."""


def read_products(ids: Sequence[str] | None = None) -> Products:
    """The products of these ids that the shop has, or all; one query (one for each 500 ids).

    Raises RegularsError where the shop cannot be asked.
    """
    relation = active_source().relations.get("products")
    if relation is None:
        return {}
    columns = [name for name in COLUMNS if name in relation.columns]
    # One id that can be none, "abc" where numbers are, would fail the whole question.
    where = None if ids is None else {"product_id": holdable(relation, "product_id", ids)}
    rows = (row for chunk in relation.read(columns, where=where) for row in chunk)
    products = (_product(dict(zip(columns, row, strict=True)), relation) for row in rows)
    return {product.id: product for product in products if product is not None}


def _product(row: dict[str, Any], relation: Relation) -> Product | None:
    """None of a product without a title: nobody could tell what it is."""
    title = str(row.get("title") or "")
    if not title:
        return None
    said = {COLUMNS[name]: value for name, value in row.items() if value is not None}
    said |= {name: _whole(row.get(name), relation.columns.get(name)) for name in MONEY}
    said |= {name: str(said[name]) for name in ("id", "category", "brand", "parent") if name in said}
    said |= {name: _safe(said.get(name)) for name in ("url", "image")}
    return Product(**said | {"title": title, "is_active": row.get("active") is not False})


def _whole(amount: Any, column: ResolvedColumn | None) -> Any:
    """An amount in whole units."""
    if amount is None or column is None or not column.minor_units:
        return amount
    return Decimal(amount).scaleb(-column.scale)


def _safe(address: Any) -> str:
    return str(address) if address and is_safe(str(address)) else ""


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
