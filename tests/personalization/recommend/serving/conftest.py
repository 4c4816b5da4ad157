from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

import pytest

from personalization.recommend.listed import Lists
from personalization.recommend.product import Product
from personalization.recommend.serving import merchandising, serve
from personalization.recommend.serving.merchandising import Rule
from personalization.recommend.serving.serve import Answer, recommend
from tests.personalization.recommend.making import asked


class Shop:
    """Lists, products and rules of a shop without a database; counts the questions that are asked of it."""

    def __init__(self) -> None:
        self.lists: dict[str, Lists] = {}
        self.stock: dict[str, Product] = {}
        self.rules: list[Rule] = []
        self.version: int | None = 7
        self.is_warm = False
        self.keys: list[list[str]] = []
        self.ids: list[list[str]] = []

    def read_lists(self, shop: str, keys: Iterable[str]) -> tuple[int | None, Mapping[str, Lists]]:
        self.keys.append(list(keys))
        return self.version, {key: self.lists[key] for key in keys if key in self.lists}

    def products(self, ids: Iterable[str]) -> list[Product]:
        self.ids.append(list(ids))
        return [self.stock[name] for name in self.ids[-1] if name in self.stock]

    def remembers(self, ids: Iterable[str]) -> bool:
        return self.is_warm

    def answer(self, slug: str, limit: int = 8, keeps_removed: bool = False, draw: Any = lambda: 0.99, **said: Any) -> Answer:
        """What a strategy recommends."""
        return recommend(slug, asked(**said), limit=limit, keeps_removed=keeps_removed, draw=draw)

    def names(self, slug: str, limit: int = 8, **said: Any) -> list[str]:
        """The ids alone."""
        return [item.id for item in self.answer(slug, limit, **said).items]


@pytest.fixture
def shop(monkeypatch: pytest.MonkeyPatch, personalize: Any) -> Shop:
    """An empty shop, with the caps that hold where nothing is set."""
    personalize(CATEGORY_CAP=4, BRAND_CAP=None, PRICE_FLOOR=None, RECOMMEND_EXPLORE=0.0)
    made = Shop()
    monkeypatch.setattr(serve, "read_lists", made.read_lists)
    monkeypatch.setattr(serve, "shelf", made)
    monkeypatch.setattr(merchandising.publisher, "current", lambda: tuple(made.rules))
    return made
