from __future__ import annotations

from typing import Any

import pytest

from personalization.admin.loose import number, pair, part, rows, text


@pytest.mark.parametrize(
    ("value", "expected"),
    [(0.25, 0.25), (3, 3), (True, None), ("3", None), (None, None), (float("nan"), None), (float("inf"), None), ([3], None)],
)
def test_a_number_is_a_finite_one(value: Any, expected: float | None) -> None:
    assert number({"a": {"b": value}}, "a", "b") == expected


@pytest.mark.parametrize("data", [None, [], "a", 3, {}, {"a": None}, {"a": ["b"]}, {"a": {"c": 1}}])
def test_what_is_not_there_is_empty(data: Any) -> None:
    assert number(data, "a", "b") is None
    assert part(data, "a", "b") == {}
    assert rows(data, "a", "b") == []
    assert text(data, "a", "b") == ""
    assert pair(data, "a", "b") is None


def test_objects_and_texts() -> None:
    data = {"a": {"b": 1}, "c": [{"d": 1}, 2, {"d": 3}], "e": "f"}
    assert part(data, "a") == {"b": 1}
    assert rows(data, "c") == [{"d": 1}, {"d": 3}]
    assert text(data, "e") == "f"
    assert text(data, "a") == ""


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ([0.1, 0.2], (0.1, 0.2)),
        ([0.2, 0.1], (0.1, 0.2)),
        ([0.1], None),
        ([0.1, None], None),
        ("ab", None),
        ({"a": 1, "b": 2}, None),
    ],
)
def test_an_interval_has_two_ends(value: Any, expected: Any) -> None:
    assert pair({"a": value}, "a") == expected
