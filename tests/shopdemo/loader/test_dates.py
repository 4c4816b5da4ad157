from __future__ import annotations

import datetime as dt

import pytest

from shopdemo.loader.dates import ZONE, moved, weeks_to_move
from tests.shopdemo.wall import wall

LAST = wall("2011-12-09 12:50")


@pytest.mark.parametrize(
    ("now", "weeks"),
    [
        (dt.datetime(2011, 12, 9, 12, 50, tzinfo=dt.UTC), 0),
        (dt.datetime(2011, 12, 16, 12, 49, tzinfo=dt.UTC), 0),
        (dt.datetime(2011, 12, 16, 12, 50, tzinfo=dt.UTC), 1),
        (dt.datetime(2026, 3, 4, 12, tzinfo=dt.UTC), 742),
        # 12:50 by London's summer clock is 11:50 UTC.
        (dt.datetime(2026, 7, 3, 11, 49, tzinfo=dt.UTC), 759),
        (dt.datetime(2026, 7, 3, 11, 50, tzinfo=dt.UTC), 760),
    ],
)
def test_the_year_ends_within_the_last_seven_days(now: dt.datetime, weeks: int) -> None:
    assert weeks_to_move(LAST, now) == weeks
    assert dt.timedelta(0) <= now - moved(LAST, weeks) < dt.timedelta(days=7, hours=1)


def test_weekday_and_hour_stay_true() -> None:
    there = moved(LAST, 742)
    assert (there.weekday(), there.hour, there.minute) == (LAST.weekday(), 12, 50)
    assert there.tzinfo is ZONE


def test_summer_days_are_summer_time() -> None:
    assert moved(wall("2011-06-09 12:00"), 0).utcoffset() == dt.timedelta(hours=1)
    assert moved(wall("2011-12-09 12:00"), 0).utcoffset() == dt.timedelta(0)
