from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest

from .measures import MEASURES, measured_kind
from .worlds import at

F = Fraction


@pytest.mark.parametrize(
    ("values", "expected"),
    [
        ([], {"count": 0, "sum": 0, "avg": None, "min": None, "max": None}),
        ([F(10), F(30)], {"count": 2, "sum": 40, "avg": 20, "min": 10, "max": 30}),
        ([F(10), F(10), F(11)], {"count": 3, "sum": 31, "avg": F(31, 3), "min": 10, "max": 11}),
        ([F(10), None], {"count": 2, "sum": None, "avg": None, "min": None, "max": None}),
        ([F(0)], {"count": 1, "sum": 0, "avg": 0, "min": 0, "max": 0}),
        ([F(-5), F(5)], {"count": 2, "sum": 0, "avg": 0, "min": -5, "max": 5}),
    ],
)
def test_measures(values: list[Any], expected: dict[str, Any]) -> None:
    assert {name: MEASURES[name](values) for name in expected} == expected


def test_least_and_greatest_of_times() -> None:
    times = [at("2024-01-02T00:00"), at("2024-01-01T00:00")]
    assert (MEASURES["min"](times), MEASURES["max"](times)) == (times[1], times[0])
    assert MEASURES["max"]([times[0], None]) is None


def test_a_count_is_a_number_and_the_rest_are_of_their_columns_kind() -> None:
    assert measured_kind("count", None) == "number"
    assert measured_kind("min", "time") == "time"
    with pytest.raises(ValueError, match="needs a column"):
        measured_kind("sum", None)
