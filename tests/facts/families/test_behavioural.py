from __future__ import annotations

from datetime import UTC, datetime

import pytest

from segmentation.facts.families.behavioural import tenure_days
from segmentation.kernel.moments import Calendar
from segmentation.rules.values import Kind
from segmentation.store.encode import Encoding, encode
from tests.store.reading import plain

NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)


def days(joined, calendar):
    """The tenure of each, who joined at these times."""
    return plain(tenure_days({"customer.joined_at": encode(joined, Encoding(Kind.TIME, 0, calendar))}, NOW, calendar))


@pytest.mark.parametrize(
    ("joined", "number"),
    [
        (datetime(2026, 6, 1, 8, tzinfo=UTC), 0),
        (datetime(2026, 5, 31, 23, 30, tzinfo=UTC), 0),  # half past midnight in London
        (datetime(2026, 5, 31, 22, 30, tzinfo=UTC), 1),
        (datetime(2025, 6, 1, tzinfo=UTC), 365),
        (datetime(2026, 6, 1, 20, tzinfo=UTC), 0),  # later today
        (datetime(2026, 6, 2, 8, tzinfo=UTC), None),
        (None, None),
    ],
)
def test_whole_days_of_the_shop(joined, number):
    assert days([joined], Calendar("Europe/London")) == [number]


def test_a_day_begins_where_the_shop_is():
    joined = [datetime(2026, 5, 31, 23, 30, tzinfo=UTC)]

    assert days(joined, Calendar("America/New_York")) == [1]
