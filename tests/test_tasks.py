from __future__ import annotations

import json
from datetime import timedelta

import pytest
from django.utils import timezone

from segmentation import tasks
from segmentation.errors import SegmentError, SourceError
from segmentation.membership import define
from segmentation.membership.lease import hold
from segmentation.models import JournalEntry, KeptAnswer, Membership, Profile, RefreshRun, Segment
from segmentation.profiles.visitors import welcome
from shopdemo.shop.models import Order
from shopdemo.source import DemoSource
from tests.cast import NOW, keys_of, members, place_order, profile_of

pytestmark = pytest.mark.django_db


class Torn(DemoSource):
    orders = DemoSource.orders.replace(order_id=lambda order: 1 // 0, email=lambda order: 1 // 0)


def rows(*models) -> list:
    return [list(model.objects.order_by("pk").values()) for model in models]


@pytest.fixture
def segments(db):
    define("loyal", "orders.count() >= 3", now=NOW)
    define("never-bought", "orders.count() = 0", now=NOW)


@pytest.mark.parametrize("name", ["sync", "refresh", "follow", "expire_visitors"])
def test_tasks_go_by_names_that_a_beat_schedule_may_use(name):
    assert getattr(tasks, name).name == f"segmentation.tasks.{name}"


def test_the_schedule_of_the_demo_names_tasks_that_exist(settings):
    names = {entry["task"] for entry in settings.CELERY_BEAT_SCHEDULE.values()}

    ours = {name for name in names if name.startswith("segmentation.")}
    assert ours == {f"segmentation.tasks.{name}" for name in ("sync", "refresh", "expire_visitors")}


def test_answers_of_yesterday_are_deleted_with_visitors():
    for key, days in (("old", 2), ("new", 0)):
        KeptAnswer.objects.create(caller="user:1", key=key, asked="", begun_at=timezone.now() - timedelta(days=days))
    tasks.expire_visitors.delay()
    assert [kept.key for kept in KeptAnswer.objects.all()] == ["new"]


def test_sync(cast):
    tasks.sync.delay()
    assert set(Profile.objects.values_list("key", flat=True)) == keys_of(*cast.values())

    before = rows(Profile)
    tasks.sync.delay()
    assert rows(Profile) == before


def test_expire_visitors(db):
    now = timezone.now()
    welcome("old", now=now - timedelta(days=396))
    welcome("new", now=now - timedelta(days=394))

    tasks.expire_visitors.delay()
    tasks.expire_visitors.delay()
    assert list(Profile.objects.values_list("visitor_id", flat=True)) == ["new"]


@pytest.mark.usefixtures("segments")
def test_refresh(cast):
    tasks.refresh.delay()
    assert members("loyal") == keys_of(cast["alice"])
    assert members("never-bought") == keys_of(cast["carol"])

    before = rows(Membership, JournalEntry)
    tasks.refresh.delay()
    assert rows(Membership, JournalEntry) == before
    assert RefreshRun.objects.count() == 2


@pytest.mark.usefixtures("segments")
def test_refresh_of_some(cast):
    tasks.refresh.delay(["loyal"])

    assert members("loyal") == keys_of(cast["alice"])
    assert Segment.objects.get(slug="never-bought").refreshed_at is None
    with pytest.raises(SegmentError, match="no live segment is called vip"):
        tasks.refresh.delay(["vip"])


@pytest.mark.usefixtures("segments")
def test_there_is_nothing_to_do_while_another_worker_is_at_it(cast):
    with hold("refresh:default"):
        tasks.refresh.delay()

    assert not Membership.objects.exists()
    assert not RefreshRun.objects.exists()


@pytest.mark.usefixtures("segments")
def test_a_shop_that_cannot_be_read_is_no_success(cast, use_source):
    use_source(Torn)

    for task in (tasks.sync, tasks.refresh):
        with pytest.raises(SourceError):
            task.delay()
    assert not Profile.objects.exists()


@pytest.mark.usefixtures("segments")
def test_follow(cast):
    tasks.refresh.delay()
    carol = cast["carol"]
    place_order("C1", carol, 1, placed_at=timezone.now() - timedelta(minutes=1))
    notices = json.loads(json.dumps([("orders", str(Order.objects.get(number="C1").pk))]))

    tasks.follow.delay(notices)
    assert members("never-bought") == set()
    before = rows(Membership, JournalEntry)
    tasks.follow.delay(notices)
    assert rows(Membership, JournalEntry) == before
    assert profile_of(carol).revision == 2


def test_a_refresh_that_somebody_waits_for_is_done_here(segments, cast, configure):
    (segment,) = tasks.ask_refresh(["loyal"]).segments
    assert (segment.slug, segment.size) == ("loyal", 1)


def test_or_by_a_worker(segments, cast, configure):
    configure(CHANGES="celery")
    assert tasks.ask_refresh(["loyal"]) is None
    assert members("loyal") == keys_of(cast["alice"])  # the worker of the tests is quick
