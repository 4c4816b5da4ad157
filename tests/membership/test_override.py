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


# Segments inside segments


@pytest.fixture
def users(loyal):
    """Friends are whoever is loyal; strangers whoever is no friend; by the owner's word on "loyal" both follow."""
    define("friends", 'in segment "loyal"', now=NOW)
    define("strangers", 'not in segment "friends"', now=NOW)
    define("buyers", "orders.count() >= 1", now=NOW)
    define("idea", 'in segment "loyal"', state="draft", now=NOW)
    refresh(now=NOW)
    return loyal


def test_who_refers_to_a_segment_follows_a_word_on_it_at_once(
    users, alice, bob, carol, dan, ear, django_capture_on_commit_callbacks
):
    with django_capture_on_commit_callbacks(execute=True):
        override(users, profile_of(bob), included=True, now=LATER)
    assert members("friends") == keys_of(alice, bob)
    assert members("strangers") == keys_of(carol, dan)
    pk = [profile_of(bob).pk]
    assert ear.moves() == [
        ("entered", "loyal", pk, "manual"),
        ("entered", "friends", pk, "change"),
        ("left", "strangers", pk, "change"),
    ]
    assert journal(Segment.objects.get(slug="friends"))[-1] == (key_of(bob), True, LATER, "change", 1)

    override(users, profile_of(alice), included=False, now=LATER)
    assert (members("friends"), members("strangers")) == (keys_of(bob), keys_of(alice, carol, dan))
    assert members("idea") == set()


def test_who_refers_to_a_segment_follows_when_the_word_is_taken_back(users, alice, bob, carol, dan):
    override(users, profile_of(bob), included=True, now=NOW)
    override(users, profile_of(alice), included=False, now=NOW)

    for one in (alice, bob):
        withdraw(users, profile_of(one), now=LATER)
    assert members("loyal") == members("friends") == keys_of(alice)
    assert members("strangers") == keys_of(bob, carol, dan)


def test_what_does_not_refer_to_it_is_left_for_the_change_to_tell(users, carol):
    place_order("C1", carol, 1)

    override(users, profile_of(carol), included=True, now=LATER)
    assert key_of(carol) in members("friends")
    assert key_of(carol) not in members("buyers")


def test_a_word_on_a_broken_segment_reaches_who_refers_to_it(users, alice, bob):
    Segment.objects.filter(slug="loyal").update(state=Segment.State.BROKEN)

    override(users, profile_of(bob), included=True, now=LATER)
    assert members("loyal") == members("friends") == keys_of(alice, bob)
    withdraw(users, profile_of(bob), now=LATER)
    assert members("loyal") == members("friends") == keys_of(alice, bob)  # until it works again


def test_who_refers_to_it_and_is_broken_waits(users, bob):
    Segment.objects.filter(slug="friends").update(state=Segment.State.BROKEN)

    override(users, profile_of(bob), included=True, now=LATER)
    assert key_of(bob) not in members("friends")
    assert key_of(bob) in members("strangers")


def test_a_word_that_others_must_follow_is_not_said_while_the_shop_cannot_be_read(users, bob, use_source):
    define("many", 'in segment "loyal" and orders.count() >= 1', now=NOW)
    use_source(Torn)

    with pytest.raises(SourceError):
        override(users, profile_of(bob), included=True, now=LATER)
    assert not Override.objects.exists()
    assert key_of(bob) not in members("loyal")


def test_a_word_that_nobody_must_follow_needs_no_shop(loyal, bob, use_source):
    use_source(Torn)

    override(loyal, profile_of(bob), included=True, now=LATER)
    assert key_of(bob) in members("loyal")


def test_the_number_of_queries_grows_with_those_who_move_alone(users, alice, bob, django_assert_num_queries):
    person = profile_of(bob)
    # A savepoint and its release, the person, who refers to the segment, they and it locked; the word, made in savepoints; the
    # segment, its membership, journal and size; 9 + 4 of a live evaluation, which reads no order; 10 of the two that follow.
    with django_assert_num_queries(37):
        override(users, person, included=True, now=LATER)
    withdraw(users, person, now=LATER)
    for number in range(10):
        define(f"more-{number}", f'in segment "strangers" and orders.count() >= {number + 100}', now=NOW)
        define(f"other-{number}", f"orders.count() >= {number + 100}", now=NOW)

    with django_assert_num_queries(38):  # the orders
        override(users, person, included=True, now=LATER)
