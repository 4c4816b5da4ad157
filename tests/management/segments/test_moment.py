from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.core.management import CommandError

from segmentation.management.segments.moment import read_now


@pytest.fixture(autouse=True)
def _paris(settings):
    settings.SEGMENTATION = {**settings.SEGMENTATION, "TIME_ZONE": "Europe/Paris"}


def test_not_given():
    assert read_now(None) is None


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2026-03-01T12:00:00Z", datetime(2026, 3, 1, 12, tzinfo=UTC)),
        ("2026-03-01T12:00:00-05:00", datetime(2026, 3, 1, 17, tzinfo=UTC)),
        ("2026-03-01T12:00", datetime(2026, 3, 1, 11, tzinfo=UTC)),
        ("2026-07-01 12:00:30", datetime(2026, 7, 1, 10, 0, 30, tzinfo=UTC)),
        ("2026-07-01", datetime(2026, 6, 30, 22, tzinfo=UTC)),
    ],
)
def test_a_moment(text, expected):
    found = read_now(text)

    assert found == expected
    assert found.utcoffset() is not None


@pytest.mark.parametrize(
    "text", ["", "today", "2026-02-30", "2026-13-01", "01.03.2026", "2026-03-01T25:00", "0001-01-01", "9999-12-31"]
)
def test_no_moment(text):
    with pytest.raises(CommandError) as refused:
        read_now(text)

    assert str(refused.value) == f"--now: “{text}” is not a date or time in ISO 8601"
    assert refused.value.returncode == 2
