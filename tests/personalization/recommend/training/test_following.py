"""Lists follow orders, merges and a no to profiling, by the signals of segmentation."""

from __future__ import annotations

import pytest
import time_machine

from personalization.models import RecommendationList
from personalization.recommend.keys import person_key
from personalization.recommend.listed import Part
from segmentation import receivers
from segmentation.membership.changes import follow
from segmentation.models import MergeCause, Purpose
from segmentation.profiles.consents import say
from segmentation.profiles.merging import merge
from segmentation.signals import people_changed
from shopdemo.shop.models import Order
from tests.cast import NOW, add_line, key_of, place_order, profile_of


@pytest.fixture
def commit(bought, configure, django_capture_on_commit_callbacks):
    receivers.connect()
    configure(CHANGES="inline")
    with time_machine.travel(NOW, tick=False):
        yield lambda: django_capture_on_commit_callbacks(execute=True)


def bought_by(person):
    row = RecommendationList.objects.filter(key=person_key(key_of(person))).first()
    return None if row is None else row.packed


def test_an_order_makes_the_customers_lists_anew(commit, version, cast, goods):
    version(1)
    with commit():
        add_line(place_order("A9", cast["alice"], 0), goods[2])
    assert f'"{Part.BOUGHT}":[["{goods[2].pk}"' in bought_by(cast["alice"])
    assert bought_by(cast["bob"]) is None


def test_without_a_version_nothing_is_asked(commit, cast, goods, monkeypatch):
    monkeypatch.setattr("personalization.receivers.refresh_people", lambda *args, **said: pytest.fail("asked"))
    with commit():
        add_line(place_order("A9", cast["alice"], 0), goods[2])


def test_a_change_that_is_no_order_is_not_heard(bought, version, cast, monkeypatch):
    version(1)
    monkeypatch.setattr("personalization.receivers.refresh_people", lambda *args, **said: pytest.fail("asked"))
    follow([("customers", str(cast["alice"].pk))], now=NOW)


def test_who_says_no_has_no_lists_from_that_moment(commit, version, cast, goods):
    version(1)
    with commit():
        add_line(place_order("A9", cast["alice"], 0), goods[2])
    with commit():
        say(profile_of(cast["alice"]), Purpose.PROFILING, False, now=NOW, method="banner")
    assert bought_by(cast["alice"]) is None


def test_who_leaves_the_shop_has_no_lists(commit, version, cast, goods):
    version(1)
    key = person_key(key_of(cast["alice"]))
    with commit():
        add_line(place_order("A9", cast["alice"], 0), goods[2])
    assert bought_by(cast["alice"]) is not None
    with commit():
        cast["alice"].delete()
    assert not RecommendationList.objects.filter(key=key).exists()


def test_a_guest_who_turns_out_to_be_a_customer_gives_her_the_lists(commit, version, cast, bought):
    version(1)
    follow([("orders", str(Order.objects.get(number="D1").pk))], now=NOW)
    assert bought_by(cast["dan"]) is not None
    with commit():
        merge(profile_of(cast["dan"]), profile_of(cast["carol"]), now=NOW, cause=MergeCause.MANUAL)
    assert bought_by(cast["dan"]) is None
    assert f'["{bought[2]}"' in bought_by(cast["carol"])


def test_what_fails_here_harms_no_order(commit, version, cast, goods, monkeypatch, caplog):
    version(1)

    def fail(*args, **said):
        raise ZeroDivisionError

    monkeypatch.setattr("personalization.receivers.refresh_people", fail)
    with commit():
        add_line(place_order("A9", cast["alice"], 0), goods[2])
    assert "on_people failed" in caplog.text


def test_profiles_that_are_gone_are_no_fault(version):
    version(1)
    people_changed.send_robust(None, profiles=[999_999], relations=frozenset({"orders"}), at=NOW)
