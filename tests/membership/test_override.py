from __future__ import annotations

from datetime import timedelta
from importlib import import_module

import pytest

from segmentation.errors import SourceError
from segmentation.membership import define, evaluate_live, override, refresh, withdraw
from segmentation.membership.define import change, sound
from segmentation.models import Membership, Override, Segment
from shopdemo.shop.models import User
from shopdemo.source import DemoSource
from tests.cast import NOW, journal, key_of, keys_of, members, place_order, profile_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


class Torn(DemoSource):
    orders = DemoSource.orders.replace(order_id=lambda order: 1 // 0)


@pytest.fixture
def loyal(cast):
    """Filled: Alice is in."""
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    refresh(now=NOW)
    segment.refresh_from_db()
    return segment


def test_putting_somebody_in(loyal, alice, bob, carol, ear, django_capture_on_commit_callbacks):
    with django_capture_on_commit_callbacks(execute=True):
        said = override(loyal, profile_of(bob), included=True, by=carol, reason="a friend", now=LATER)

    assert members("loyal") == keys_of(alice, bob)
    assert Membership.objects.get(profile=profile_of(bob)).since == LATER
    assert journal(loyal)[-1] == (key_of(bob), True, LATER, "manual", 1)
    assert ear.moves() == [("entered", "loyal", [profile_of(bob).pk], "manual")]
    assert Override.objects.get() == said
    assert (said.included, said.by, said.reason, said.at) == (True, carol, "a friend", LATER)
    loyal.refresh_from_db()
    assert loyal.size == 2


def test_keeping_somebody_out(loyal, alice):
    override(loyal, profile_of(alice), included=False, now=LATER)

    assert members("loyal") == set()
    assert journal(loyal)[-1] == (key_of(alice), False, LATER, "manual", 1)


def test_saying_what_is_so_anyway_moves_nobody(loyal, alice, bob):
    before = journal(loyal)

    override(loyal, profile_of(alice), included=True, now=LATER)
    override(loyal, profile_of(bob), included=False, now=LATER)
    assert members("loyal") == keys_of(alice)
    assert journal(loyal) == before
    assert Membership.objects.get().since == NOW


def test_a_later_word_replaces_an_earlier(loyal, bob):
    override(loyal, profile_of(bob), included=True, reason="once", now=NOW)
    override(loyal, profile_of(bob), included=False, reason="no more", now=LATER)

    assert Override.objects.values_list("included", "reason", "at").get() == (False, "no more", LATER)
    assert key_of(bob) not in members("loyal")


def test_a_word_survives_refreshes_and_live_answers(loyal, alice, bob):
    override(loyal, profile_of(bob), included=True, now=NOW)
    override(loyal, profile_of(alice), included=False, now=NOW)
    told = journal(loyal)

    refresh(now=LATER)
    evaluate_live([profile_of(alice).pk, profile_of(bob).pk], now=LATER)
    assert members("loyal") == keys_of(bob)
    assert journal(loyal) == told


def test_a_word_survives_another_definition(loyal, alice, bob, carol):
    override(loyal, profile_of(carol), included=True, now=NOW)
    override(loyal, profile_of(bob), included=False, now=NOW)
    change(loyal, sound("orders.count() >= 2"), now=NOW)

    refresh(now=LATER)
    assert members("loyal") == keys_of(alice, carol)


def test_taking_a_word_back(loyal, alice, bob):
    override(loyal, profile_of(bob), included=True, now=NOW)
    override(loyal, profile_of(alice), included=False, now=NOW)

    for one in (alice, bob):
        withdraw(loyal, profile_of(one), now=LATER)
    assert members("loyal") == keys_of(alice)
    assert journal(loyal)[-2:] == [(key_of(alice), True, LATER, "manual", 1), (key_of(bob), False, LATER, "manual", 1)]
    assert not Override.objects.exists()


def test_taking_a_word_back_answers_that_segment_alone(loyal, alice, bob):
    define("dormant", "orders.count() >= 1 and orders.count(last 180 days) = 0", now=NOW)
    refresh(now=NOW)
    override(loyal, profile_of(bob), included=True, now=NOW)
    place_order("B3", bob, 1)

    withdraw(loyal, profile_of(bob), now=LATER)
    assert members("loyal") == keys_of(alice, bob)  # by the rule now
    assert members("dormant") == keys_of(bob)  # which the change, or the next refresh, will tell


def test_a_word_on_a_broken_segment_can_be_taken_back(loyal, alice, bob):
    override(loyal, profile_of(bob), included=True, now=NOW)
    Segment.objects.update(state=Segment.State.BROKEN)

    withdraw(loyal, profile_of(bob), now=NOW)
    assert members("loyal") == keys_of(alice, bob)
    assert not Override.objects.exists()
    refresh(now=LATER)
    assert members("loyal") == keys_of(alice)


def test_taking_back_what_nobody_said_changes_nothing(loyal, alice):
    before = journal(loyal)

    withdraw(loyal, profile_of(alice), now=LATER)
    assert (members("loyal"), journal(loyal)) == (keys_of(alice), before)


def test_a_word_stands_while_the_shop_cannot_be_read(loyal, alice, use_source):
    override(loyal, profile_of(alice), included=False, now=NOW)
    use_source(Torn)

    with pytest.raises(SourceError):
        withdraw(loyal, profile_of(alice), now=LATER)
    assert Override.objects.count() == 1
    assert members("loyal") == set()


@pytest.mark.parametrize("state", [Segment.State.DRAFT, Segment.State.ARCHIVED])
def test_in_a_segment_that_nobody_answers_the_word_waits(cast, state):
    segment = define("later", "orders.count() >= 3", state=state, now=NOW)
    refresh(now=NOW)

    override(segment, profile_of(cast["bob"]), included=True, now=NOW)
    assert members("later") == set()
    Segment.objects.update(state=Segment.State.LIVE)
    refresh(now=LATER)
    assert members("later") == keys_of(cast["alice"], cast["bob"])


def test_the_word_on_somebody_who_is_gone_waits(loyal, alice, bob):
    gone = profile_of(bob)
    User.objects.filter(pk=bob.pk).update(is_active=False)
    refresh(now=NOW)

    override(loyal, gone, included=True, now=NOW)
    assert members("loyal") == keys_of(alice)
    refresh(now=NOW)
    assert members("loyal") == keys_of(alice)
    User.objects.filter(pk=bob.pk).update(is_active=True)
    refresh(now=LATER)
    assert members("loyal") == keys_of(alice, bob)


def test_somebody_put_in_leaves_when_gone(loyal, alice, bob):
    override(loyal, profile_of(bob), included=True, now=NOW)
    User.objects.filter(pk=bob.pk).update(is_active=False)

    refresh(now=LATER)
    assert members("loyal") == keys_of(alice)
    assert journal(loyal)[-1] == (key_of(bob), False, LATER, "gone", 1)
    assert Override.objects.count() == 1


def test_a_word_said_while_a_refresh_was_under_way_is_kept(loyal, alice, bob, meanwhile):
    place_order("B3", bob, 1)

    def say():
        override(loyal, profile_of(alice), included=False, now=NOW)
        override(loyal, profile_of(bob), included=False, now=NOW)

    meanwhile(say)
    refresh(now=LATER)
    assert members("loyal") == set()


def test_a_word_said_between_two_statements_of_a_refresh_is_kept(loyal, alice, bob, monkeypatch):
    place_order("B3", bob, 1)
    writer = import_module("segmentation.membership.refresh")._Writer
    original = writer._wanted

    def wanted(self, segment):
        found = original(self, segment)
        monkeypatch.setattr(writer, "_wanted", original)
        override(loyal, profile_of(bob), included=False, now=NOW)
        return found

    monkeypatch.setattr(writer, "_wanted", wanted)
    refresh(now=LATER)
    assert members("loyal") == keys_of(alice)
