from __future__ import annotations

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from segmentation.sources.stored.cleaning import Wrong, read_decimal
from segmentation.sources.stored.entries import Refusal
from segmentation.sources.stored.reading import Cells, read_moment

PARIS = ZoneInfo("Europe/Paris")


@pytest.mark.parametrize(
    ("text", "zone", "expected"),
    [
        ("2025-10-02 17:09:34 -0300", None, datetime(2025, 10, 2, 20, 9, 34, tzinfo=UTC)),
        (" 2025-10-02 17:09:34 +05:30 ", PARIS, datetime(2025, 10, 2, 11, 39, 34, tzinfo=UTC)),
        ("2025-10-02T17:09:34Z", None, datetime(2025, 10, 2, 17, 9, 34, tzinfo=UTC)),
        ("2025-10-02 17:09:34", PARIS, datetime(2025, 10, 2, 15, 9, 34, tzinfo=UTC)),
        ("2025-12-02 17:09", PARIS, datetime(2025, 12, 2, 16, 9, tzinfo=UTC)),
        ("2025-12-02T16:09:00", UTC, datetime(2025, 12, 2, 16, 9, tzinfo=UTC)),
    ],
)
def test_moments(text, zone, expected):
    assert read_moment(text, zone) == expected


@pytest.mark.parametrize(
    ("value", "zone", "message"),
    [
        ("2025-10-02 17:09:34", None, "has no offset: say in which zone it is"),
        ("02/10/2025 17:09", PARIS, "is no time in ISO 8601"),
        ("02/10/2025 17:09", None, "is no time in ISO 8601"),
        (None, PARIS, "is no time in ISO 8601"),
        (20251002, None, "is no time in ISO 8601"),
    ],
)
def test_no_moments(value, zone, message):
    with pytest.raises(Wrong, match=message):
        read_moment(value, zone)


def test_cells_note_what_they_cannot_read():
    cells = Cells(7)

    assert cells.take("Total", read_decimal, "5") == 5
    assert cells.take("Taxes", read_decimal, "x") is None
    assert cells.refusals == [Refusal(7, "Taxes", "is no decimal number, such as “19.90”")]
