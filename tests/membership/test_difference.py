from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from segmentation.membership import define, refresh
from segmentation.membership.difference import Difference, write
from segmentation.models import Cause, Membership, Profile, Segment
from segmentation.signals import segment_entered
from tests.cast import NOW, journal, key_of, keys_of, members, profile_of, rolled_back

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


@pytest.fixture
def loyal(cast):
    """Filled: Alice is in."""
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    refresh(now=NOW)
    segment.refresh_from_db()
    return segment


def moved(segment, entering=(), leaving=(), cause=Cause.CHANGE):
    difference = Difference(
        segment, [profile_of(one).pk for one in entering], [profile_of(one).pk for one in leaving], LATER, cause
    )
    with transaction.atomic():
        return write(difference)


def test_who_enters_and_who_leaves(loyal, alice, bob, dan):
    entered, left = moved(loyal, [bob, dan], [alice])

    assert (entered, left) == ([profile_of(bob).pk, profile_of(dan).pk], [profile_of(alice).pk])
    assert members("loyal") == keys_of(bob, dan)
    assert Membership.objects.get(profile=profile_of(bob)).since == LATER
    assert journal(loyal)[1:] == [
        (key_of(bob), True, LATER, "change", 1),
        (key_of(dan), True, LATER, "change", 1),
        (key_of(alice), False, LATER, "change", 1),
    ]
    loyal.refresh_from_db()
    assert loyal.size == 2


def test_writing_the_same_twice_changes_nothing(loyal, alice, bob):
    moved(loyal, [bob], [alice])
    before = list(Membership.objects.values()), journal(loyal)

    assert moved(loyal, [bob], [alice]) == ([], [])
    assert (list(Membership.objects.values()), journal(loyal)) == before
    loyal.refresh_from_db()
    assert loyal.size == 1


def test_who_is_in_keeps_since(loyal, alice):
    assert moved(loyal, [alice]) == ([], [])
    assert Membership.objects.get().since == NOW


def test_nothing_to_write_asks_nothing(loyal, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert write(Difference(loyal, [], [], LATER, Cause.CHANGE)) == ([], [])


def test_a_segment_that_was_never_filled_has_no_size_to_count(alice, loyal):
    segment = define("fresh", "orders.count() >= 1", now=NOW)

    moved(segment, [alice])
    segment.refresh_from_db()
    assert (segment.size, members("fresh")) == (None, keys_of(alice))


@pytest.mark.parametrize("state", [Segment.State.ARCHIVED, Segment.State.DRAFT])
def test_nobody_enters_a_segment_that_nobody_answers(loyal, alice, bob, state):
    Segment.objects.update(state=state)

    assert moved(loyal, [bob], [alice]) == ([], [profile_of(alice).pk])
    assert members("loyal") == set()


def test_a_broken_segment_can_still_be_told(loyal, bob):
    Segment.objects.update(state=Segment.State.BROKEN)

    assert moved(loyal, [bob]) == ([profile_of(bob).pk], [])


@pytest.mark.parametrize("cause", [Cause.CHANGE, Cause.REFRESH, Cause.FIRST_FILL, Cause.DEFINITION])
def test_the_answer_to_a_definition_that_was_changed_meanwhile_is_nobodys_business(loyal, alice, bob, cause):
    Segment.objects.update(version=2)
    told = journal(loyal)

    assert moved(loyal, [bob], [alice], cause) == ([], [])
    assert (members("loyal"), journal(loyal)) == (keys_of(alice), told)


@pytest.mark.parametrize("cause", [Cause.MANUAL, Cause.GONE, Cause.MERGED])
def test_what_is_no_answer_to_a_definition_is_written_all_the_same(loyal, alice, bob, cause):
    Segment.objects.update(version=2)

    assert moved(loyal, [bob], [alice], cause) == ([profile_of(bob).pk], [profile_of(alice).pk])
    assert members("loyal") == keys_of(bob)


@pytest.mark.parametrize("state", [Segment.State.ARCHIVED, Segment.State.DRAFT])
def test_who_leaves_a_segment_that_nobody_answers_leaves_it_in_any_version(loyal, alice, bob, state):
    Segment.objects.update(state=state, version=2)

    assert moved(loyal, [bob], [alice], Cause.DEFINITION) == ([], [profile_of(alice).pk])


def test_a_size_that_is_wrong_stands_in_nobodys_way(loyal, alice):
    Segment.objects.update(size=0)

    assert moved(loyal, leaving=[alice]) == ([], [profile_of(alice).pk])
    loyal.refresh_from_db()
    assert (loyal.size, members("loyal")) == (0, set())


def test_nobody_enters_a_segment_that_was_deleted(loyal, bob):
    Segment.objects.filter(pk=loyal.pk).delete()

    assert moved(loyal, [bob]) == ([], [])


def test_signals_after_commit(loyal, alice, bob, dan, ear, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks() as callbacks:
        moved(loyal, [bob, dan], [alice], Cause.REFRESH)
    assert ear.told == []

    for callback in callbacks:
        callback()
    said = {"sender": Segment, "segment": loyal, "at": LATER, "cause": Cause.REFRESH}
    assert ear.told == [
        ("entered", {**said, "profiles": [profile_of(bob).pk, profile_of(dan).pk]}),
        ("left", {**said, "profiles": [profile_of(alice).pk]}),
    ]


def test_no_signal_where_nobody_moves(loyal, alice, bob, ear, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks:
        moved(loyal, [alice], [bob])

    assert (callbacks, ear.told) == ([], [])


def test_no_signal_of_what_was_rolled_back(loyal, bob, ear, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True) as callbacks, rolled_back():
        moved(loyal, [bob])

    assert (callbacks, ear.told) == ([], [])
    assert key_of(bob) not in members("loyal")


def test_a_receiver_that_raises_harms_nothing(loyal, alice, bob, ear, caplog, django_capture_on_commit_callbacks):
    def careless(**said):
        raise RuntimeError("out of paper")

    segment_entered.connect(careless)
    try:
        with django_capture_on_commit_callbacks(execute=True):
            moved(loyal, [bob], [alice])
    finally:
        segment_entered.disconnect(careless)

    assert members("loyal") == keys_of(bob)
    assert [name for name, _ in ear.told] == ["entered", "left"]
    assert "out of paper" in caplog.text


def test_visitors_move_and_are_not_counted(loyal, alice, bob):
    lone = Profile.objects.create(key="visitor:v", kind="visitor", visitor_id="v", created_at=NOW)
    with transaction.atomic():
        assert write(Difference(loyal, [lone.pk, profile_of(bob).pk], [], LATER, Cause.CHANGE))[0] == [
            lone.pk,
            profile_of(bob).pk,
        ]
    loyal.refresh_from_db()
    assert (loyal.size, members("loyal")) == (2, {"visitor:v", *keys_of(alice, bob)})
    with transaction.atomic():
        assert write(Difference(loyal, [], [lone.pk], LATER, Cause.MERGED)) == ([], [lone.pk])
    loyal.refresh_from_db()
    assert loyal.size == 2
