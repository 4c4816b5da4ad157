from __future__ import annotations

from datetime import date
from fractions import Fraction
from typing import Any

import pytest

from .measures import MEASURES, Material, lacks_rows, measured_kind
from .worlds import at

F = Fraction


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], {"count": 0, "count_distinct": 0, "sum": 0, "avg": None, "min": None, "max": None}),
        ([F(10), F(30)], {"count": 2, "count_distinct": 2, "sum": 40, "avg": 20, "min": 10, "max": 30}),
        ([F(10), F(10), F(11)], {"count": 3, "count_distinct": 2, "sum": 31, "avg": F(31, 3), "min": 10, "max": 11}),
        ([F(10), None], {"count": 2, "count_distinct": 1, "sum": None, "avg": None, "min": None, "max": None}),
        ([None, None], {"count": 2, "count_distinct": 0, "sum": None, "avg": None, "min": None, "max": None}),
        ([F(0)], {"count": 1, "count_distinct": 1, "sum": 0, "avg": 0, "min": 0, "max": 0}),
        ([F(-5), F(5)], {"count": 2, "count_distinct": 2, "sum": 0, "avg": 0, "min": -5, "max": 5}),
    ],
)
def test_measures(values: list[Any], expected: dict[str, Any]) -> None:
    assert {name: MEASURES[name](Material(values)) for name in expected} == expected


def test_least_and_greatest_of_times() -> None:
    times = [at("2024-01-02T00:00"), at("2024-01-01T00:00")]
    assert (MEASURES["min"](Material(times)), MEASURES["max"](Material(times))) == (times[1], times[0])
    assert MEASURES["max"](Material([times[0], None])) is None


@pytest.mark.parametrize(
    ("matching", "everything", "expected"),
    [(0, 0, None), (0, 3, 0), (1, 3, F(1, 3)), (3, 3, 1)],
)
def test_a_share_of_rows(matching: int, everything: int, expected: Fraction | None) -> None:
    assert MEASURES["share"](Material([None] * matching, everything=[None] * everything)) == expected


@pytest.mark.parametrize(
    ("matching", "everything", "expected"),
    [
        ([F(1)], [F(1), F(3)], F(1, 4)),
        ([], [F(1), F(3)], 0),
        # Unknown comes before the 0 of no match.
        ([], [], None),
        ([], [F(1), None], None),
        ([F(1)], [F(1), None], None),
        ([], [F(0)], None),
        ([F(1)], [F(1), F(-1)], None),
        ([F(1)], [F(1), F(-3)], None),
        # Not every share lies between 0 and 1.
        ([F(-1)], [F(-1), F(3)], F(-1, 2)),
    ],
)
def test_a_share_of_sums(matching: list[Any], everything: list[Any], expected: Fraction | None) -> None:
    assert MEASURES["share"](Material(matching, everything=everything, weighed=True)) == expected


@pytest.mark.parametrize(
    ("days", "expected"),
    [([], None), ([1], None), ([1, 1], 0), ([1, 11], 10), ([21, 1, 11], 10), ([1, 2, 4], F(3, 2)), ([4, 4, 4, 5], F(1, 3))],
)
def test_days_between(days: list[int], expected: Fraction | None) -> None:
    material = Material([None] * len(days), days=[date(2024, 5, day) for day in days])
    assert MEASURES["days_between"](material) == expected


def test_counts_shares_and_days_are_numbers_and_the_rest_are_of_their_columns_kind() -> None:
    assert {measured_kind(measure, "text") for measure in ("count", "count_distinct", "share", "days_between")} == {"number"}
    assert measured_kind("count", None) == "number"
    assert measured_kind("min", "time") == "time"
    with pytest.raises(ValueError, match="needs a column"):
        measured_kind("sum", None)


@pytest.mark.parametrize(
    ("measure", "material", "lacks"),
    [
        ("count", Material([]), True),
        ("count_distinct", Material([None]), False),
        ("avg", Material([]), True),
        ("avg", Material([None]), False),
        ("share", Material([]), True),
        ("share", Material([], everything=[None]), False),
        ("days_between", Material([None, None], days=[date(2024, 5, 1)]), True),
        ("days_between", Material([None, None], days=[date(2024, 5, 1)] * 2), False),
    ],
)
def test_what_lacks_rows_for_a_rank(measure: str, material: Material, lacks: bool) -> None:
    assert lacks_rows(measure, material) is lacks
