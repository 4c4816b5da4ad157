from __future__ import annotations

import numpy as np
import pytest

from segmentation.facts.days import from_days
from segmentation.kernel.columns import MISSING, Numbers, Texts
from segmentation.kernel.moments import Calendar

UTC = Calendar("UTC")
DAY = 86_400


def numbers(*seconds):
    return Numbers(np.array(seconds, np.int64))


def test_the_number_of_each_day():
    found = from_days(numbers(0, 3 * DAY + 5, MISSING, -1), UTC, lambda days: days + 1)

    assert found.values.tolist() == [1, 4, MISSING, 0]


def test_a_negative_number_is_none():
    assert from_days(numbers(0, 5 * DAY), UTC, lambda days: 3 - days).values.tolist() == [3, MISSING]


def test_nobody_has_a_number():
    assert from_days(numbers(), UTC, lambda days: days).values.tolist() == []
    assert from_days(numbers(MISSING), UTC, lambda days: days).values.tolist() == [MISSING]


def test_words_have_no_days():
    with pytest.raises(TypeError, match="Texts have no days"):
        from_days(Texts(np.array([0], np.int32), ("a",), ("A",)), UTC, lambda days: days)
