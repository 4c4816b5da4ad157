from __future__ import annotations

from typing import Any

import pytest

from .moments import Clock
from .time_operators import TIME_OPERATORS
from .worlds import at

PARIS_IN_JUNE = Clock.at(at("2024-06-12T08:00"), "Europe/Paris")  # Wednesday, 10:00 in summer time
MIDNIGHT_12 = "2024-06-11T22:00"
SECOND_BEFORE_MIDNIGHT_12 = "2024-06-11T21:59:59"


def asked(moment: str, operator: str, value: Any, clock: Clock = PARIS_IN_JUNE) -> bool:
    return TIME_OPERATORS[operator](at(moment), value, clock)


@pytest.mark.parametrize(
    ("operator", "value", "true", "false"),
    [
        ("on", "2024-06-12", [MIDNIGHT_12, "2024-06-12T21:59:59"], [SECOND_BEFORE_MIDNIGHT_12, "2024-06-12T22:00"]),
        ("on", "2024-06-12T00:00:00", [MIDNIGHT_12], [SECOND_BEFORE_MIDNIGHT_12, "2024-06-11T22:00:01"]),
        ("before", "2024-06-12", [SECOND_BEFORE_MIDNIGHT_12], [MIDNIGHT_12]),
        ("before", "2024-06-12T01:00:00", ["2024-06-11T22:59:59"], ["2024-06-11T23:00"]),
        ("after", "2024-06-11", [MIDNIGHT_12], [SECOND_BEFORE_MIDNIGHT_12]),
        ("after", "2024-06-12T01:00:00", ["2024-06-11T23:00:01"], ["2024-06-11T23:00"]),
        (
            "between",
            ["2024-06-11", "2024-06-11"],
            ["2024-06-10T22:00", SECOND_BEFORE_MIDNIGHT_12],
            ["2024-06-10T21:59:59", MIDNIGHT_12],
        ),
        (
            "between",
            ["2024-06-11T22:00:00Z", "2024-06-12T00:00:00Z"],
            [MIDNIGHT_12, "2024-06-11T23:59:59"],
            [SECOND_BEFORE_MIDNIGHT_12, "2024-06-12T00:00"],
        ),
        # "Last 1 day" begins with yesterday.
        (
            "last",
            {"n": 1, "unit": "day"},
            ["2024-06-10T22:00", "2024-06-12T08:00"],
            ["2024-06-10T21:59:59", "2024-06-12T08:00:01"],
        ),
        (
            "last",
            {"n": 2, "unit": "hour"},
            ["2024-06-12T06:00", "2024-06-12T08:00"],
            ["2024-06-12T05:59:59", "2024-06-12T08:00:01"],
        ),
        ("last", {"n": 30, "unit": "minute"}, ["2024-06-12T07:30"], ["2024-06-12T07:29:59"]),
        ("last", {"n": 1, "unit": "week"}, ["2024-06-04T22:00"], ["2024-06-04T21:59:59"]),
        ("last", {"n": 6, "unit": "month"}, ["2023-12-11T23:00"], ["2023-12-11T22:59:59"]),
        # A time to come is neither in `last` nor in `not_last`.
        ("not_last", {"n": 1, "unit": "day"}, ["2024-06-10T21:59:59"], ["2024-06-10T22:00", "2024-06-12T09:00"]),
        ("not_last", {"n": 2, "unit": "hour"}, ["2024-06-12T05:59:59"], ["2024-06-12T06:00", "2024-06-12T09:00"]),
        ("next", {"n": 1, "unit": "day"}, [MIDNIGHT_12, "2024-06-13T21:59:59"], [SECOND_BEFORE_MIDNIGHT_12, "2024-06-13T22:00"]),
        (
            "next",
            {"n": 2, "unit": "hour"},
            ["2024-06-12T08:00", "2024-06-12T10:00"],
            ["2024-06-12T07:59:59", "2024-06-12T10:00:01"],
        ),
        ("this", "day", [MIDNIGHT_12, "2024-06-12T08:00"], [SECOND_BEFORE_MIDNIGHT_12, "2024-06-12T08:00:01"]),
        ("this", "week", ["2024-06-09T22:00"], ["2024-06-09T21:59:59"]),
        ("this", "year", ["2023-12-31T23:00"], ["2023-12-31T22:59:59"]),
        ("previous", "day", ["2024-06-10T22:00", SECOND_BEFORE_MIDNIGHT_12], ["2024-06-10T21:59:59", MIDNIGHT_12]),
        ("previous", "quarter", ["2023-12-31T23:00", "2024-03-31T21:59:59"], ["2023-12-31T22:59:59", "2024-03-31T22:00"]),
        # The month, the weekday and the anniversary are those of the shop's clock.
        ("month_is", "6", ["2024-05-31T22:00"], ["2024-05-31T21:59:59"]),
        ("weekday_is", ["3"], [MIDNIGHT_12], [SECOND_BEFORE_MIDNIGHT_12]),
        ("anniversary_next", {"n": 1, "unit": "day"}, ["2020-06-12T22:00"], ["2020-06-13T22:00"]),
    ],
)
def test_a_time_is_compared_to_the_second(operator: str, value: Any, true: list[str], false: list[str]) -> None:
    assert [asked(moment, operator, value) for moment in true] == [True] * len(true)
    assert [asked(moment, operator, value) for moment in false] == [False] * len(false)


def test_days_without_or_with_two_midnights() -> None:
    cairo = Clock.at(at("2024-04-27T07:00"), "Africa/Cairo")  # 10:00, the day after the missing midnight
    assert asked("2024-04-25T22:00", "last", {"n": 1, "unit": "day"}, cairo) is True
    assert asked("2024-04-25T21:59:59", "last", {"n": 1, "unit": "day"}, cairo) is False
    havana = Clock.at(at("2024-11-04T17:00"), "America/Havana")  # 12:00, the day after the doubled midnight
    assert asked("2024-11-03T04:00", "last", {"n": 1, "unit": "day"}, havana) is True
    assert asked("2024-11-03T03:59:59", "last", {"n": 1, "unit": "day"}, havana) is False
    santiago = Clock.at(at("2024-09-08T15:00"), "America/Santiago")  # 12:00 on the day without a midnight
    assert asked("2024-09-08T04:00", "this", "day", santiago) is True
    assert asked("2024-09-08T03:59:59", "this", "day", santiago) is False


def test_ends_of_two_kinds_are_refused() -> None:
    with pytest.raises(ValueError, match="two kinds"):
        asked(MIDNIGHT_12, "between", ["2024-06-11", "2024-06-12T00:00:00"])
