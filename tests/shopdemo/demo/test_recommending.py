from __future__ import annotations

import datetime as dt
from typing import Any

import pytest

from personalization.errors import NothingToLearn
from personalization.models import RecommendationList, RecommenderVersion, WatchedProduct
from shopdemo.demo import recommending
from shopdemo.demo.recommending import train_first
from shopdemo.progress import silent
from shopdemo.shop.models import DataLoad, Product
from tests.shopdemo.conftest import NOW

pytestmark = pytest.mark.django_db


def test_it_learns_once_and_counts_what_is_popular_from_then_on(small_shop: DataLoad, monkeypatch: pytest.MonkeyPatch) -> None:
    version, why = train_first(NOW, silent)
    assert version is not None
    assert (version.state, why) == ("active", "")
    assert RecommendationList.objects.filter(version=version, key__startswith="person:").exists()
    assert WatchedProduct.objects.count() == Product.objects.count()

    def fail(**given: Any) -> None:
        raise AssertionError("trained twice")

    monkeypatch.setattr(recommending, "train", fail)
    later = NOW + dt.timedelta(days=1)
    assert train_first(later, silent) == (version, "")
    assert RecommenderVersion.objects.get().popular_at == later


def test_what_fell_in_price_and_came_back_stands_on_its_shelf(small_shop: DataLoad) -> None:
    train_first(NOW, silent)
    rows = dict(RecommendationList.objects.filter(key__startswith="shelf:").values_list("key", "packed"))
    assert [key for key in ("shelf:price_drop", "shelf:back_in_stock", "shelf:on_sale") if '"items":[[]' in rows[key]] == []


def test_a_shop_that_sold_nothing_has_no_recommender_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(**given: Any) -> None:
        raise NothingToLearn("nobody bought anything")

    RecommenderVersion.objects.all().delete()
    monkeypatch.setattr(recommending, "train", fail)
    assert train_first(NOW, silent) == (None, "nobody bought anything")
