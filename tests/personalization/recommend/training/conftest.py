"""A shop where a few things were bought, and models that say what a test wants."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from decimal import Decimal
from typing import Any

import pytest
from django.core.cache import cache

from personalization.models import RecommenderVersion
from personalization.recommend.evaluating.evaluate import Report
from personalization.recommend.learning.choice import Choice
from personalization.recommend.listed import Listed, Lists, Part
from personalization.recommend.training import train as training
from segmentation.profiles import sync
from segmentation.store import Purchases
from shopdemo.shop.models import Category, Order, Product
from tests.cast import NOW, add_line

CHOICE = Choice({"next": {"model": "frequency"}}, {"next": {"frequency": 0.25}})


@pytest.fixture(autouse=True)
def empty_cache() -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


@pytest.fixture
def goods(db: None) -> list[Product]:
    """A, B and C."""
    category = Category.objects.create(slug="x", name="Things")
    return [
        Product.objects.create(code=code, title=f"Thing {code}", slug=code.lower(), price=Decimal(5), category=category, stock=9)
        for code in "ABC"
    ]


@pytest.fixture
def bought(cast: dict[str, Any], goods: list[Product]) -> list[str]:
    """Alice bought A and B, then B; Bob A; Dan, a guest, C. Ids of A, B and C."""
    a, b, c = goods
    for number, product in [("A1", a), ("A1", b), ("A3", b), ("B1", a), ("D1", c)]:
        add_line(Order.objects.get(number=number), product)
    sync(now=NOW)
    return [str(product.pk) for product in goods]


class Fake:
    """Models that recommend every product to everybody, the first in front."""

    def __init__(self, purchases: Purchases, choice: Choice) -> None:
        self.purchases, self.choice = purchases, choice

    def _all(self) -> list[Listed]:
        return [Listed(product, 1.0 / (place + 1)) for place, product in enumerate(self.purchases.products)]

    def people(self) -> Iterator[tuple[str, Lists]]:
        for person in sorted(set(self.purchases.person.tolist())):
            yield self.purchases.keys[person], {Part.NEXT: self._all(), Part.NEW: self._all()[1:]}

    def products(self) -> Iterator[tuple[str, Lists]]:
        for product in self.purchases.products:
            yield product, {Part.TOGETHER: [one for one in self._all() if one.product != product]}


def scored(middle: float) -> Mapping[str, Any]:
    """What an evaluation says of a task, give or take 0.01."""
    return {
        "n": 10,
        "recall_at_10": middle,
        "ndcg_at_10": middle,
        "coverage": 0.5,
        "intervals": {"ndcg_at_10": [middle - 0.01, middle + 0.01]},
    }


@pytest.fixture
def models(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """Fakes in place of what learns; `models["score"]` is how well they do, `models["asked"]` what they were asked."""
    said: dict[str, Any] = {"score": 0.5, "asked": []}

    def evaluate(purchases: Purchases, moment: int, **options: Any) -> Report:
        said["asked"].append(("evaluate", moment, options))
        tasks = {"next": scored(said["score"]), "new": scored(0.1)}
        return Report(moment, len(purchases.keys), len(purchases.products), len(purchases), CHOICE, tasks)

    def fit(purchases: Purchases, choice: Choice, **options: Any) -> Fake:
        said["asked"].append(("fit", choice, options))
        return Fake(purchases, choice)

    monkeypatch.setattr(training, "evaluate", evaluate)
    monkeypatch.setattr(training, "fit", fit)
    return said


@pytest.fixture
def version(db: None) -> Callable[..., RecommenderVersion]:
    """Makes one."""

    def make(number: int = 1, state: str = RecommenderVersion.State.ACTIVE, **fields: Any) -> RecommenderVersion:
        return RecommenderVersion.objects.create(**{"number": number, "state": state, "started_at": NOW, **fields})

    return make
