from __future__ import annotations

import random
from dataclasses import replace
from fractions import Fraction

import numpy as np
import pytest

from segmentation.kernel.columns import Places
from segmentation.kernel.measures import MEASURE, Asked, Selected
from segmentation.rules.values import MEASURES
from tests.kernel.hand import numbers, texts

A, B, C = 0, 1, 2


def asked_of(pairs, size=3, *, matching=None, days=None, column=None):
    """Rows of (customer, value) pairs, of which those at `matching` places match."""
    customers = np.array([customer for customer, _ in pairs], np.int32)
    whole = Selected(np.arange(len(pairs)), customers, size)
    selected = whole if matching is None else whole.only(np.isin(np.arange(len(pairs)), matching))
    values = numbers(*(value for _, value in pairs)) if column is None else column
    return Asked(selected, lambda: whole, values, lambda: (selected, np.array(days, np.int64)[selected.rows]))


def fractions(found):
    """A fraction a customer, None where it is unknown."""
    divisors = [1] * len(found.values) if found.divisors is None else found.divisors.tolist()
    return [
        Fraction(int(value), divisor) if known else None
        for value, divisor, known in zip(found.values, divisors, found.known.tolist(), strict=True)
    ]


def measured(measure, pairs, size=3, **asked):
    """What a measure makes of (customer, value) pairs."""
    found = MEASURE[measure](asked_of(pairs, size, **asked))
    assert len(found.values) == len(found.known) == len(found.lacking) == size
    return fractions(found)


def test_every_measure_of_the_language_has_its_meaning():
    assert list(MEASURE) == list(MEASURES)


PLAIN = ("count", "sum", "avg", "min", "max")


@pytest.mark.parametrize(
    ("measure", "expected"),
    [("count", [3, 1, 0]), ("sum", [60, -5, 0]), ("avg", [20, -5, None]), ("min", [10, -5, None]), ("max", [30, -5, None])],
)
def test_measures(measure, expected):
    assert measured(measure, [(A, 10), (B, -5), (A, 30), (A, 20)]) == expected


@pytest.mark.parametrize(
    ("measure", "expected"),
    [
        ("count", [3, 1, 1]),
        ("sum", [None, 7, None]),
        ("avg", [None, 7, None]),
        ("min", [None, 7, None]),
        ("max", [None, 7, None]),
    ],
)
def test_a_missing_value_makes_unknown_whatever_is_measured(measure, expected):
    """The example of the specification: orders of 10.00, 30.00 and an unknown amount are three, with no sum."""
    assert measured(measure, [(A, 1000), (A, 3000), (A, None), (B, 7), (C, None)]) == expected


@pytest.mark.parametrize(("measure", "expected"), [("count", 0), ("sum", 0), ("avg", None), ("min", None), ("max", None)])
@pytest.mark.parametrize("size", [0, 1, 9])
def test_no_rows(measure, expected, size):
    assert measured(measure, [], size) == [expected] * size


def test_zero_is_an_answer():
    assert measured("sum", [(A, 0), (B, 5), (B, -5)]) == [0, 0, 0]
    assert measured("min", [(A, 0), (B, 5), (B, -5)]) == [0, -5, None]
    assert measured("avg", [(A, 0), (B, 5), (B, -5)]) == [0, 0, None]


def test_negative_values():
    pairs = [(A, -10), (A, -30), (A, 5)]

    assert [measured(measure, pairs)[A] for measure in ("sum", "avg", "min", "max")] == [-35, Fraction(-35, 3), -30, 5]


def test_averages_are_exact():
    assert measured("avg", [(A, 10), (A, 10), (A, 11)]) == [Fraction(31, 3), None, None]


@pytest.mark.parametrize("big", [2**53, 2**53 + 1, 2**60 + 1, 10**15, 10**18 + 7])
def test_sums_are_exact_beyond_floating_point(big):
    assert measured("sum", [(A, big), (A, 1), (B, -big), (B, -1)]) == [big + 1, -big - 1, 0]
    assert measured("avg", [(A, big), (A, 1), (B, -big), (B, -1)])[:2] == [Fraction(big + 1, 2), Fraction(-big - 1, 2)]
    assert measured("min", [(A, big), (A, big + 1)])[A] == big
    assert measured("max", [(A, big), (A, big + 1)])[A] == big + 1


def test_sums_of_many_rows_are_exact_beyond_floating_point():
    assert measured("sum", [(A, 2**52 + 1)] * 9 + [(B, 1)]) == [9 * (2**52 + 1), 1, 0]


def test_sums_are_exact_beyond_int64():
    big = 2**62

    assert measured("sum", [(A, big)] * 5 + [(B, -big)] * 5 + [(C, 3)]) == [5 * big, -5 * big, 3]
    assert measured("avg", [(A, big)] * 5 + [(A, 1)]) == [Fraction(5 * big + 1, 6), None, None]


def test_large_values_that_cancel_leave_the_small_one():
    assert measured("sum", [(A, 10**15), (A, 1), (A, -(10**15))] * 20) == [20, 0, 0]


@pytest.mark.parametrize("measure", PLAIN)
def test_the_order_of_the_rows_does_not_matter(measure):
    pairs = [(index % 3, value) for index, value in enumerate([5, -7, 12, 0, 3, 10**15, -(10**15), 1, 2])]
    shuffled = random.Random(7).sample(pairs, len(pairs))

    assert measured(measure, shuffled) == measured(measure, pairs)


def test_rows_are_counted_by_customer():
    selected = Selected(np.array([4, 8, 9]), np.array([2, 0, 2], np.int32), 4)

    assert selected.counts.tolist() == [1, 0, 2, 0]
    assert selected.counts.dtype == np.int64


def test_distinct_values_are_counted_and_missing_ones_are_not():
    pairs = [(A, 5), (A, 5), (A, 7), (B, None), (A, None), (B, 5)]

    assert measured("count_distinct", pairs) == [2, 1, 0]


def test_distinct_texts_are_counted_as_they_are_compared():
    column = texts("lamps", "mugs", None, "lamps")

    assert measured("count_distinct", [(A, 0), (A, 0), (A, 0), (B, 0)], column=column) == [2, 1, 0]


def test_places_cannot_be_told_apart():
    nowhere = Places(np.empty(0), np.empty(0))

    with pytest.raises(TypeError, match="told apart"):
        measured("count_distinct", [], column=nowhere)


def test_texts_cannot_be_added():
    with pytest.raises(TypeError, match="numbers and times"):
        measured("sum", [(A, 0)], column=texts("lamps"))


def test_a_share_is_of_the_rows_in_the_window():
    asked = asked_of([(A, 1), (A, 1), (A, 1), (A, 1), (B, 1)], matching=[0, 1, 2])

    assert fractions(MEASURE["share"](replace(asked, column=None))) == [Fraction(3, 4), 0, None]


def test_a_share_of_a_column_is_of_its_sums():
    pairs = [(A, 10), (A, 30), (B, 5), (B, 5)]

    assert measured("share", pairs, matching=[1, 2, 3]) == [Fraction(3, 4), 1, None]


@pytest.mark.parametrize("values", [(0, 0), (5, -5), (5, -6)])
def test_a_share_of_nothing_is_unknown(values):
    assert measured("share", [(A, value) for value in values], matching=[0]) == [None, None, None]


@pytest.mark.parametrize("matching", [[], [0], [1]])
def test_a_value_that_lacks_anywhere_in_the_window_makes_a_share_unknown(matching):
    assert measured("share", [(A, 3), (A, None)], matching=matching) == [None, None, None]


def test_days_between_are_of_the_first_and_the_last_row():
    """The example of the specification: orders on days 1, 11 and 21 are 10 days apart."""
    pairs = [(A, 0), (A, 0), (A, 0), (B, 0), (C, 0), (C, 0)]

    assert measured("days_between", pairs, days=[1, 11, 21, 5, 8, 9]) == [10, None, 1]
    assert measured("days_between", pairs, days=[1, 1, 2, 5, 8, 8])[A] == Fraction(1, 2)
    assert measured("days_between", pairs, days=[1, 1, 2, 5, 8, 8])[C] == 0


@pytest.mark.parametrize(
    ("measure", "lacking"),
    [
        ("count", [False, True, True]),
        ("count_distinct", [False, True, True]),
        ("sum", [False, True, True]),
        ("avg", [False, True, True]),
        ("min", [False, True, True]),
        ("max", [False, True, True]),
        ("share", [False, False, True]),
        ("days_between", [True, True, True]),
    ],
)
def test_who_has_too_few_rows(measure, lacking):
    found = MEASURE[measure](asked_of([(A, 1), (B, 1)], matching=[0], days=[1, 1]))

    assert found.lacking.tolist() == lacking
