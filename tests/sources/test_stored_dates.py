from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from segmentation.sources.stored import dates as module
from segmentation.sources.stored.dates import Dates
from segmentation.sources.stored.values import Wrong


def test_a_date_alone_is_the_beginning_of_its_day_in_the_zone():
    assert Dates(ZoneInfo("Europe/Paris")).read("2026-03-01") == datetime(2026, 2, 28, 23, tzinfo=UTC)


def test_an_offset_of_the_form_counts():
    assert Dates(UTC, "%Y%m%d %z").read("20260301 +0200") == datetime(2026, 2, 28, 22, tzinfo=UTC)


@pytest.mark.parametrize(("text", "why"), [("", "is required"), ("20", "is no date"), ("12345678901", "is no date")])
def test_no_dates(text, why):
    with pytest.raises(Wrong, match=why):
        Dates(UTC).read(text)


def test_no_more_are_remembered_than_fit(monkeypatch):
    monkeypatch.setattr(module, "MOST_KEPT", 1)
    dates = Dates(UTC)
    assert [dates.read(f"2026-03-0{day}").day for day in (1, 2, 3, 1)] == [1, 2, 3, 1]
