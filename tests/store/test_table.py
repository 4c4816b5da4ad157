from __future__ import annotations

from uuid import UUID

import numpy as np
import pytest

from segmentation.store.table import Table, fetch, key_ranks
from shopdemo.shop.models import Order
from shopdemo.source import DemoSource
from tests.cast import place_order

ORDERS = DemoSource.orders


def ordered(keys: list[object]) -> list[object]:
    return [keys[index] for index in np.argsort(key_ranks(keys), kind="stable")]


@pytest.mark.parametrize(
    ("keys", "expected"),
    [
        ([], []),
        ([10, 9, -1], [-1, 9, 10]),
        (["10", "9", "0010"], ["9", "10", "0010"]),
        (["B10", "10", "B9", "9"], ["9", "10", "B10", "B9"]),
        ([UUID(int=2), UUID(int=1)], [UUID(int=1), UUID(int=2)]),
        (["10", None, "9"], ["9", "10", None]),
        ([2**70, 5, 2**69], [5, 2**69, 2**70]),
        (["9" * 30, "5", "8" * 30], ["5", "8" * 30, "9" * 30]),
        (["9" * 5000, "5"], ["5", "9" * 5000]),
        (["\u0663", "5"], ["5", "\u0663"]),
        (["-5", "3"], ["3", "-5"]),
        ([1.5, 1.25], [1.25, 1.5]),
    ],
    ids=str,
)
def test_keys_are_ordered_as_numbers_then_as_text(keys, expected):
    assert ordered(keys) == expected


def test_the_order_of_two_keys_does_not_depend_on_the_others():
    keys = ["-5", "3", "+7", " 4", "1_000", "12"]
    pairs = [(first, second) for first in keys for second in keys if first != second]

    assert all(
        (ordered([first, second])[0] == first) is (ordered(keys).index(first) < ordered(keys).index(second))
        for first, second in pairs
    )


def test_ranks_are_as_many_as_keys():
    assert key_ranks(["b", "a", "b"]).tolist() in ([1, 0, 2], [2, 0, 1])
    assert key_ranks([3, 1]).dtype == np.int64


def test_a_column_that_the_shop_does_not_map_is_all_none():
    assert Table(3, {"total": [1, 2, 3]}).column("device") == [None, None, None]


@pytest.mark.django_db
def test_the_wanted_columns_that_are_mapped_and_the_key(django_assert_num_queries):
    place_order("1", "dan@guest.test", total="5.00")
    with django_assert_num_queries(1) as queries:
        table = fetch(ORDERS, ["order_id", "total", "device", "pk"], None)

    assert table.length == 1
    assert list(table.columns) == ["pk", "order_id", "total"]
    assert table.column("order_id") == ["1"]
    assert table.column("device") == [None]
    assert "coupon_code" not in queries[0]["sql"]


@pytest.mark.django_db
def test_nothing_wanted_is_keys_alone():
    order = place_order("1", "dan@guest.test")

    assert fetch(ORDERS, [], None).columns == {"pk": [order.pk]}


@pytest.mark.django_db
def test_rows_that_fit_several_conditions_come_once(alice, django_assert_num_queries):
    place_order("A4", alice, email="alice@shop.test")
    place_order("G1", "alice@shop.test")
    wheres = [{"customer": [alice.pk]}, {"email": ["alice@shop.test"]}]

    with django_assert_num_queries(2):
        table = fetch(ORDERS, ["order_id"], None, wheres)
    assert sorted(table.column("order_id")) == ["A1", "A2", "A3", "A4", "G1"]
    assert table.length == 5


@pytest.mark.django_db
def test_no_condition_at_all_fits_nothing(alice, django_assert_num_queries):
    with django_assert_num_queries(0):
        table = fetch(ORDERS, ["order_id"], None, [])
    assert (table.length, table.column("order_id")) == (0, [])
    assert Order.objects.count() == 3
