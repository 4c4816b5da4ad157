from __future__ import annotations

import numpy as np
import pytest

from personalization.recommend.learning.catalogue import catalogue_of
from personalization.recommend.learning.history import History, history_of
from tests.personalization.recommend.learning.bought import DAY, Line, bought

LINES: list[Line] = [("a", 0, "x"), ("a", 10, "x"), ("a", 10, "y"), ("b", 20, "x")]


def history(lines: list[Line] = LINES, now: int = 20 * DAY, **columns: list[float]) -> History:
    purchases = bought(lines, quantities=columns.get("quantities"))
    return history_of(purchases, catalogue_of(purchases, 1), now)


def test_a_purchase_halves_after_every_half_life() -> None:
    assert history().frequency(10 * DAY).toarray().tolist() == [[0.75, 0.5], [1.0, 0.0]]
    assert history().recency(10 * DAY).toarray().tolist() == [[0.5, 0.5], [1.0, 0.0]]
    assert history().popularity(10 * DAY).tolist() == [1.5, 0.5]


def test_without_a_half_life_every_order_counts_one() -> None:
    assert history().frequency(None).toarray().tolist() == [[2.0, 1.0], [1.0, 0.0]]
    assert history().bought.toarray().tolist() == [[1.0, 1.0], [1.0, 0.0]]
    assert history().popularity(None).tolist() == [2.0, 1.0]


def test_popularity_among_some_lines() -> None:
    assert history().popularity(10 * DAY, np.array([True, True, True, False])).tolist() == [0.5, 0.5]


def test_a_product_counts_once_an_order() -> None:
    assert history([("a", 1, "x"), ("a", 1, "x")]).frequency(None).toarray().tolist() == [[1.0]]


@pytest.mark.parametrize("quantity", [0.0, -1.0, np.nan])
def test_lines_of_no_quantity_count_for_nothing(quantity: float) -> None:
    told = history([("a", 1, "x"), ("b", 2, "y")], quantities=[1.0, quantity])
    assert told.people == 2
    assert told.bought.toarray().tolist() == [[1.0], [0.0]]


def test_huge_quantities_count_as_one() -> None:
    assert history([("a", 1, "x")], quantities=[1e30]).frequency(None).toarray().tolist() == [[1.0]]


def test_orders_are_ranked_by_person() -> None:
    rank, count = history().orders
    assert rank.tolist() == [0, 1, 1, 0]
    assert count.tolist() == [2, 2, 2, 1]
    assert history().order_counts.tolist() == [2, 1]


def test_baskets_have_a_row_for_each_order() -> None:
    assert history().baskets.toarray().tolist() == [[1.0, 0.0], [1.0, 1.0], [1.0, 0.0]]


def test_an_old_purchase_is_nothing_and_no_error() -> None:
    assert history([("a", 0, "x")], now=DAY * 10_000).frequency(1.0).toarray()[0, 0] < 1e-29
