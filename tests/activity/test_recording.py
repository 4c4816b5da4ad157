from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import transaction

from segmentation import receivers
from segmentation.activity import Context, Deed, Recorded, record, record_counted, record_many
from segmentation.models import Activity, MergeCause, Profile, Purpose
from segmentation.profiles import sync
from segmentation.profiles.consents import say
from segmentation.profiles.merging import merge
from segmentation.profiles.visitors import welcome
from segmentation.signals import activity_recorded
from tests.cast import NOW, ago, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def consent(configure):
    """PROFILING_CONSENT as the setting says."""
    return lambda setting: configure(PROFILING_CONSENT=setting)


def kinds():
    return list(Activity.objects.order_by("pk").values_list("kind", flat=True))


# One row.


def test_a_row_is_written_and_given_back():
    row = record("view", now=NOW, visitor="v1", product_id="LAMP", value="2", context=Context(hour=9, device="phone"))

    found = Activity.objects.get()
    assert found == row
    assert (found.shop, found.kind, found.at, found.visitor, found.product_id, found.value) == (
        "default",
        "view",
        NOW,
        "v1",
        "LAMP",
        2,
    )
    assert (found.hour, found.device, found.country) == (9, "phone", "")


def test_what_is_wrong_is_told_and_nothing_written():
    with pytest.raises(ValueError, match="is no kind of activity"):
        record("Bad Kind", now=NOW, visitor="v1")
    with pytest.raises(ValueError, match="somebody must have done it"):
        record("view", now=NOW)
    with pytest.raises(ValueError, match="now must be aware"):
        record("view", now=NOW.replace(tzinfo=None), visitor="v1")
    assert kinds() == []
    assert not Profile.objects.exists()


def test_a_customer_by_a_number(alice):
    sync(now=ago(1))

    assert record("view", now=NOW, customer=alice.pk).customer == str(alice.pk)
    assert profile_of(alice).seen_at == NOW


def test_the_same_uid_twice_is_one_row():
    first = record("view", now=NOW, visitor="v1", uid="u1")

    assert record("search", now=NOW, visitor="v2", uid="u1") is None
    assert record("view", now=NOW, visitor="v1", uid="u2") is not None
    assert Activity.objects.get(uid="u1") == first
    assert Activity.objects.count() == 2


def test_a_uid_is_of_one_shop(configure):
    record("view", now=NOW, visitor="v1", uid="u1")
    configure(SHOP="second")

    assert record("view", now=NOW, visitor="v1", uid="u1") is not None


def test_the_transaction_of_the_caller_survives_a_uid_that_was_there():
    record("view", now=NOW, visitor="v1", uid="u1")
    with transaction.atomic():
        assert record("view", now=NOW, visitor="v1", uid="u1") is None
        record("search", now=NOW, visitor="v1")

    assert kinds() == ["view", "search"]


# Consent.


@pytest.mark.parametrize("setting", ["activity", "all"])
@pytest.mark.parametrize(("word", "expected"), [(True, ["view"]), (False, []), (None, [])])
def test_only_of_those_who_agreed(consent, setting, word, expected):
    consent(setting)
    welcome("v1", now=NOW)
    Profile.objects.update(profiling=word)

    row = record("view", now=NOW, visitor="v1")
    assert kinds() == expected
    assert (row is not None) is bool(expected)


def test_of_everybody_where_nobody_is_asked(consent):
    consent("none")
    welcome("v1", now=NOW)
    Profile.objects.update(profiling=False)
    record("view", now=NOW, visitor="v1")

    assert kinds() == ["view"]


def test_whoever_is_not_known_did_not_agree(consent, alice):
    consent("activity")

    assert record("view", now=NOW, visitor="v1") is None
    assert record("view", now=NOW, customer=str(alice.pk)) is None
    assert not Profile.objects.exists()


def test_it_is_the_customers_word_where_there_is_one(consent, alice, bob):
    consent("activity")
    sync(now=NOW)
    welcome("v1", now=NOW)
    Profile.objects.filter(key__in=["visitor:v1", profile_of(bob).key]).update(profiling=True)

    assert record("view", now=NOW, customer=str(alice.pk), visitor="v1") is None
    assert record("view", now=NOW, customer=str(bob.pk), visitor="v2") is not None


def test_the_word_of_a_merged_visitor_is_that_of_whoever_they_are(consent, alice):
    consent("activity")
    sync(now=NOW)
    visitor = welcome("v1", now=NOW)
    say(visitor, Purpose.PROFILING, True, now=NOW, method="banner")
    merge(visitor, profile_of(alice), now=NOW, cause=MergeCause.LOGIN)
    assert record("view", now=NOW, visitor="v1") is not None

    say(profile_of(alice), Purpose.PROFILING, False, now=NOW, method="account")
    assert record("view", now=NOW, visitor="v1") is None


# Who is known.


def test_a_visitor_is_welcomed_where_nobody_is_asked():
    record("view", now=NOW, visitor="v1")

    visitor = Profile.objects.get()
    assert (visitor.key, visitor.kind, visitor.created_at, visitor.seen_at) == ("visitor:v1", "visitor", NOW, NOW)


def test_nobody_is_welcomed_beside_a_customer(alice):
    sync(now=NOW)
    record("view", now=NOW, customer=str(alice.pk), visitor="v1")

    assert not Profile.objects.filter(kind="visitor").exists()


def test_somebody_whose_name_cannot_be_is_nobody():
    assert record("view", now=NOW, visitor="v" * 65) is None
    assert not Profile.objects.exists()


def test_they_were_last_seen_at_their_latest_deed():
    record("view", now=ago(2), visitor="v1")
    record("view", now=NOW, visitor="v1")
    record("view", now=ago(1), visitor="v1")

    assert Profile.objects.get().seen_at == NOW


def test_whoever_a_visitor_is_merged_into_is_seen(alice):
    sync(now=ago(2))
    visitor = welcome("v1", now=ago(1))
    merge(visitor, profile_of(alice), now=ago(1), cause=MergeCause.LOGIN)
    record("view", now=NOW, visitor="v1")

    assert profile_of(alice).seen_at == NOW
    assert Profile.objects.get(pk=visitor.pk).seen_at == ago(1)


# Several.


def test_several_at_once():
    deeds = [
        Deed("view", ago(hours=2), visitor="v1", uid="a"),
        Deed("search", ago(hours=1), visitor="v1", uid="b", query="lamp"),
        Deed("view", visitor="v2", uid="c"),
        Deed("view", visitor="v3", uid="a"),
    ]

    assert record_many(deeds, now=NOW) == 3
    assert list(Activity.objects.order_by("uid").values_list("uid", "kind", "visitor", "at")) == [
        ("a", "view", "v1", ago(hours=2)),
        ("b", "search", "v1", ago(hours=1)),
        ("c", "view", "v2", NOW),
    ]
    assert dict(Profile.objects.values_list("visitor_id", "seen_at")) == {"v1": NOW, "v2": NOW}


def test_what_was_there_is_left_and_the_rest_written():
    record_many([Deed("view", visitor="v1", uid=uid) for uid in "ab"], now=NOW)

    assert record_many([Deed("search", visitor="v1", uid=uid) for uid in "abcd"], now=NOW) == 2
    assert dict(Activity.objects.values_list("uid", "kind")) == {"a": "view", "b": "view", "c": "search", "d": "search"}


def test_what_became_of_each_is_known(consent):
    consent("activity")
    Profile.objects.filter(pk=welcome("v1", now=NOW).pk).update(profiling=True)
    record_many([Deed("view", visitor="v1", uid=uid) for uid in "ab"], now=NOW)

    deeds = [Deed("search", visitor="v1", uid=uid) for uid in "abccd"] + [Deed("view", visitor="v2", uid="e")]
    assert record_counted(deeds, now=NOW) == Recorded(written=frozenset("cd"), repeated=3)
    assert record_counted(deeds, now=NOW) == Recorded(written=frozenset(), repeated=5)


def test_none_at_once(django_assert_num_queries):
    with django_assert_num_queries(0):
        assert record_many([], now=NOW) == 0


def test_one_that_is_wrong_stops_its_batch():
    with pytest.raises(ValueError, match="is no kind of activity"):
        record_many([Deed("view", visitor="v1"), Deed("NO", visitor="v1")], now=NOW)
    assert kinds() == []


def test_who_agreed_is_recorded_beside_who_did_not(consent):
    consent("activity")
    for name, word in (("v1", True), ("v2", False)):
        Profile.objects.filter(pk=welcome(name, now=NOW).pk).update(profiling=word)

    assert record_many([Deed("view", visitor=name) for name in ("v1", "v2", "v3")], now=NOW) == 1
    assert list(Activity.objects.values_list("visitor", flat=True)) == ["v1"]


def test_queries_do_not_grow_with_deeds(django_assert_num_queries):
    welcome("v1", now=ago(1))

    # A savepoint, who they are, when they were seen, the rows, its release.
    with django_assert_num_queries(5):
        record("view", now=ago(hours=1), visitor="v1")
    with django_assert_num_queries(5):
        record_many([Deed("view", visitor="v1") for _ in range(50)], now=NOW)


# Who is told.


def test_it_is_told_in_the_transaction_that_wrote_it():
    heard = []

    def hear(sender, rows, using, **said):
        heard.append((sender, [row.pk for row in rows], using, Activity.objects.count()))

    activity_recorded.connect(hear)
    try:
        record_many([Deed("view", visitor="v1", uid=uid) for uid in "aab"], now=NOW)
        record("view", now=NOW, visitor="v1", uid="a")
    finally:
        activity_recorded.disconnect(hear)
    pks = list(Activity.objects.order_by("pk").values_list("pk", flat=True))
    assert heard == [(Activity, pks, "default", 2)]


def test_the_engine_hears_of_each_row_once(configure, monkeypatch, django_capture_on_commit_callbacks):
    configure(CHANGES="inline")
    receivers.connect()
    followed = []
    monkeypatch.setattr(receivers.changes, "follow", lambda notices, now: followed.append(notices))

    with django_capture_on_commit_callbacks(execute=True):
        record_many([Deed("view", visitor="v1"), Deed("view", visitor="v2")], now=NOW)
    rows = list(Activity.objects.order_by("pk"))
    assert followed == [[("events", str(row.pk)) for row in rows]]
    with django_capture_on_commit_callbacks(execute=True):
        rows[0].save()
    assert followed[1:] == [[("events", str(rows[0].pk))]]


def test_a_receiver_that_raises_harms_nothing():
    def raise_it(**said):
        raise RuntimeError

    activity_recorded.connect(raise_it)
    try:
        record("view", now=NOW, visitor="v1")
    finally:
        activity_recorded.disconnect(raise_it)
    assert kinds() == ["view"]


def test_deeds_of_more_than_a_day_ago_are_of_now():
    record_many([Deed("view", NOW - timedelta(days=2), visitor="v1")], now=NOW)

    assert Activity.objects.get().at == NOW
