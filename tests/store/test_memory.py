from __future__ import annotations

import numpy as np
import pytest

from segmentation.kernel.columns import MISSING, NO_CODE, Numbers, Texts
from segmentation.store.memory import MemoryColumns, MemoryRows, taken


def rows_at(*indexes: int) -> np.ndarray:
    return np.array(indexes, np.int64)


NUMBERS = Numbers(np.array([10, 20, MISSING], np.int64))
TEXTS = Texts(np.array([0, 1, NO_CODE], np.int32), ("a", "b"), ("A", "B"))


def test_numbers_of_some_rows():
    assert taken(NUMBERS, rows_at(2, 0, -1, 1)).values.tolist() == [MISSING, 10, MISSING, 20]


def test_texts_of_some_rows():
    column = taken(TEXTS, rows_at(2, 0, -1, 1))

    assert column.codes.tolist() == [NO_CODE, 0, NO_CODE, 1]
    assert column.codes.dtype == np.int32
    assert (column.folded, column.shown) == (("a", "b"), ("A", "B"))


@pytest.mark.parametrize("indexes", [(), (-1, -1)])
def test_rows_of_an_empty_column(indexes):
    numbers = taken(Numbers(np.empty(0, np.int64)), rows_at(*indexes))
    texts = taken(Texts(np.empty(0, np.int32), (), ()), rows_at(*indexes))

    assert numbers.values.tolist() == [MISSING] * len(indexes)
    assert texts.codes.tolist() == [NO_CODE] * len(indexes)


def test_columns_by_name():
    orders = MemoryRows(np.array([0], np.int32), np.array([5], np.int64), {"total": NUMBERS}, lambda row: f"order {row}")
    columns = MemoryColumns(1, {"customer.country": TEXTS}, {"orders": orders})

    assert columns.attribute("customer.country") is TEXTS
    assert columns.rows("orders") is orders
    assert orders.column("total") is NUMBERS
    assert orders.key(0) == "order 0"
    assert (columns.ignored, columns.faults) == ({}, {})


def test_a_column_that_nobody_asked_for_is_not_there():
    columns = MemoryColumns(0, {}, {})

    with pytest.raises(KeyError):
        columns.attribute("customer.country")
    with pytest.raises(KeyError):
        columns.rows("orders")
