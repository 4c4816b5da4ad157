from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from segmentation.membership.status import share_of, status
from segmentation.models import Profile, RefreshRun, Segment

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)


def make_segment(slug="vip", **fields):
    return Segment.objects.create(slug=slug, name=slug.title(), definition={}, **{"state": Segment.State.LIVE, **fields})


def make_run(hours_ago=0, **fields):
    return RefreshRun.objects.create(at=NOW - timedelta(hours=hours_ago), people=1, segments=1, **fields)


def make_people(**kinds):
    for key, kind in kinds.items():
        Profile.objects.create(key=key, kind=kind, created_at=NOW)


def alarms():
    return status(now=NOW).alarms


def use_source(settings, path):
    settings.SEGMENTATION = {**settings.SEGMENTATION, "SOURCE": path}


def test_an_empty_shop_is_fine():
    found = status(now=NOW)

    assert (found.shop, found.people, found.last_refresh, found.segments) == ("default", 0, None, ())
    assert (found.alarms, found.ignored, found.faults) == ((), {}, {})


def test_one_segment():
    make_segment(size=3, version=2, refreshed_at=NOW - timedelta(hours=2))

    (segment,) = status(now=NOW).segments

    assert (segment.slug, segment.name, segment.state, segment.version, segment.size) == ("vip", "Vip", "live", 2, 3)
    assert (segment.refreshed_at, segment.lag, segment.alarm) == (NOW - timedelta(hours=2), 7200, "")


def test_people_are_users_and_guests_who_are_not_gone():
    make_people(alice=Profile.Kind.USER, dan=Profile.Kind.GUEST, eve=Profile.Kind.VISITOR)
    Profile.objects.create(key="bob", kind=Profile.Kind.USER, created_at=NOW, gone_at=NOW)

    assert status(now=NOW).people == 2


def test_the_last_run_counts():
    make_run(hours_ago=5, ignored={"orders": 7})
    make_run(hours_ago=1, ignored={"refunds": 2}, faults={"orders.total": 4})

    found = status(now=NOW)

    assert found.last_refresh == NOW - timedelta(hours=1)
    assert (found.ignored, found.faults) == ({"refunds": 2}, {"orders.total": 4})
    assert found.alarms == ()


def test_a_live_segment_that_was_never_refreshed():
    make_segment()

    assert alarms() == ("vip was never refreshed",)


@pytest.mark.parametrize(
    ("age", "expected"),
    [
        (timedelta(hours=25), ()),
        (timedelta(hours=25, seconds=1), ("vip was not refreshed for 25 hours",)),
        (timedelta(days=3), ("vip was not refreshed for 72 hours",)),
    ],
)
def test_a_live_segment_that_is_stale(age, expected):
    make_segment(refreshed_at=NOW - age)

    assert alarms() == expected


def test_a_broken_segment_raises_one_alarm():
    make_segment(state=Segment.State.BROKEN, problem="unknown fact x", refreshed_at=NOW - timedelta(days=9))

    assert alarms() == ("vip is broken and keeps the members it had: unknown fact x",)


@pytest.mark.parametrize("state", [Segment.State.DRAFT, Segment.State.ARCHIVED])
def test_a_segment_that_is_not_answered_raises_none(state):
    make_segment(state=state)

    assert alarms() == ()
    assert status(now=NOW).segments[0].lag is None


def test_a_source_with_problems(settings):
    use_source(settings, "tests.management.sources.NoOrders")

    assert alarms() == ("shop source: orders: is missing; order_lines takes its times from there",)


def test_a_source_that_cannot_be_had(settings):
    use_source(settings, "nothing.Shop")

    (alarm,) = alarms()

    assert alarm.startswith('shop source: SEGMENTATION["SOURCE"] = "nothing.Shop" cannot be imported')


def test_another_shop_is_not_ours():
    make_segment(shop="other")
    RefreshRun.objects.create(shop="other", at=NOW, people=1, segments=1)
    Profile.objects.create(shop="other", key="user:1", kind=Profile.Kind.USER, created_at=NOW)

    found = status(now=NOW)

    assert (found.people, found.last_refresh, found.segments) == (0, None, ())


def test_three_queries_whatever_the_number_of_segments(django_assert_num_queries):
    for number in range(12):
        make_segment(f"segment-{number:02}", refreshed_at=NOW)

    with django_assert_num_queries(3):
        found = status(now=NOW)

    assert [segment.slug for segment in found.segments] == [f"segment-{number:02}" for number in range(12)]


@pytest.mark.parametrize(("size", "people", "share"), [(None, 4, None), (1, 4, 0.25), (0, 0, 0.0), (4, 4, 1.0)])
def test_share(size, people, share):
    assert share_of(size, people) == share


def test_a_refresh_as_of_a_moment_ahead_is_an_alarm():
    make_segment(refreshed_at=NOW + timedelta(days=1))
    assert alarms() == ("vip was refreshed as of a moment that lies ahead: until then every refresh is refused",)
