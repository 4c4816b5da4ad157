from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest

from segmentation.membership import define, refresh
from segmentation.membership.empty import empty, empty_unanswered
from segmentation.models import JournalEntry, Segment
from tests.cast import NOW, journal, key_of, keys_of, members, profile_of

pytestmark = pytest.mark.django_db

MODULE = import_module("segmentation.membership.empty")
LATER = NOW + timedelta(hours=1)


@pytest.fixture
def buyers(cast):
    """Archived, with Alice, Bob and Dan still in; Carol is in another segment, which is live."""
    segment = define("buyers", "orders.count() >= 1", now=NOW)
    define("never-bought", "orders.count() = 0", now=NOW)
    refresh(now=NOW)
    Segment.objects.filter(pk=segment.pk).update(state=Segment.State.ARCHIVED)
    segment.refresh_from_db()
    return segment


def answers(segment: Segment) -> tuple:
    segment.refresh_from_db()
    return segment.size, segment.refreshed_at, segment.refreshed_version


def test_everybody_leaves_with_a_journal(buyers, alice, bob, carol, dan, ear, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        empty(buyers, LATER)

    gone = [dan, alice, bob]  # in the order of their profiles
    assert (members("buyers"), members("never-bought")) == (set(), keys_of(carol))
    assert journal(buyers)[3:] == [(key_of(one), False, LATER, "definition", 1) for one in gone]
    assert ear.moves() == [("left", "buyers", [profile_of(one).pk for one in gone], "definition")]
    assert answers(buyers) == (None, None, None)


def test_each_batch_is_a_transaction_of_its_own(buyers, ear, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(MODULE, "BATCH", 2)

    with django_capture_on_commit_callbacks(execute=True):
        empty(buyers, LATER)
    assert [len(profiles) for _, _, profiles, _ in ear.moves()] == [2, 1]


def test_profiles_are_locked_before_the_segment_is(buyers, monkeypatch):
    done: list[str] = []
    write = MODULE.write
    monkeypatch.setattr(MODULE, "locked", lambda rows: done.append(rows.model.__name__) or rows)
    monkeypatch.setattr(MODULE, "write", lambda difference: done.append("write") or write(difference))

    empty(buyers, LATER)
    assert done == ["Profile", "write"]


def test_a_run_that_is_cut_short_is_taken_up(buyers, alice, bob, monkeypatch):
    monkeypatch.setattr(MODULE, "BATCH", 1)
    write = MODULE.write
    calls = iter([write, lambda difference: 1 // 0])
    monkeypatch.setattr(MODULE, "write", lambda difference: next(calls)(difference))
    with pytest.raises(ZeroDivisionError):
        empty(buyers, NOW)
    assert members("buyers") == keys_of(alice, bob)
    assert answers(buyers) == (2, NOW, 1)

    monkeypatch.setattr(MODULE, "write", write)
    empty_unanswered("default", LATER)
    assert members("buyers") == set()
    assert [(entered, at) for _, entered, at, _, _ in journal(buyers)[3:]] == [(False, NOW), (False, LATER), (False, LATER)]
    assert answers(buyers) == (None, None, None)


@pytest.mark.parametrize("state", [Segment.State.LIVE, Segment.State.BROKEN])
def test_a_segment_that_is_answered_again_meanwhile_keeps_its_members(buyers, alice, bob, dan, state):
    Segment.objects.filter(pk=buyers.pk).update(state=state)

    empty(buyers, LATER)
    empty_unanswered("default", LATER)
    assert members("buyers") == keys_of(alice, bob, dan)
    assert answers(buyers) == (3, NOW, 1)


def test_another_shops_segments_are_left_alone(buyers, alice, bob, dan):
    empty_unanswered("second", LATER)

    assert members("buyers") == keys_of(alice, bob, dan)


def test_nothing_to_finish_is_one_question(db, django_assert_num_queries):
    with django_assert_num_queries(1):
        empty_unanswered("default", LATER)
    assert not JournalEntry.objects.exists()
