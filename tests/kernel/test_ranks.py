from __future__ import annotations

import random
from fractions import Fraction
from math import ceil

import numpy as np
import pytest

from segmentation.kernel.measures import Measured
from segmentation.kernel.plan import Ranking
from segmentation.kernel.prior import Cutoff
from segmentation.kernel.ranks import base_of, cut_off, within


def measured(values, divisors=None, known=None, lacking=None):
    """A number a customer; everybody known and nobody lacking unless told."""
    size = len(values)
    return Measured(
        np.array(values, np.int64),
        np.array([True] * size if known is None else known, np.bool_),
        np.array([False] * size if lacking is None else lacking, np.bool_),
        None if divisors is None else np.array(divisors, np.int64),
    )


def ranking(operator, limit, leave_at=None):
    greatest, percent = {
        "top": (True, False),
        "top_percent": (True, True),
        "bottom": (False, False),
        "bottom_percent": (False, True),
    }[operator]
    return Ranking("customer.points", greatest, percent, Fraction(limit), None if leave_at is None else Fraction(leave_at))


@pytest.mark.parametrize(
    ("operator", "limit", "expected"),
    [
        ("top", 1, (50, 1)),
        ("top", 2, (40, 1)),
        ("top", 3, (40, 1)),
        ("top", 5, (10, 1)),
        ("top", 6, None),
        ("bottom", 1, (10, 1)),
        ("bottom", 4, (40, 1)),
        ("bottom", 5, (50, 1)),
        ("bottom", 6, None),
        ("top_percent", 1, (50, 1)),
        ("top_percent", 20, (50, 1)),
        ("top_percent", "20.1", (40, 1)),
        ("top_percent", 100, (10, 1)),
        ("bottom_percent", 40, (20, 1)),
    ],
)
def test_the_cut_off_is_the_value_of_the_last_who_is_in(operator, limit, expected):
    found = cut_off(ranking(operator, limit), measured([40, 10, 50, 20, 40]))

    assert found == Cutoff(5, expected)


def test_the_base_is_who_is_known_and_has_rows():
    asked = measured([1, 2, 3, 4], known=[True, False, True, True], lacking=[False, False, True, False])

    assert base_of(asked).tolist() == [True, False, False, True]
    assert cut_off(ranking("top", 1), asked) == Cutoff(2, (4, 1))
    assert within(ranking("top", 1), asked, Cutoff(2, (1, 1)), (1, 1)).tolist() == [True, False, False, True]


def test_ties_at_the_cut_off_are_all_in():
    asked = measured([5, 7, 5, 5, 1])
    top = ranking("top", 2)

    assert within(top, asked, cut_off(top, asked), cut_off(top, asked).limit).tolist() == [True, True, True, True, False]


def test_fewer_than_k_let_everybody_of_the_base_in():
    asked = measured([5, 7], lacking=[False, True])
    top = ranking("top", 2)

    assert within(top, asked, cut_off(top, asked), cut_off(top, asked).limit).tolist() == [True, False]


def test_of_nobody_nobody_is_in():
    top = ranking("top_percent", 10)

    assert cut_off(top, measured([], None)) == Cutoff(0)
    assert within(top, measured([5]), Cutoff(0), None).tolist() == [False]


def test_fractions_are_cut_off_exactly():
    asked = measured([1, 33_333_333_333_333_333, 2], [3, 100_000_000_000_000_000, 6])
    top = ranking("top", 2)

    assert cut_off(top, asked) == Cutoff(3, (1, 3))
    assert within(top, asked, Cutoff(3), (1, 3)).tolist() == [True, False, True]


def test_the_wider_cut_off_is_for_those_who_stay():
    asked = measured([40, 10, 50, 20, 40])

    assert cut_off(ranking("top", 1, 4), asked) == Cutoff(5, (50, 1), (20, 1))
    assert cut_off(ranking("bottom_percent", 20, 100), asked) == Cutoff(5, (10, 1), (50, 1))


@pytest.mark.parametrize("seed", range(200))
def test_against_sorting(seed):
    dice = random.Random(seed)
    pairs = [(dice.randint(-20, 20), dice.randint(1, 6)) for _ in range(dice.randint(1, 30))]
    k = dice.randint(1, len(pairs))
    percent = Fraction(dice.randint(1, 1000), 10)
    values, divisors = zip(*pairs, strict=True)
    best_first = sorted((Fraction(*pair) for pair in pairs), reverse=True)

    assert cut_off(ranking("top", k), measured(values, divisors)).limit == best_first[k - 1].as_integer_ratio()
    assert cut_off(ranking("bottom", k), measured(values, divisors)).limit == best_first[-k].as_integer_ratio()
    by_percent = cut_off(ranking("top_percent", percent), measured(values, divisors)).limit
    assert by_percent == best_first[ceil(len(pairs) * percent / 100) - 1].as_integer_ratio()
