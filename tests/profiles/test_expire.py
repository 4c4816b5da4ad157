from __future__ import annotations

import pytest

from segmentation.activity import Deed, record, record_many
from segmentation.models import Activity, Consent, MergeCause, Profile, Purpose
from segmentation.profiles import expire as module
from segmentation.profiles import sync
from segmentation.profiles.consents import say
from segmentation.profiles.expire import Expired, expire_visitors
from segmentation.profiles.merging import merge
from segmentation.profiles.visitors import welcome
from tests.cast import NOW, ago, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def days(configure):
    configure(VISITOR_DAYS=30, ACTIVITY_DAYS=60)


def visitors():
    return set(Profile.objects.filter(kind="visitor").values_list("visitor_id", flat=True))


def test_who_was_not_seen_for_so_long_is_forgotten_with_all_that_is_theirs():
    for name, days in (("gone", 31), ("here", 29)):
        say(welcome(name, now=ago(days)), Purpose.PROFILING, True, now=ago(days), method="banner")
        record("view", now=ago(days), visitor=name)

    assert expire_visitors(now=NOW) == Expired(visitors=1, activity=1)
    assert visitors() == {"here"}
    assert list(Activity.objects.values_list("visitor", flat=True)) == ["here"]
    assert list(Consent.objects.values_list("profile__key", flat=True)) == ["visitor:here"]
    assert expire_visitors(now=NOW) == Expired(0, 0)


def test_the_last_day_still_counts():
    welcome("v1", now=ago(30))

    assert expire_visitors(now=NOW) == Expired(0, 0)


def test_whoever_came_back_stays():
    welcome("v1", now=ago(90))
    record("view", now=ago(3), visitor="v1")

    assert expire_visitors(now=NOW) == Expired(0, 0)


def test_one_who_was_never_seen_goes_by_when_they_came():
    Profile.objects.filter(pk=welcome("v1", now=ago(40)).pk).update(seen_at=None)

    assert expire_visitors(now=NOW).visitors == 1


def test_whoever_is_a_customer_by_now_stays_and_so_do_people(alice, dan):
    sync(now=ago(400))
    merge(welcome("v1", now=ago(100)), profile_of(alice), now=ago(100), cause=MergeCause.LOGIN)

    assert expire_visitors(now=NOW) == Expired(0, 0)
    assert Profile.objects.count() == 3


def test_what_a_customer_did_in_the_same_browser_stays(alice):
    sync(now=ago(40))
    welcome("v1", now=ago(40))
    record("view", now=ago(40), visitor="v1", customer=str(alice.pk))

    assert expire_visitors(now=NOW) == Expired(visitors=1, activity=0)


def test_what_people_did_long_ago(alice):
    for days in (61, 60, 1):
        record("view", now=ago(days), customer=str(alice.pk))

    assert expire_visitors(now=NOW) == Expired(visitors=0, activity=1)
    assert Activity.objects.count() == 2


def test_other_shops_are_left_alone(configure):
    configure(SHOP="second")
    record("view", now=ago(100), visitor="v1")
    configure(SHOP="default")

    assert expire_visitors(now=NOW) == Expired(0, 0)


def test_in_batches(monkeypatch):
    monkeypatch.setattr(module, "BATCH", 2)
    record_many([Deed("view", visitor=f"v{number}") for number in range(5)], now=ago(40))
    record_many([Deed("view", customer="7") for _ in range(5)], now=ago(70))

    assert expire_visitors(now=NOW) == Expired(visitors=5, activity=10)
