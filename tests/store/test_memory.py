from __future__ import annotations

import numpy as np
import pytest

from segmentation.kernel.columns import MISSING, NO_CODE, Numbers, Texts
from segmentation.store.memory import MemoryColumns, MemoryRows

NUMBERS = Numbers(np.array([10, 20, MISSING], np.int64))
ALL = np.ones(1, np.bool_)
NONE = np.ones(0, np.bool_)
TEXTS = Texts(np.array([0, 1, NO_CODE], np.int32), ("a", "b"), ("A", "B"))


def test_columns_by_name():
    of_lines = np.array([0, -1], np.int64)
    orders = MemoryRows(
        np.array([0], np.int32),
        np.array([5], np.int64),
        {"total": NUMBERS},
        "order {}".format,
        {"lines": of_lines},
        "line {}".format,
    )
    columns = MemoryColumns(1, ALL, ALL, {"customer.country": TEXTS}, {"orders": orders}, keys=["user:1"])

    assert columns.attribute("customer.country") is TEXTS
    assert columns.rows("orders") is orders
    assert columns.keys == ["user:1"]
    assert orders.column("total") is NUMBERS
    assert orders.below("lines") is of_lines
    assert (orders.key(0), orders.part(0)) == ("order 0", "line 0")
    assert (columns.ignored, columns.faults) == ({}, {})


def test_a_row_is_no_part_of_another_unless_it_is_said():
    assert MemoryRows(np.array([0], np.int32), None, {}).part(0) == ""


def test_what_nobody_asked_for_is_not_there():
    columns = MemoryColumns(0, NONE, NONE, {}, {"orders": MemoryRows(np.empty(0, np.int32), None, {})})

    with pytest.raises(KeyError):
        columns.attribute("customer.country")
    with pytest.raises(KeyError):
        columns.rows("carts")
    with pytest.raises(KeyError):
        columns.rows("orders").column("total")
    with pytest.raises(KeyError):
        columns.rows("orders").below("lines")
