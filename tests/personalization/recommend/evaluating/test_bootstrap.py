from __future__ import annotations

import numpy as np
import pytest

from personalization.recommend.evaluating import bootstrap as module
from personalization.recommend.evaluating.bootstrap import MANY, interval


def test_an_interval_is_that_of_the_normal_distribution_where_many_are_asked() -> None:
    values = np.random.default_rng(1).normal(0.3, 0.2, 2_000)
    low, high = interval(values, np.arange(2_000))
    half = 1.96 * values.std() / 2_000**0.5
    assert (low, high) == (pytest.approx(values.mean() - half, abs=half / 8), pytest.approx(values.mean() + half, abs=half / 8))


def test_rows_of_one_person_are_drawn_together() -> None:
    """A hundred copies of each of four people tell no more than four people do."""
    values, people = np.array([0.0, 0.0, 1.0, 1.0]), np.arange(4)
    assert interval(np.repeat(values, 100), np.repeat(people, 100)) == interval(values, people)


def test_people_with_more_rows_weigh_more() -> None:
    low, high = interval(np.array([1.0] * 99 + [0.0]), np.array([0] * 99 + [1]))
    assert (low, high) == (0.0, 1.0)
    low, high = interval(np.array([0.5, 0.5, 0.5]), np.array([0, 0, 1]))
    assert (low, high) == (0.5, 0.5)


def test_nobody_asked_has_no_width() -> None:
    assert interval(np.empty(0), np.empty(0)) == [0.0, 0.0]


def test_very_many_people_have_a_narrow_interval() -> None:
    low, high = interval(np.tile([0.0, 1.0], MANY), np.arange(2 * MANY))
    assert low == pytest.approx(0.495, abs=0.001)
    assert high == pytest.approx(0.505, abs=0.001)


def test_draws_that_are_too_many_to_be_remembered_are_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    values, people = np.random.default_rng(1).random(50), np.arange(50)
    remembered = interval(values, people)
    monkeypatch.setattr(module, "MOST_REMEMBERED", 0)
    monkeypatch.setattr(module, "CELLS", 700)
    assert interval(values, people) == remembered
