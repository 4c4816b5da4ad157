from __future__ import annotations

from typing import Any

import pytest

from .moments import Clock
from .windows import in_window
from .worlds import at

CLOCK = Clock.at(at("2024-06-12T08:00:00.7"), "Europe/Paris")  # 10:00 in summer time

WINDOWS = [
    (None, ["0500-01-01T00:00", "2024-06-12T08:00"], ["2024-06-12T08:00:01"]),
    ({"last": 1, "unit": "day"}, ["2024-06-10T22:00", "2024-06-12T08:00"], ["2024-06-10T21:59:59", "2024-06-12T08:00:01"]),
    ({"last": "1", "unit": "month"}, ["2024-05-11T22:00"], ["2024-05-11T21:59:59"]),
    ({"last": 90, "unit": "minute"}, ["2024-06-12T06:30"], ["2024-06-12T06:29:59"]),
    ({"since": "2024-06-01"}, ["2024-05-31T22:00", "2024-06-12T08:00"], ["2024-05-31T21:59:59", "2024-06-12T08:00:01"]),
    (
        {"between": ["2024-06-01", "2024-06-02"]},
        ["2024-05-31T22:00", "2024-06-02T21:59:59"],
        ["2024-05-31T21:59:59", "2024-06-02T22:00"],
    ),
    ({"not_last": 1, "unit": "day"}, ["2024-06-10T21:59:59"], ["2024-06-10T22:00", "2024-06-12T08:00:01"]),
    ({"not_last": 2, "unit": "hour"}, ["2024-06-12T05:59:59"], ["2024-06-12T06:00"]),
    ({"before": "2024-06-01"}, ["2024-05-31T21:59:59", "0500-01-01T00:00"], ["2024-05-31T22:00"]),
    ({"before": "2024-06-01T00:00:00+00:00"}, ["2024-05-31T23:59:59"], ["2024-06-01T00:00"]),
    ({"before": "2030-01-01"}, ["2024-06-12T08:00"], ["2024-06-12T08:00:01"]),
    ({"since": "2024-06-01T10:00:00"}, ["2024-06-01T08:00"], ["2024-06-01T07:59:59"]),
    ({"this": "day"}, ["2024-06-11T22:00"], ["2024-06-11T21:59:59", "2024-06-12T08:00:01"]),
    ({"this": "week"}, ["2024-06-09T22:00"], ["2024-06-09T21:59:59"]),
    ({"this": "quarter"}, ["2024-03-31T22:00"], ["2024-03-31T21:59:59"]),
    ({"previous": "week"}, ["2024-06-02T22:00", "2024-06-09T21:59:59"], ["2024-06-02T21:59:59", "2024-06-09T22:00"]),
    ({"previous": "month"}, ["2024-04-30T22:00", "2024-05-31T21:59:59"], ["2024-04-30T21:59:59", "2024-05-31T22:00"]),
    ({"previous": "year"}, ["2022-12-31T23:00", "2023-12-31T22:59:59"], ["2022-12-31T22:59:59", "2023-12-31T23:00"]),
    ({"between": ["2024-06-12", "2024-06-12"]}, ["2024-06-12T08:00"], ["2024-06-12T08:00:01"]),
    (
        {"between": ["2024-06-01T10:00:00+00:00", "2024-06-01T11:00:00+00:00"]},
        ["2024-06-01T10:00", "2024-06-01T10:59:59"],
        ["2024-06-01T09:59:59", "2024-06-01T11:00"],
    ),
]


@pytest.mark.parametrize(("window", "inside", "outside"), WINDOWS)
def test_windows(window: Any, inside: list[str], outside: list[str]) -> None:
    assert [in_window(at(moment), window, CLOCK) for moment in inside] == [True] * len(inside)
    assert [in_window(at(moment), window, CLOCK) for moment in outside] == [False] * len(outside)


@pytest.mark.parametrize("window", [window for window, _, _ in WINDOWS])
def test_a_row_without_a_time_counts_only_under_no_window(window: Any) -> None:
    assert in_window(None, window, CLOCK) is (window is None)


def test_weeks_start_when_the_shop_says() -> None:
    sundays = Clock.at(at("2024-06-12T08:00"), "Europe/Paris", 7)
    assert in_window(at("2024-06-08T22:00"), {"this": "week"}, sundays) is True
    assert in_window(at("2024-06-08T21:59:59"), {"this": "week"}, sundays) is False
    assert in_window(at("2024-06-08T21:59:59"), {"previous": "week"}, sundays) is True
    assert in_window(at("2024-06-01T21:59:59"), {"previous": "week"}, sundays) is False


def test_an_unknown_window_is_refused() -> None:
    with pytest.raises(ValueError, match="not a known window"):
        in_window(at("2024-06-12T08:00"), {"around": "2024-06-12"}, CLOCK)
