"""Each ready-made segment has the members that SQL finds in a real shop's orders."""

from __future__ import annotations

import datetime as dt

import pytest

from segmentation.membership import refresh
from segmentation.models import Membership
from segmentation.presets import PRESETS, add
from shopdemo.segments import VALUES
from shopdemo.shop.models import DataLoad
from tests.presets.sql import BIG_SPENDERS, CONDITIONS, STILL_BIG_SPENDERS, as_person
from tests.presets.sql import members as found_by_sql
from tests.presets.tenth import NOW

pytestmark = pytest.mark.django_db

AT_THE_END = dt.datetime(2026, 2, 27, 14, tzinfo=dt.UTC)
"""An hour after the last order, with carts that were touched minutes ago."""


def members(slug: str) -> set[str]:
    people = Membership.objects.exclude(profile__kind="visitor")
    rows = people.filter(segment__slug=slug).values_list("profile__customer_id", "profile__email")
    return {as_person(*person) for person in rows}


def refreshed(now: dt.datetime) -> dict[str, str]:
    """Slug -> problem of all presets, answered."""
    for preset in PRESETS.values():
        add(preset, values=VALUES.get(preset.slug), now=now)
    return {report.slug: report.problem for report in refresh(now=now).segments}


@pytest.mark.parametrize("now", [AT_THE_END, NOW], ids=str)
def test_members_are_those_that_sql_finds(tenth: DataLoad, now: dt.datetime) -> None:
    assert refreshed(now) == dict.fromkeys(CONDITIONS, "")
    found = {slug: members(slug) for slug in CONDITIONS}
    assert found == {slug: found_by_sql(condition, now) for slug, condition in CONDITIONS.items()}
    assert [slug for slug, people in found.items() if not people] == []


def test_big_spenders_stay_while_they_are_among_the_first_twelve_percent(tenth: DataLoad) -> None:
    refreshed(NOW)
    before = members("big-spenders")
    later = NOW + dt.timedelta(days=60)
    refresh(["big-spenders"], now=later)
    plain, wide = found_by_sql(BIG_SPENDERS, later), found_by_sql(STILL_BIG_SPENDERS, later)
    assert members("big-spenders") == plain | (wide & before)
    assert plain < members("big-spenders") < before | plain
