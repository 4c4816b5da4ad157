from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from .date_operators import DATE_OPERATORS
from .moments import Clock
from .worlds import at

PARIS_IN_JUNE = Clock.at(at("2024-06-12T08:00"), "Europe/Paris")  # Wednesday, 10:00


def asked(day: str, operator: str, value: Any, clock: Clock = PARIS_IN_JUNE) -> bool:
    return DATE_OPERATORS[operator](date.fromisoformat(day), value, clock)


def on_day(today: str) -> Clock:
    """Noon of that day in London in winter."""
    return Clock.at(at(f"{today}T12:00"), "Europe/London")


@pytest.mark.parametrize(
    ("operator", "value", "true", "false"),
    [
        ("on", "2024-06-10", ["2024-06-10"], ["2024-06-09", "2024-06-11"]),
        ("before", "2024-06-10", ["2024-06-09"], ["2024-06-10", "2024-06-11"]),
        ("after", "2024-06-10", ["2024-06-11"], ["2024-06-10", "2024-06-09"]),
        ("between", ["2024-06-10", "2024-06-11"], ["2024-06-10", "2024-06-11"], ["2024-06-09", "2024-06-12"]),
        ("last", {"n": 1, "unit": "day"}, ["2024-06-11", "2024-06-12"], ["2024-06-10", "2024-06-13"]),
        ("last", {"n": 1, "unit": "week"}, ["2024-06-05", "2024-06-12"], ["2024-06-04", "2024-06-13"]),
        ("last", {"n": 1, "unit": "month"}, ["2024-05-12", "2024-06-12"], ["2024-05-11"]),
        ("last", {"n": 1, "unit": "year"}, ["2023-06-12"], ["2023-06-11"]),
        ("not_last", {"n": 1, "unit": "day"}, ["2024-06-10", "1900-01-01"], ["2024-06-11", "2024-06-12", "2024-06-13"]),
        ("next", {"n": 1, "unit": "day"}, ["2024-06-12", "2024-06-13"], ["2024-06-11", "2024-06-14"]),
        ("next", {"n": 1, "unit": "month"}, ["2024-07-12"], ["2024-07-13"]),
        ("this", "week", ["2024-06-10", "2024-06-12"], ["2024-06-09", "2024-06-13"]),
        ("this", "day", ["2024-06-12"], ["2024-06-11", "2024-06-13"]),
        ("this", "quarter", ["2024-04-01"], ["2024-03-31", "2024-06-13"]),
        ("previous", "week", ["2024-06-03", "2024-06-09"], ["2024-06-02", "2024-06-10"]),
        ("previous", "month", ["2024-05-01", "2024-05-31"], ["2024-04-30", "2024-06-01"]),
        ("previous", "year", ["2023-01-01", "2023-12-31"], ["2022-12-31", "2024-01-01"]),
        ("month_is", "6", ["1988-06-30"], ["1988-07-01"]),
        ("month_is", ["1", "6"], ["1988-06-30", "1988-01-01"], ["1988-02-01"]),
        ("weekday_is", "3", ["2024-06-12"], ["2024-06-11"]),
        ("weekday_is", ["6", "7"], ["2024-06-15", "2024-06-16"], ["2024-06-14", "2024-06-17"]),
    ],
)
def test_a_date_is_compared_as_a_day(operator: str, value: Any, true: list[str], false: list[str]) -> None:
    assert [asked(day, operator, value) for day in true] == [True] * len(true)
    assert [asked(day, operator, value) for day in false] == [False] * len(false)


@pytest.mark.parametrize(
    ("operator", "hours", "true", "false"),
    [
        # From 10:00: ten hours back is midnight of today, eleven yesterday.
        ("last", 10, ["2024-06-12"], ["2024-06-11", "2024-06-13"]),
        ("last", 11, ["2024-06-12", "2024-06-11"], ["2024-06-10"]),
        ("not_last", 10, ["2024-06-11"], ["2024-06-12"]),
        # Thirteen hours ahead is 23:00, fourteen tomorrow.
        ("next", 13, ["2024-06-12"], ["2024-06-11", "2024-06-13"]),
        ("next", 14, ["2024-06-12", "2024-06-13"], ["2024-06-14"]),
        ("anniversary_next", 13, ["1988-06-12"], ["1988-06-13"]),
        ("anniversary_next", 14, ["1988-06-13"], ["1988-06-14"]),
    ],
)
def test_hours_mean_the_days_they_touch(operator: str, hours: int, true: list[str], false: list[str]) -> None:
    value = {"n": hours, "unit": "hour"}
    assert [asked(day, operator, value) for day in true] == [True] * len(true)
    assert [asked(day, operator, value) for day in false] == [False] * len(false)


def test_a_time_in_the_rule_stands_for_its_day_in_the_shop() -> None:
    late = "2024-06-10T23:00:00Z"  # 01:00 on the 11th in Paris
    assert asked("2024-06-11", "on", late) is True
    assert asked("2024-06-10", "before", late) is True
    assert asked("2024-06-11", "before", late) is False
    assert asked("2024-06-12", "after", late) is True


@pytest.mark.parametrize(
    ("born", "today", "days", "expected"),
    [
        # 29 February falls on the 28th in common years …
        ("2000-02-29", "2023-02-21", 7, True),
        ("2000-02-29", "2023-02-21", 6, False),
        ("2000-02-29", "2023-02-28", 1, True),
        ("2000-02-29", "2023-03-01", 30, False),
        # … and on itself in leap years.
        ("2000-02-29", "2024-02-22", 7, True),
        ("2000-02-29", "2024-02-22", 6, False),
        ("2000-02-29", "2024-02-29", 1, True),
        ("2000-02-28", "2024-02-29", 1, False),
        # Over the turn of the year.
        ("1990-01-02", "2024-12-30", 3, True),
        ("1990-01-02", "2024-12-30", 2, False),
        # Yesterday's is a year away; a year reaches it.
        ("1990-01-01", "2024-01-02", 364, False),
        ("1990-01-01", "2024-01-02", 365, True),
        # Month and day alone: a date to come has its anniversaries too.
        ("2030-01-03", "2024-01-02", 1, True),
    ],
)
def test_anniversaries(born: str, today: str, days: int, expected: bool) -> None:
    assert asked(born, "anniversary_next", {"n": days, "unit": "day"}, on_day(today)) is expected


def test_every_anniversary_lies_within_any_long_stretch() -> None:
    assert asked("1990-01-01", "anniversary_next", {"n": 5000, "unit": "year"}, on_day("2024-01-02")) is True


def test_last_month_reaches_back_to_the_months_end() -> None:
    assert asked("2024-02-29", "last", {"n": 1, "unit": "month"}, on_day("2024-03-31")) is True
    assert asked("2024-02-28", "last", {"n": 1, "unit": "month"}, on_day("2024-03-31")) is False
