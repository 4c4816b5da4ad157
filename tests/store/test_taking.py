from __future__ import annotations

import numpy as np
import pytest

from segmentation.kernel.columns import MISSING, NO_CODE, Numbers, Places, Sets, Texts
from segmentation.store.taking import picked, taken


def rows_at(*indexes: int) -> np.ndarray:
    return np.array(indexes, np.int64)


NUMBERS = Numbers(np.array([10, 20, MISSING], np.int64))
TEXTS = Texts(np.array([0, 1, NO_CODE], np.int32), ("a", "b"), ("A", "B"))
SETS = Sets(
    starts=np.array([0, 2, 2, 3, 3], np.int64),
    codes=np.array([0, 1, 1], np.int32),
    folded=("a", "b"),
    shown=("A", "B"),
    known=np.array([True, True, True, False]),
)
PLACES = Places(np.array([48.85, np.nan]), np.array([2.35, np.nan]))


def lists(column: Sets) -> list[list[int] | None]:
    """The codes of each value; None for what is missing."""
    spans = zip(column.starts[:-1], column.starts[1:], column.known, strict=True)
    return [column.codes[start:end].tolist() if known else None for start, end, known in spans]


def test_numbers_of_some_rows():
    assert taken(NUMBERS, rows_at(2, 0, -1, 1)).values.tolist() == [MISSING, 10, MISSING, 20]


def test_texts_of_some_rows():
    column = taken(TEXTS, rows_at(2, 0, -1, 1))

    assert column.codes.tolist() == [NO_CODE, 0, NO_CODE, 1]
    assert column.codes.dtype == np.int32
    assert (column.folded, column.shown) == (("a", "b"), ("A", "B"))


def test_sets_of_some_rows():
    column = taken(SETS, rows_at(2, 0, -1, 1, 0, 3))

    assert lists(column) == [[1], [0, 1], None, [], [0, 1], None]
    assert column.starts.tolist() == [0, 1, 3, 3, 3, 5, 5]
    assert (column.starts.dtype, column.codes.dtype, column.known.dtype) == (np.int64, np.int32, np.bool_)
    assert (column.folded, column.shown) == (("a", "b"), ("A", "B"))


def test_places_of_some_rows():
    column = taken(PLACES, rows_at(1, -1, 0))

    assert column.known.tolist() == [False, False, True]
    assert (column.lat[2], column.lon[2]) == (48.85, 2.35)


@pytest.mark.parametrize("indexes", [(), (-1, -1)])
def test_rows_of_an_empty_column(indexes):
    nothing = np.empty(0, np.int32)
    numbers = taken(Numbers(np.empty(0, np.int64)), rows_at(*indexes))
    texts = taken(Texts(nothing, (), ()), rows_at(*indexes))
    sets = taken(Sets(np.zeros(1, np.int64), nothing, (), (), np.empty(0, np.bool_)), rows_at(*indexes))
    places = taken(Places(np.empty(0), np.empty(0)), rows_at(*indexes))

    assert numbers.values.tolist() == [MISSING] * len(indexes)
    assert texts.codes.tolist() == [NO_CODE] * len(indexes)
    assert lists(sets) == [None] * len(indexes)
    assert places.known.tolist() == [False] * len(indexes)


def test_values_of_some_rows_keep_their_type():
    assert picked(np.array([5, 6], np.int32), rows_at(1, -1), 0).tolist() == [6, 0]
    assert picked(np.array([5, 6], np.int32), rows_at(1, -1), 0).dtype == np.int32
