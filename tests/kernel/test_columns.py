from __future__ import annotations

from segmentation.kernel.columns import LARGEST, MISSING
from tests.kernel.hand import numbers, texts


def test_numbers_know_which_have_a_value():
    assert numbers(0, None, -5, MISSING + 1).known.tolist() == [True, False, True, True]
    assert numbers().known.tolist() == []


def test_texts_know_which_have_a_value():
    assert texts("FR", None, "PL", "FR").known.tolist() == [True, False, True, True]
    assert texts().known.tolist() == []


def test_a_missing_value_sorts_before_every_real_one():
    assert MISSING < -LARGEST
