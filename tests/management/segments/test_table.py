from __future__ import annotations

from datetime import UTC, datetime

import pytest

from segmentation.management.segments.table import shown, table


def test_text_stands_to_the_left_and_numbers_to_the_right():
    assert list(table(["slug", "size", "share"], [["vip", 1234, 0.5], ["dormant", None, None]])) == [
        "slug      size  share",
        "vip      1,234  50.0%",
        "dormant      –      –",  # noqa: RUF001
    ]


def test_no_rows():
    assert list(table(["slug", "size"], [])) == ["slug  size"]
    assert list(table((), [])) == []


def test_no_head():
    assert list(table((), [["name", "Alice"], ["id", "7"]])) == ["name  Alice", "id    7"]


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, "–"),  # noqa: RUF001
        (0, "0"),
        (12345, "12,345"),
        (0.0, "0.0%"),
        (1 / 3, "33.3%"),
        ("text", "text"),
        (datetime(2026, 7, 1, 23, 30, tzinfo=UTC), "2026-07-02 00:30"),
    ],
)
def test_shown(value, text):
    assert shown(value) == text
