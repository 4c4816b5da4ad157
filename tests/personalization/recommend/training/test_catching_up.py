from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from personalization.recommend.keys import person_key
from personalization.recommend.listed import Part, unpacked
from personalization.recommend.training import catching_up
from personalization.recommend.training import train as training
from personalization.recommend.training.catching_up import buyers_since, catch_up
from personalization.recommend.training.train import train
from segmentation.sources import Column
from shopdemo.shop.models import Product
from shopdemo.source import DemoSource
from tests.cast import DAN, NOW, add_line, ago, key_of, place_order


class Called(DemoSource):
    orders = DemoSource.orders.replace(placed_at=Column(lambda order: order.placed_at))


def test_whoever_ordered_since(cast, django_assert_num_queries):
    for number, owner, days in [("N1", cast["alice"], 0), ("N2", DAN, 0), ("N3", cast["bob"], 1), ("N4", None, 0)]:
        place_order(number, owner, days)
    with django_assert_num_queries(1):
        assert buyers_since(NOW) == {key_of(cast["alice"]), key_of(DAN)}
    assert buyers_since(NOW + timedelta(seconds=1)) == set()
    assert buyers_since(ago(1)) >= {key_of(cast["bob"])}


def test_times_that_the_database_cannot_tell(cast, use_source):
    use_source(Called)
    assert buyers_since(ago(9999)) == set()


def test_what_is_ordered_while_a_version_learns_is_in_its_lists(bought, cast, models, monkeypatch):
    read = training.read_shop

    def read_and_order(**options: Any) -> Any:
        found = read(**options)
        add_line(place_order("late", cast["alice"]), Product.objects.get(code="C"))
        return found

    monkeypatch.setattr(training, "read_shop", read_and_order)
    version = train(now=NOW)
    lists = unpacked(version.lists.get(key=person_key(key_of(cast["alice"]))).packed)
    assert bought[2] in [one.product for one in lists[Part.BOUGHT]]
    assert bought[2] not in [one.product for one in lists[Part.NEW]]


def test_what_fails_is_logged_and_the_version_is_served(bought, models, monkeypatch, caplog):
    def fail(*args: Any, **options: Any) -> None:
        raise OSError("gone")

    monkeypatch.setattr(catching_up, "refresh_people", fail)
    version = train(now=NOW)
    assert version.state == version.State.ACTIVE
    assert "version 1 is served without the orders placed since it began to learn" in caplog.text
    catch_up(version, now=NOW)


@pytest.mark.usefixtures("db")
def test_an_empty_shop():
    assert buyers_since(NOW) == set()
