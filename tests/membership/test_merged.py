"""Memberships follow: of a visitor who does something, turns out to be somebody, and agrees or not."""

from __future__ import annotations

import pytest
import time_machine

from segmentation import receivers
from segmentation.activity import record
from segmentation.membership import define, refresh
from segmentation.membership.read import slugs_of
from segmentation.models import MergeCause, ProfileMerge, Purpose, Segment
from segmentation.profiles.consents import say
from segmentation.profiles.merging import merge, undo
from segmentation.profiles.visitors import welcome
from tests.cast import NOW, key_of, members, profile_of

pytestmark = pytest.mark.django_db

LOOKERS = 'events.count(where kind = "view") >= 2'


@pytest.fixture(autouse=True)
def following(alice, configure, use_source):
    """A segment of those who looked twice, and changes followed as they happen."""
    define("lookers", LOOKERS, now=NOW)
    define("buyers", "orders.count() >= 1", now=NOW)
    refresh(now=NOW)
    receivers.connect()
    configure(CHANGES="inline")
    with time_machine.travel(NOW, tick=False):
        yield


@pytest.fixture
def commit(django_capture_on_commit_callbacks):
    return lambda: django_capture_on_commit_callbacks(execute=True)


def look(commit, times, **who):
    for _ in range(times):
        with commit():
            record("view", now=NOW, **who)


def journal():
    entries = Segment.objects.get(slug="lookers").journal.order_by("pk")
    return list(entries.values_list("profile__key", "entered", "cause"))


def test_a_visitor_enters_by_what_they_do(commit):
    look(commit, 1, visitor="v1")
    assert slugs_of("visitor:v1") == frozenset()

    look(commit, 1, visitor="v1")
    assert slugs_of("visitor:v1") == frozenset({"lookers"})
    assert Segment.objects.get(slug="lookers").size == 0


def test_a_customer_takes_over_what_the_visitor_did_and_undone_gives_it_back(commit, alice):
    key = key_of(alice)
    look(commit, 2, visitor="v1")
    with commit():
        merge(welcome("v1", now=NOW), profile_of(alice), now=NOW, cause=MergeCause.LOGIN)

    assert members("lookers") == {key}
    assert slugs_of("visitor:v1") == slugs_of(key) == frozenset({"lookers", "buyers"})
    assert journal()[0] == ("visitor:v1", True, "change")
    assert sorted(journal()[1:]) == [(key, True, "change"), ("visitor:v1", False, "merged")]

    with commit():
        undo(ProfileMerge.objects.get(), now=NOW)
    assert members("lookers") == {"visitor:v1"}
    assert slugs_of(key) == frozenset({"buyers"})


def test_what_a_merged_visitor_does_is_the_customers(commit, alice):
    with commit():
        merge(welcome("v1", now=NOW), profile_of(alice), now=NOW, cause=MergeCause.LOGIN)
    look(commit, 1, visitor="v1")
    look(commit, 1, customer=str(alice.pk))

    assert members("lookers") == {key_of(alice)}


def test_a_withdrawal_counts_at_once_and_so_does_a_yes(commit, configure, alice):
    visitor = welcome("v1", now=NOW)
    configure(PROFILING_CONSENT="activity")
    with commit():
        say(visitor, Purpose.PROFILING, True, now=NOW, method="banner")
    look(commit, 2, visitor="v1")
    assert members("lookers") == {"visitor:v1"}

    with commit():
        say(visitor, Purpose.PROFILING, False, now=NOW, method="banner")
    assert members("lookers") == set()
    with commit():
        say(visitor, Purpose.PROFILING, True, now=NOW, method="banner")
    assert members("lookers") == {"visitor:v1"}


def test_other_purposes_move_nobody(commit, monkeypatch):
    followed = []
    monkeypatch.setattr(receivers.changes, "follow", lambda notices, now: followed.append(notices))
    with commit():
        say(welcome("v1", now=NOW), Purpose.NEWSLETTER, True, now=NOW, method="account")

    assert followed == []


def test_a_log_in_goes_on_where_nobody_can_be_answered(commit, monkeypatch, alice, caplog):
    def fail(notices, now):
        raise RuntimeError

    monkeypatch.setattr(receivers.changes, "follow", fail)
    with commit():
        merge(welcome("v1", now=NOW), profile_of(alice), now=NOW, cause=MergeCause.LOGIN)

    assert ProfileMerge.objects.count() == 1
    assert "changes in the shop could not be followed" in caplog.text


def test_a_refresh_finds_the_same(commit, alice):
    look(commit, 2, visitor="v1")
    with commit():
        merge(welcome("v1", now=NOW), profile_of(alice), now=NOW, cause=MergeCause.LOGIN)
    before = members("lookers")
    report = refresh(now=NOW)

    assert members("lookers") == before == {key_of(alice)}
    assert [(one.entered, one.left) for one in report.segments] == [(0, 0), (0, 0)]
