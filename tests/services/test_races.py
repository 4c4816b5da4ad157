"""Several workers at once, on a database that lets them: each race is stopped at its worst moment and then let go."""

from __future__ import annotations

from concurrent.futures import as_completed
from datetime import timedelta
from importlib import import_module
from itertools import islice
from threading import Barrier

import pytest
from django.db import IntegrityError
from django.utils import timezone

from segmentation.errors import LeaseLost, RefreshBusy
from segmentation.membership import define, evaluate_live, override, refresh
from segmentation.membership.changes import follow
from segmentation.membership.define import change, sound
from segmentation.models import JournalEntry, Lease, Membership, Profile, RefreshRun, Segment
from segmentation.profiles import SyncReport, sync
from shopdemo.shop.models import Order, User
from tests.cast import NOW, ago, key_of, keys_of, members, place_order, profile_of
from tests.services.racing import LATER, PATIENCE, Stop, assert_true_now, somebody_waits_for_a_lock, state

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

REFRESH = import_module("segmentation.membership.refresh")  # the package has functions by these names
LIVE = import_module("segmentation.membership.live")
EMPTY = import_module("segmentation.membership.empty")
SYNC = import_module("segmentation.profiles.sync")


@pytest.fixture
def segments(cast):
    """Filled. Loyal is Alice; never bought is Carol; dormant is Bob."""
    define("loyal", "orders.count() >= 3", now=NOW)
    define("never-bought", "orders.count() = 0", now=NOW)
    define("dormant", "orders.count() >= 1 and orders.count(last 180 days) = 0", now=NOW)
    refresh(now=NOW)


# Refreshes.


@pytest.mark.usefixtures("segments")
def test_a_refresh_while_another_runs_is_refused_and_one_is_written(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    read = Stop(REFRESH, "answer_everyone", monkeypatch)

    first = workers(refresh, now=LATER)
    with read.held(), pytest.raises(RefreshBusy):
        workers(refresh, now=LATER).result(PATIENCE)
    assert [(one.slug, one.entered, one.left) for one in first.result(PATIENCE).segments] == [
        ("dormant", 0, 1),
        ("loyal", 1, 0),
        ("never-bought", 0, 0),
    ]
    assert key_of(bob) in members("loyal")
    assert RefreshRun.objects.count() == 2
    assert Lease.objects.values_list("holder", "token").get() == ("", 2)
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_refreshes_that_start_together_are_as_one(bob, carol, workers):
    place_order("B3", bob, 1)
    place_order("C1", carol, 1)
    barrier = Barrier(4)

    def at_once() -> str:
        barrier.wait(PATIENCE)
        try:
            refresh(now=LATER)
        except RefreshBusy:
            return "busy"
        return "done"

    outcomes = [future.result(PATIENCE) for future in [workers(at_once) for _ in range(4)]]
    assert "done" in outcomes
    assert (key_of(bob) in members("loyal"), members("never-bought"), members("dormant")) == (True, set(), set())
    assert JournalEntry.objects.filter(at=LATER).count() == 3
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_the_first_lease_ever_is_taken_by_one(workers, monkeypatch):
    Lease.objects.all().delete()
    barrier = Barrier(4)
    read = Stop(REFRESH, "answer_everyone", monkeypatch)

    def at_once() -> None:
        barrier.wait(PATIENCE)
        refresh(now=LATER)

    futures = [workers(at_once) for _ in range(4)]
    with read.held():
        refused = list(islice(as_completed(futures, PATIENCE), 3))
    assert {type(future.exception()) for future in refused} == {RefreshBusy}
    assert [future.exception(PATIENCE) for future in futures if future not in refused] == [None]
    assert Lease.objects.values_list("holder", "token").get() == ("", 1)


@pytest.mark.usefixtures("segments")
def test_a_lease_that_ran_out_is_taken_over_and_its_holder_writes_nothing_more(bob, carol, workers, monkeypatch):
    read = Stop(REFRESH, "answer_everyone", monkeypatch)
    slow = workers(refresh, now=NOW)

    with read.held():
        place_order("B3", bob, 1)
        place_order("C1", carol, 1)
        Lease.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        refresh(now=LATER)
        truth = state()
    with pytest.raises(LeaseLost):
        slow.result(PATIENCE)
    assert state() == truth
    assert Lease.objects.values_list("holder", "token").get() == ("", 3)
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_a_holder_that_writes_is_not_disturbed(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    writing = Stop(REFRESH, "write", monkeypatch)
    slow = workers(refresh, now=NOW)

    with writing.held():  # inside its transaction, with the lease renewed and locked
        quick = workers(refresh, now=LATER)
        with pytest.raises(RefreshBusy):
            quick.result(PATIENCE)
    slow.result(PATIENCE)
    assert_true_now()


# Refreshes and live answers.


@pytest.mark.usefixtures("segments")
def test_a_live_answer_after_the_refresh_has_read_survives(alice, bob, carol, workers, monkeypatch):
    place_order("B3", bob, 1)
    read = Stop(REFRESH, "answer_everyone", monkeypatch)
    slow = workers(refresh, now=LATER)

    with read.held():
        place_order("C1", carol, placed_at=LATER)
        Order.objects.filter(number="A1").delete()
        evaluate_live([profile_of(carol).pk, profile_of(alice).pk], now=LATER)
    slow.result(PATIENCE)
    assert (members("never-bought"), members("loyal"), members("dormant")) == (set(), keys_of(bob), set())
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_a_live_answer_while_the_refresh_writes_waits_and_is_right(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    writing = Stop(REFRESH, "write", monkeypatch)
    slow = workers(refresh, now=LATER)

    with writing.held():  # Bob is about to be out of "dormant"; his row is locked
        Order.objects.filter(number="B3").delete()
        live = workers(evaluate_live, [profile_of(bob).pk], now=LATER)
        somebody_waits_for_a_lock()
        assert not live.done()
    slow.result(PATIENCE)
    live.result(PATIENCE)
    assert key_of(bob) in members("dormant")
    assert key_of(bob) not in members("loyal")
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_a_refresh_that_comes_to_somebody_being_evaluated_waits_and_leaves_them(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    reading = Stop(LIVE, "answer_few", monkeypatch)
    live = workers(evaluate_live, [profile_of(bob).pk], now=LATER)

    with reading.held():  # Bob's row is locked, his answer known, nothing written
        slow = workers(refresh, now=LATER)
        somebody_waits_for_a_lock()
        assert not slow.done()
    live.result(PATIENCE)
    slow.result(PATIENCE)
    told = [(slug, cause) for slug, cause in JournalEntry.objects.filter(at=LATER).values_list("segment__slug", "cause")]
    assert sorted(told) == [("dormant", "change"), ("loyal", "change")]
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_a_segment_being_filled_forgets_nobody_who_is_evaluated_meanwhile(carol, workers, monkeypatch):
    define("buyers", "orders.count() >= 1", now=NOW)
    read = Stop(REFRESH, "answer_everyone", monkeypatch)
    slow = workers(refresh, now=LATER)

    with read.held():
        place_order("C1", carol, placed_at=LATER)
        evaluate_live([profile_of(carol).pk], now=LATER)
    slow.result(PATIENCE)
    assert key_of(carol) in members("buyers")
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_live_answers_all_over_while_refreshes_run(cast, workers):
    people = [User.objects.create_user(f"u{number}@shop.test") for number in range(12)]
    sync(now=NOW)
    ids = [profile_of(one).pk for one in people]

    def shop(worker: int) -> None:
        for turn in range(6):
            mine = people[(worker + turn) % len(people)]
            Order.objects.create(number=f"{worker}-{turn}", user=mine, placed_at=ago(1), total=1)
            evaluate_live(ids[turn : turn + 6][:: 1 if worker % 2 else -1], now=LATER)

    def refreshing() -> None:
        for _ in range(6):
            try:
                refresh(now=LATER)
            except RefreshBusy:
                continue

    for future in [workers(shop, worker) for worker in range(3)] + [workers(refreshing) for _ in range(2)]:
        future.result(2 * PATIENCE)
    refresh(now=LATER)
    assert_true_now()


# Live answers.


@pytest.mark.usefixtures("segments")
def test_two_live_answers_for_one_person_come_one_after_the_other(carol, workers, monkeypatch):
    reading = Stop(LIVE, "answer_few", monkeypatch)
    first = workers(evaluate_live, [profile_of(carol).pk], now=LATER)

    with reading.held():  # it has read that Carol never bought
        for number in range(3):
            place_order(f"C{number}", carol, 1)
        second = workers(evaluate_live, [profile_of(carol).pk], now=LATER)
        somebody_waits_for_a_lock()
        assert not second.done()
    first.result(PATIENCE)
    second.result(PATIENCE)
    assert members("never-bought") == set()
    assert key_of(carol) in members("loyal")
    assert profile_of(carol).revision == 2
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_live_answers_at_once_write_once(carol, workers):
    for number in range(3):
        place_order(f"C{number}", carol, 1)
    barrier = Barrier(4)

    def at_once() -> None:
        barrier.wait(PATIENCE)
        evaluate_live([profile_of(carol).pk], now=LATER)

    for future in [workers(at_once) for _ in range(4)]:
        future.result(PATIENCE)
    assert JournalEntry.objects.filter(at=LATER).count() == 2
    assert profile_of(carol).revision == 4
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_nobody_enters_a_segment_that_is_archived_meanwhile(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    reading = Stop(LIVE, "answer_few", monkeypatch)
    live = workers(evaluate_live, [profile_of(bob).pk], now=LATER)

    with reading.held():
        loyal = Segment.objects.get(slug="loyal")
        loyal.state = Segment.State.ARCHIVED
        change(loyal, sound("orders.count() >= 3"), now=LATER)
    live.result(PATIENCE)
    loyal.refresh_from_db()
    assert (loyal.state, loyal.size, members("loyal")) == ("archived", None, set())


def archive(slug: str) -> None:
    """As the admin does."""
    segment = Segment.objects.get(slug=slug)
    segment.state = Segment.State.ARCHIVED
    change(segment, sound("orders.count() >= 1"), now=LATER)


@pytest.fixture
def large(cast, monkeypatch) -> Segment:
    """Filled. Archiving takes three transactions: Dan, Alice and Bob, in the order of their profiles, leave one by one."""
    monkeypatch.setattr(EMPTY, "BATCH", 1)
    segment = define("large", "orders.count() >= 1", now=NOW)
    refresh(now=NOW)
    return segment


@pytest.mark.parametrize("name", ["alice", "bob"])
def test_archiving_beside_a_live_answer_does_not_deadlock(large, cast, workers, monkeypatch, name):
    reading = Stop(LIVE, "answer_few", monkeypatch)
    ids = [profile_of(cast["alice"]).pk, profile_of(cast[name]).pk]
    live = workers(evaluate_live, ids, now=LATER)

    with reading.held():  # profiles are locked, the segment is about to be
        Order.objects.filter(user=cast[name]).delete()
        archiving = workers(archive, "large")
        somebody_waits_for_a_lock()
        assert Segment.objects.get(slug="large").state == "archived"  # which waits for nobody
        assert not archiving.done()
    live.result(PATIENCE)
    archiving.result(PATIENCE)
    large.refresh_from_db()
    assert (large.state, large.size, large.refreshed_at, members("large")) == ("archived", None, None, set())
    assert_true_now()


def test_a_live_answer_for_somebody_who_is_being_let_go_waits_and_is_right(large, dan, workers, monkeypatch):
    writing = Stop(EMPTY, "write", monkeypatch)
    archiving = workers(archive, "large")

    with writing.held():  # Dan's row and the segment's are locked
        live = workers(evaluate_live, [profile_of(dan).pk], now=LATER)
        somebody_waits_for_a_lock()
        assert not live.done()
    for one in (archiving, live):
        one.result(PATIENCE)
    assert members("large") == set()
    assert_true_now()


def test_nobody_waits_for_the_whole_of_an_emptying(large, cast, workers, monkeypatch):
    define("loyal", "orders.count() >= 3", now=NOW)
    refresh(now=NOW)
    place_order("B3", cast["bob"], 1)
    writing = Stop(EMPTY, "write", monkeypatch)
    archiving = workers(archive, "large")

    with writing.held():  # Dan has left, which is not committed; Alice and Bob are still in
        workers(evaluate_live, [profile_of(cast["bob"]).pk], now=LATER).result(PATIENCE)
        assert members("loyal") == keys_of(cast["alice"], cast["bob"])
        assert not archiving.done()
        assert members("large") == keys_of(cast["alice"], cast["bob"], cast["dan"])
    archiving.result(PATIENCE)
    assert members("large") == set()
    assert_true_now()


def test_an_emptying_that_meets_a_refresh_leaves_nobody_twice(large, workers, monkeypatch):
    writing = Stop(EMPTY, "write", monkeypatch)
    archiving = workers(archive, "large")

    with writing.held():
        refreshing = workers(refresh, now=LATER)  # which finishes what it finds unfinished
        somebody_waits_for_a_lock()
    for one in (archiving, refreshing):
        one.result(PATIENCE)
    assert members("large") == set()
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_a_size_is_right_when_somebody_comes_while_a_refresh_ends(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    adding = Stop(LIVE, "write", monkeypatch)
    counted = Stop(REFRESH._Writer, "_done", monkeypatch, before=True)
    monkeypatch.setattr(REFRESH._Writer, "_done", lambda self, segment, note: counted(self, segment, note))
    slow = workers(refresh, ["loyal"], now=LATER)

    with counted.held():  # Bob is in by the refresh; its count is to come
        Order.objects.filter(number="B3").delete()
        live = workers(evaluate_live, [profile_of(bob).pk], now=LATER)
        with adding.held():  # Bob is out by the live answer, the segment locked until it commits
            counted.go.set()
            somebody_waits_for_a_lock()
            assert not slow.done()
    live.result(PATIENCE)
    (report,) = slow.result(PATIENCE).segments
    loyal = Segment.objects.get(slug="loyal")
    assert (report.size, loyal.size, loyal.memberships.count()) == (1, 1, 1)
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_two_owners_who_save_at_once_make_two_versions(workers):
    barrier = Barrier(4)

    def save(orders: int) -> None:
        segment = Segment.objects.get(slug="loyal")
        barrier.wait(PATIENCE)
        change(segment, sound(f"orders.count() >= {orders}"), now=LATER)

    for future in [workers(save, orders) for orders in (5, 6, 7, 8)]:
        future.result(PATIENCE)
    loyal = Segment.objects.get(slug="loyal")
    assert sorted(loyal.versions.values_list("number", flat=True)) == [1, 2, 3, 4, 5]
    assert (loyal.version, loyal.definition) == (5, loyal.versions.get(number=5).definition)


@pytest.mark.usefixtures("segments")
def test_an_answer_to_a_definition_that_is_changed_while_it_is_found_is_not_written(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    reading = Stop(LIVE, "answer_few", monkeypatch)
    live = workers(evaluate_live, [profile_of(bob).pk], now=LATER)

    with reading.held():
        change(Segment.objects.get(slug="loyal"), sound('customer.country = "FR" and orders.count() >= 9'), now=LATER)
    live.result(PATIENCE)
    assert key_of(bob) not in members("loyal")
    refresh(now=LATER)
    assert members("loyal") == set()
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_a_word_said_while_a_refresh_writes_is_kept(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    loyal = Segment.objects.get(slug="loyal")
    wanted = Stop(REFRESH._Writer, "_wanted", monkeypatch)
    monkeypatch.setattr(REFRESH._Writer, "_wanted", lambda self, segment: wanted(self, segment))
    slow = workers(refresh, ["loyal"], now=LATER)

    with wanted.held():
        override(loyal, profile_of(bob), included=False, now=LATER)
    slow.result(PATIENCE)
    assert key_of(bob) not in members("loyal")


# People.


def test_two_syncs_at_once_make_everybody_once(cast, workers):
    barrier = Barrier(4)

    def at_once() -> SyncReport:
        barrier.wait(PATIENCE)
        return sync(now=NOW)

    reports = [future.result(PATIENCE) for future in [workers(at_once) for _ in range(4)]]
    assert {report.people for report in reports} == {4}
    assert sorted(Profile.objects.values_list("key", flat=True)) == sorted(keys_of(*cast.values()))


@pytest.mark.usefixtures("segments")
def test_who_signs_up_or_buys_while_a_sync_reads_the_shop_is_not_gone(workers, monkeypatch):
    read = Stop(SYNC, "take_census", monkeypatch)
    slow = workers(sync, now=LATER)

    with read.held():  # the census knows neither of them
        eve = User.objects.create_user("eve@shop.test")
        order = place_order("F1", "fay@guest.test", 1)
        follow([("customers", str(eve.pk)), ("orders", str(order.pk))], now=LATER)
    assert slow.result(PATIENCE) == SyncReport(created=0, returned=0, gone=0, people=4)
    assert (profile_of(eve).gone_at, profile_of("fay@guest.test").gone_at) == (None, None)
    assert key_of(eve) in members("never-bought")
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_who_is_back_while_a_sync_is_about_to_miss_them_is_not_gone(carol, workers, monkeypatch):
    User.objects.filter(pk=carol.pk).update(is_active=False)
    read = Stop(SYNC, "take_census", monkeypatch)
    slow = workers(refresh, now=LATER)

    with read.held():
        User.objects.filter(pk=carol.pk).update(is_active=True)
        follow([("customers", str(carol.pk))], now=LATER)
    slow.result(PATIENCE)
    assert profile_of(carol).gone_at is None
    assert key_of(carol) in members("never-bought")
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_whom_a_sync_is_about_to_mark_gone_waits_and_is_back(carol, workers, monkeypatch):
    User.objects.filter(pk=carol.pk).update(is_active=False)
    asked = Stop(SYNC, "look_up", monkeypatch)
    slow = workers(sync, now=LATER)

    with asked.held():  # the shop has just said that it does not know Carol; her row is locked
        User.objects.filter(pk=carol.pk).update(is_active=True)
        live = workers(follow, [("customers", str(carol.pk))], now=LATER)
        somebody_waits_for_a_lock()
        assert not live.done()
    assert slow.result(PATIENCE).gone == 1
    live.result(PATIENCE)
    assert profile_of(carol).gone_at is None
    assert key_of(carol) in members("never-bought")
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_an_older_look_at_somebody_does_not_overrule_a_later_one(carol, workers, monkeypatch):
    User.objects.filter(pk=carol.pk).update(is_active=False)
    asked = Stop(SYNC, "look_up", monkeypatch)
    first = workers(follow, [("customers", str(carol.pk))], now=LATER)

    with asked.held():  # it has seen her closed account
        User.objects.filter(pk=carol.pk).update(is_active=True)
        second = workers(follow, [("customers", str(carol.pk))], now=LATER)
        somebody_waits_for_a_lock()
        assert not second.done()
    for one in (first, second):
        one.result(PATIENCE)
    assert profile_of(carol).gone_at is None
    assert key_of(carol) in members("never-bought")
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_the_database_refuses_what_our_locks_forget(bob, workers):
    segment, profile = Segment.objects.get(slug="loyal"), profile_of(bob)
    barrier = Barrier(2)

    def insert() -> str:
        barrier.wait(PATIENCE)
        try:
            Membership.objects.create(segment=segment, profile=profile, since=NOW)
        except IntegrityError:
            return "refused"
        return "written"

    assert sorted(future.result(PATIENCE) for future in [workers(insert) for _ in range(2)]) == ["refused", "written"]
    assert Membership.objects.filter(segment=segment, profile=profile).count() == 1
