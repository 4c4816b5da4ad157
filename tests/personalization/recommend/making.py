"""Products, lists and questions for tests of recommendations."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from personalization.models import RecommenderVersion
from personalization.recommend.keys import EVERYONE, person_key, product_key
from personalization.recommend.listed import Listed, Lists, Part
from personalization.recommend.lists import write_lists
from personalization.recommend.product import Product
from personalization.recommend.strategies.asked import Asked
from personalization.recommend.strategies.registry import strategy_of

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)

ALICE = "user:17"


def listed(*products: str, because: Mapping[str, str] | None = None) -> list[Listed]:
    """A list of these, with falling scores from 1 on."""
    return [Listed(name, 1.0 - place / 100, (because or {}).get(name, "")) for place, name in enumerate(products)]


def row(**parts: Iterable[str]) -> Lists:
    """A row: `row(next=["1", "2"])`."""
    return {Part(part): listed(*products) for part, products in parts.items()}


def of_alice(**parts: Iterable[str]) -> dict[str, Lists]:
    """Her row by its key."""
    return {person_key(ALICE): row(**parts)}


def of_product(name: str, **parts: Iterable[str]) -> dict[str, Lists]:
    """A product's row by its key."""
    return {product_key(name): row(**parts)}


def of_everyone(**parts: Iterable[str]) -> dict[str, Lists]:
    """The row of everyone by its key."""
    return {EVERYONE: row(**parts)}


def asked(**said: Any) -> Asked:
    """A question at NOW."""
    return Asked(**{"now": NOW} | said)


def offered(
    slug: str, lists: Mapping[str, Lists] | None = None, stock: Mapping[str, Product] | None = None, **said: Any
) -> list[Any]:
    """What a strategy offers, in its order: (product, why, about). Products that are not in `stock` are ordinary ones."""
    strategy, question = strategy_of(slug), asked(**said)
    rows = {key: lists[key] for key in strategy.keys(question) if key in (lists or {})} if lists else {}
    candidates = list(strategy.candidates(question, rows))
    known = products(*(one.product for one in candidates)) | dict(stock or {})
    return [(one.product, one.why, one.about) for one in strategy.arrange(question, candidates, known)]


def product(name: str, **fields: Any) -> Product:
    """A product in stock for 10."""
    return Product(name, **{"title": f"Product {name}", "price": 10, "stock": 5} | fields)


def products(*names: str, **fields: Any) -> dict[str, Product]:
    """Several of the same kind, by id."""
    return {name: product(name, **fields) for name in names}


def make_version(rows: Mapping[str, Lists] | None = None, **fields: Any) -> RecommenderVersion:
    """A stored version with these rows, active unless told otherwise."""
    version = RecommenderVersion.objects.create(
        **{"number": 1, "state": RecommenderVersion.State.ACTIVE, "started_at": NOW} | fields
    )
    write_lists(version, (rows or {}).items())
    return version
