"""What was fetched of everyone is gone with its reading, whenever the garbage collector comes."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest

from segmentation.store.part import Part
from shopdemo.shop.models import User
from shopdemo.source import DemoSource
from tests.cast import add_line
from tests.store.reading import plain, read_all, wants


@pytest.fixture
def uncollected() -> Iterator[None]:
    """Nothing that is part of a circle goes away."""
    gc.collect()
    gc.disable()
    yield
    gc.enable()


@pytest.mark.usefixtures("uncollected")
def test_the_columns_stay_and_the_fetched_rows_go(alice: User) -> None:
    add_line(alice.orders.get(number="A1"), None, quantity=3)

    columns = read_all(DemoSource(), wants("customer.country", order_lines="quantity", spend="amount"))
    assert [thing for thing in gc.get_objects() if issubclass(type(thing), Part)] == []
    assert plain(columns.attribute("customer.country")) == ["gb"]
    assert plain(columns.rows("order_lines").column("quantity")) == [3]
    assert [columns.rows("spend").key(row) for row in range(3)] == ["A1", "A2", "A3"]
