"""Segments inside segments, while several owners and workers are at them."""

from __future__ import annotations

from importlib import import_module
from threading import Barrier

import pytest
from django.urls import reverse

from segmentation.errors import RuleError, SegmentError
from segmentation.membership import define, evaluate_live, override, refresh, withdraw
from segmentation.membership.define import change, sound
from segmentation.models import RankCutoff, Segment
from tests.cast import NOW, key_of, keys_of, members, place_order, profile_of
from tests.services.racing import LATER, PATIENCE, Stop, assert_true_now, somebody_waits_for_a_lock

pytestmark = [pytest.mark.service, pytest.mark.django_db(transaction=True)]

DEFINE = import_module("segmentation.membership.define")  # the package has functions by these names
DELETING = import_module("segmentation.admin.deleting")
OVERRIDE = import_module("segmentation.membership.override")
REFRESH = import_module("segmentation.membership.refresh")


@pytest.fixture
def segments(cast):
    """Filled. Loyal is Alice; friends, who come before them in every order, are whoever is loyal."""
    define("friends", "orders.count() >= 1", now=NOW)
    define("loyal", "orders.count() >= 3", now=NOW)
    save("friends", 'in segment "loyal"')
    refresh(now=NOW)


def save(slug: str, rule: str, state: str = "live") -> None:
    """As the admin does, once the form was found sound."""
    segment = Segment.objects.get(slug=slug)
    segment.state = state
    change(segment, sound(rule), now=NOW)


def refused(act, *arguments, **options) -> str:
    """What was said against it; nothing if it was done."""
    try:
        act(*arguments, **options)
    except (RuleError, SegmentError) as error:
        return str(error)
    return ""


@pytest.fixture
def apart(cast):
    """Two segments that have nothing to do with each other yet."""
    define("one", "orders.count() >= 1", now=NOW)
    define("two", "orders.count() >= 2", now=NOW)
    refresh(now=NOW)


@pytest.mark.usefixtures("apart")
def test_of_two_owners_who_close_a_circle_the_second_is_refused(workers, monkeypatch):
    to_two, to_one = sound('in segment "two"'), sound('in segment "one"')
    judged = Stop(DEFINE, "demand_askable", monkeypatch)
    first = workers(change, Segment.objects.get(slug="one"), to_two, now=LATER)

    with judged.held():  # all segments stand still, nothing is saved yet
        second = workers(refused, change, Segment.objects.get(slug="two"), to_one, now=LATER)
        somebody_waits_for_a_lock()
        assert not second.done()
    first.result(PATIENCE)
    assert second.result(PATIENCE) == "/rules/0/segment: the segments refer to each other in a circle: two → one → two"
    assert list(Segment.objects.order_by("slug").values_list("slug", "version")) == [("one", 2), ("two", 1)]
    refresh(now=LATER)
    assert set(Segment.objects.values_list("state", flat=True)) == {"live"}
    assert_true_now()


@pytest.mark.usefixtures("apart")
def test_of_owners_who_close_a_circle_at_once_one_wins(workers):
    define("three", "orders.count() >= 3", now=NOW)
    rules = {slug: sound(f'in segment "{after}"') for slug, after in (("one", "two"), ("two", "three"), ("three", "one"))}
    barrier = Barrier(3)

    def at_once(slug: str) -> str:
        segment = Segment.objects.get(slug=slug)
        barrier.wait(PATIENCE)
        return refused(change, segment, rules[slug], now=LATER)

    said = sorted(future.result(PATIENCE) for future in [workers(at_once, slug) for slug in rules])
    assert said[:2] == ["", ""]
    assert "in a circle" in said[2]
    refresh(now=LATER)
    assert set(Segment.objects.values_list("state", flat=True)) == {"live"}


@pytest.mark.usefixtures("apart")
def test_who_archives_a_segment_waits_for_who_refers_to_it_and_is_refused(workers, monkeypatch):
    to_two = sound('in segment "two"')
    judged = Stop(DEFINE, "demand_askable", monkeypatch)
    saving = workers(change, Segment.objects.get(slug="one"), to_two, now=LATER)

    with judged.held():
        archiving = workers(refused, save, "two", "orders.count() >= 2", "archived")
        somebody_waits_for_a_lock()
        assert not archiving.done()
    saving.result(PATIENCE)
    assert archiving.result(PATIENCE) == "two is used by one: change these first"
    assert dict(Segment.objects.values_list("slug", "state")) == {"one": "live", "two": "live"}


@pytest.mark.usefixtures("apart")
def test_who_refers_to_a_segment_waits_for_who_archives_it_and_is_refused(workers, monkeypatch):
    to_two = sound('in segment "two"')
    faithful = Stop(DEFINE, "_keep_faith", monkeypatch)
    archiving = workers(save, "two", "orders.count() >= 2", "archived")

    with faithful.held():  # nobody refers to it, it is locked, and it is archived in a moment
        saving = workers(refused, change, Segment.objects.get(slug="one"), to_two, now=LATER)
        somebody_waits_for_a_lock()
        assert not saving.done()
    archiving.result(PATIENCE)
    assert saving.result(PATIENCE) == "/rules/0/segment: the segment two is not live, so nobody is in it"
    assert list(Segment.objects.order_by("slug").values_list("slug", "state", "version")) == [
        ("one", "live", 1),
        ("two", "archived", 1),
    ]
    assert members("two") == set()


@pytest.mark.usefixtures("segments")
def test_a_word_and_a_live_answer_that_move_the_same_segments_do_not_deadlock(bob, carol, workers, monkeypatch):
    for number in range(3):
        place_order(f"C{number}", carol, 1)
    writing = Stop(OVERRIDE, "write", monkeypatch)
    word = workers(override, Segment.objects.get(slug="loyal"), profile_of(bob), included=True, now=LATER)

    with writing.held():  # Bob is loyal, which is not committed; that he is a friend is to come
        live = workers(evaluate_live, [profile_of(carol).pk], now=LATER)
        somebody_waits_for_a_lock()
        assert not live.done()
    word.result(PATIENCE)
    live.result(PATIENCE)
    assert keys_of(bob, carol) <= members("loyal") == members("friends")
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_a_word_taken_back_and_a_live_answer_do_not_deadlock(bob, carol, workers, monkeypatch):
    loyal = Segment.objects.get(slug="loyal")
    override(loyal, profile_of(bob), included=True, now=NOW)
    for number in range(3):
        place_order(f"C{number}", carol, 1)
    answered = Stop(OVERRIDE, "evaluate_live", monkeypatch)
    word = workers(withdraw, loyal, profile_of(bob), now=LATER)

    with answered.held():
        live = workers(evaluate_live, [profile_of(carol).pk], now=LATER)
        somebody_waits_for_a_lock()
    word.result(PATIENCE)
    live.result(PATIENCE)
    assert members("loyal") == members("friends") >= keys_of(carol)
    assert key_of(bob) not in members("friends")
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_words_on_both_at_once_are_both_kept(alice, bob, workers):
    barrier = Barrier(4)

    def at_once(slug: str, person: object, included: bool) -> None:
        segment, profile = Segment.objects.get(slug=slug), profile_of(person)
        barrier.wait(PATIENCE)
        override(segment, profile, included=included, now=LATER)

    said = [("loyal", bob, True), ("friends", bob, False), ("friends", alice, True), ("loyal", alice, False)]
    for future in [workers(at_once, *word) for word in said]:
        future.result(PATIENCE)
    assert (members("loyal"), members("friends")) == (keys_of(bob), keys_of(alice))
    assert_true_now()


@pytest.mark.usefixtures("segments")
def test_a_reference_that_is_saved_while_a_refresh_writes_is_answered_by_the_next(bob, workers, monkeypatch):
    place_order("B3", bob, 1)
    read = Stop(REFRESH, "answer_everyone", monkeypatch)
    slow = workers(refresh, now=LATER)

    with read.held():
        save("friends", 'not in segment "loyal"')
    slow.result(PATIENCE)
    assert (key_of(bob) in members("loyal"), key_of(bob) in members("friends")) == (True, False)
    refresh(now=LATER)
    assert members("friends").isdisjoint(members("loyal"))
    assert_true_now()


@pytest.mark.usefixtures("cast")
def test_whoever_is_evaluated_while_a_day_is_cut_off_is_ranked(bob, workers, monkeypatch):
    define("best", "top 1 by orders.sum(total)", now=NOW)
    define("rest", 'not in segment "best"', now=NOW)
    read = Stop(REFRESH, "answer_everyone", monkeypatch)
    slow = workers(refresh, now=LATER)

    with read.held():  # the cut-off is found, and not stored yet
        place_order("B3", bob, total="500.00", placed_at=LATER)
        evaluate_live([profile_of(bob).pk], now=LATER)
    slow.result(PATIENCE)
    assert RankCutoff.objects.get().limit == "12550/1"
    assert key_of(bob) in members("best")
    assert key_of(bob) not in members("rest")
    assert_true_now()


@pytest.mark.parametrize("page", ["delete", "changelist"])
@pytest.mark.usefixtures("apart")
def test_who_refers_to_a_segment_waits_for_who_deletes_it_and_is_refused(workers, monkeypatch, page, admin_client):
    one, two = (Segment.objects.get(slug=slug) for slug in ("one", "two"))
    address = reverse(f"admin:regulars_segmentation_segment_{page}", args=[two.pk] if page == "delete" else [])
    to_two = sound('in segment "two"')
    unused = Stop(DELETING, "demand_unused", monkeypatch)
    confirmed = {"post": "yes", "action": "delete_selected", "_selected_action": [two.pk]}
    deleting = workers(admin_client.post, address, confirmed)

    with unused.held():  # nobody refers to it, and it is gone in a moment
        saving = workers(refused, change, one, to_two, now=LATER)
        somebody_waits_for_a_lock()
        assert not saving.done()
    assert deleting.result(PATIENCE).status_code == 302
    assert saving.result(PATIENCE) == "/rules/0/segment: there is no segment called two"
    assert list(Segment.objects.values_list("slug", "version")) == [("one", 1)]
