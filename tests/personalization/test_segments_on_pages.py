"""Segments on pages: signed for a minute, worthless to anybody else, revoked at once, and never a reason to fail."""

from __future__ import annotations

import hashlib
import logging
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.core import signing
from django.db import DatabaseError
from django.test import AsyncClient
from django.utils import timezone

from personalization.visitor.cookies import SEGMENTS
from segmentation.models import Cause, Segment
from segmentation.signals import segment_left
from segmentation.testing import make_segment
from tests.personalization.conftest import agree, profile_for, text

SAVEPOINTS = pytest.mark.django_db(transaction=True)
"""Within a transaction, as tests are otherwise, PostgreSQL is asked behind a savepoint, which counts as two queries."""


@pytest.fixture
def alice_in(browser, alice, vip, join):
    """Alice's browser; she is logged in and a member."""
    join(vip, alice)
    browser.force_login(alice)
    return browser


def test_a_member_sees_her_part_and_everybody_else_the_other(browser, alice_in, browser_of):
    assert text(alice_in.get("/vip/")) == "for members"
    assert text(browser_of().get("/vip/")) == "for all"


@SAVEPOINTS
def test_cold_asks_two_queries_beside_the_shops_own_and_warm_none(alice_in, django_assert_num_queries):
    with django_assert_num_queries(2 + 2):  # the session and the account are the shop's
        assert text(alice_in.get("/vip/")) == "for members"
    with django_assert_num_queries(0):
        assert text(alice_in.get("/vip/")) == "for members"


def test_nobody_asks_nothing(browser, vip, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert text(browser.get("/vip/")) == "for all"
    assert browser.cookies == {}


def test_a_page_that_does_not_ask_pays_nothing_and_sets_nothing(alice_in, django_assert_num_queries):
    with django_assert_num_queries(0):
        response = alice_in.get("/plain/")
    assert text(response) == "plain"
    assert response.cookies == {}


def test_the_country_of_the_account_is_remembered_too(alice_in, django_assert_num_queries):
    alice_in.get("/vip/")
    assert text(alice_in.get("/fact/season/")) in ("spring", "summer", "autumn", "winter")
    with django_assert_num_queries(0):
        assert "source=<Source.ACCOUNT: 'account'>" in text(alice_in.get("/fact/location/"))


def test_the_cookie_is_ours_alone(alice_in):
    cookie = alice_in.get("/vip/", secure=True).cookies["rg_segments"]
    assert (cookie["httponly"], cookie["samesite"], cookie["secure"], cookie["max-age"]) == (True, "Lax", True, 60)
    assert "Cookie" in alice_in.get("/vip/").headers["Vary"]


def test_without_https_the_cookie_is_not_marked_secure(alice_in):
    assert alice_in.get("/vip/").cookies["rg_segments"]["secure"] == ""


@SAVEPOINTS
def test_after_a_minute_the_database_is_asked_again(alice_in, django_assert_num_queries):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        alice_in.get("/vip/")
    with time_machine.travel(now + timedelta(seconds=59), tick=False), django_assert_num_queries(0):
        assert text(alice_in.get("/vip/")) == "for members"
    with time_machine.travel(now + timedelta(seconds=61), tick=False), django_assert_num_queries(4):
        assert text(alice_in.get("/vip/")) == "for members"


def test_a_change_that_is_told_holds_at_once(alice_in, alice, vip):
    assert text(alice_in.get("/vip/")) == "for members"
    vip.memberships.all().delete()
    segment_left.send(Segment, segment=vip, profiles=[profile_for(alice).pk], at=timezone.now(), cause=Cause.CHANGE)
    assert text(alice_in.get("/vip/")) == "for all"


def test_a_change_of_many_holds_at_once_too(alice_in, vip):
    assert text(alice_in.get("/vip/")) == "for members"
    vip.memberships.all().delete()
    segment_left.send(Segment, segment=vip, profiles=range(10_000, 20_000), at=timezone.now(), cause=Cause.REFRESH)
    assert text(alice_in.get("/vip/")) == "for all"


def test_a_change_of_others_leaves_a_page_warm(alice_in, alice, vip, django_assert_num_queries):
    alice_in.get("/vip/")
    segment_left.send(Segment, segment=vip, profiles=[profile_for(alice).pk + 1], at=timezone.now(), cause=Cause.CHANGE)
    with django_assert_num_queries(0):
        assert text(alice_in.get("/vip/")) == "for members"


def test_a_change_that_nobody_told_holds_after_a_minute(alice_in, vip):
    now = timezone.now()
    with time_machine.travel(now, tick=False):
        assert text(alice_in.get("/vip/")) == "for members"
    vip.memberships.all().delete()
    with time_machine.travel(now + timedelta(seconds=61), tick=False):
        assert text(alice_in.get("/vip/")) == "for all"


def test_a_signature_that_was_revoked_cannot_be_replayed(alice_in, alice, vip):
    alice_in.get("/vip/")
    old = alice_in.cookies["rg_segments"].value
    vip.memberships.all().delete()
    segment_left.send(Segment, segment=vip, profiles=[profile_for(alice).pk], at=timezone.now(), cause=Cause.CHANGE)
    assert text(alice_in.get("/vip/")) == "for all"
    alice_in.cookies["rg_segments"] = old
    assert text(alice_in.get("/vip/")) == "for all"


def stolen(cookie: str) -> str:
    return cookie


def cut(cookie: str) -> str:
    return cookie[:-3]


def forged(cookie: str) -> str:
    return signing.dumps({**SEGMENTS.open(cookie), "s": ["vip"]}, salt=SEGMENTS.salt, key="another key")


def of_another_kind(cookie: str) -> str:
    return signing.dumps(SEGMENTS.open(cookie), salt="personalization.rg_place")


def of_another_shape(cookie: str) -> str:
    return SEGMENTS.seal(["vip"])


def without_a_time(cookie: str) -> str:
    return SEGMENTS.seal({**SEGMENTS.open(cookie), "t": "now"})


@pytest.mark.parametrize(
    "change", [stolen, cut, forged, of_another_kind, of_another_shape, without_a_time, lambda cookie: "", lambda cookie: "a:b:c"]
)
def test_a_cookie_that_is_not_theirs_is_ignored(alice_in, bob, browser_of, change):
    alice_in.get("/vip/")
    theirs = browser_of()
    theirs.force_login(bob)
    theirs.cookies["rg_segments"] = change(alice_in.cookies["rg_segments"].value)
    assert text(theirs.get("/vip/")) == "for all"


def test_a_stolen_cookie_is_worth_nothing_without_a_session(alice_in, browser_of):
    alice_in.get("/vip/")
    theirs = browser_of()
    theirs.cookies["rg_segments"] = alice_in.cookies["rg_segments"].value
    assert text(theirs.get("/vip/")) == "for all"


def test_after_log_out_the_old_cookie_is_worth_nothing(alice_in):
    alice_in.get("/vip/")
    old = alice_in.cookies["rg_segments"].value
    alice_in.get("/leave/")
    assert alice_in.cookies["rg_segments"].value == ""
    alice_in.cookies["rg_segments"] = old
    assert text(alice_in.get("/vip/")) == "for all"


def test_with_another_secret_key_the_database_is_asked(alice_in, settings, vip):
    alice_in.get("/vip/")
    old = alice_in.cookies["rg_segments"].value
    settings.SECRET_KEY = "another"
    assert SEGMENTS.open(old) is None


@pytest.mark.parametrize(
    ("state", "shown"), [("draft", "for all"), ("archived", "for all"), ("broken", "for members"), ("live", "for members")]
)
def test_only_segments_in_use_count_and_a_broken_one_keeps_its_members(alice_in, vip, state, shown):
    vip.state = state
    vip.save()
    assert text(alice_in.get("/vip/")) == shown


def test_who_refused_is_in_no_segment(alice_in, alice):
    profile_for(alice)
    type(profile_for(alice)).objects.update(profiling=False)
    assert text(alice_in.get("/vip/")) == "for all"
    assert text(alice_in.get("/fact/consent/")) == "False"


@SAVEPOINTS
@pytest.mark.parametrize("count", [40, 400])
def test_segments_that_do_not_fit_are_asked_for_each_time(alice_in, alice, join, caplog, django_assert_num_queries, count):
    from personalization.visitor.remembering import _tell_too_many

    _tell_too_many.cache_clear()
    segments = [
        Segment(slug=hashlib.sha256(str(number).encode()).hexdigest()[:20], name="x", definition={}, state="live")
        for number in range(count)
    ]
    for segment in Segment.objects.bulk_create(segments):
        join(segment, alice)
    with caplog.at_level(logging.WARNING, "personalization"):
        alice_in.get("/vip/")
        alice_in.get("/vip/")
    with django_assert_num_queries(0 if count == 40 else 4):
        assert text(alice_in.get("/vip/")) == "for members"
    assert len(caplog.records) == (0 if count == 40 else 1)


def test_the_signature_may_stand_in_the_session(alice_in, personalize, django_assert_num_queries):
    personalize(SIGNATURE="session")
    alice_in.get("/vip/")
    assert "rg_segments" not in alice_in.cookies
    with django_assert_num_queries(1):  # the session, which is the shop's
        assert text(alice_in.get("/vip/")) == "for members"


def test_what_others_would_be_served_carries_no_cookie_and_is_kept_private(alice_in, caplog):
    response = alice_in.get("/vip/public/")
    assert text(response) == "for members"
    assert "private" in response.headers["Cache-Control"]
    assert "public" not in response.headers["Cache-Control"]
    assert "/vip/public/ is made for one visitor" in caplog.text


def test_a_page_for_all_stays_public_and_sets_no_cookie(browser, db):
    agree(browser)
    browser.cookies.pop("rg_visit", None)
    response = browser.get("/public/")
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert response.cookies == {}


def test_djangos_cache_does_not_give_one_persons_page_to_another(alice_in, browser_of):
    assert text(alice_in.get("/vip/cached/")) == "for members"
    assert text(browser_of().get("/vip/cached/")) == "for all"


# What happens when a part fails: the page is there, with what everybody sees.


def failing(*args: Any, **named: Any) -> Any:
    raise DatabaseError("gone")


@pytest.mark.parametrize(
    "part",
    [
        "personalization.visitor.person.slugs_of",
        "personalization.visitor.person.current_profile",
        "personalization.visitor.who.look_up",
        "personalization.visitor.who.user_key",
        "personalization.visitor.who.choice.words_of",
        "personalization.visitor.who.choice.settled",
    ],
)
def test_the_database_may_fail(alice_in, monkeypatch, part):
    monkeypatch.setattr(part, failing)
    assert text(alice_in.get("/fact/segments/")) == "frozenset()"


def test_a_signature_that_cannot_be_read_is_none(alice_in, monkeypatch):
    alice_in.get("/vip/")
    monkeypatch.setattr("personalization.visitor.who.signature.read", failing)
    assert text(alice_in.get("/vip/")) == "for members"


def test_without_a_database_everybody_sees_the_default(alice_in, monkeypatch):
    monkeypatch.setattr("personalization.visitor.person.slugs_of", failing)
    assert text(alice_in.get("/vip/")) == "for all"
    assert "rg_segments" not in alice_in.cookies, "what is not known is not remembered"


def test_the_cache_may_fail(alice_in, monkeypatch):
    assert text(alice_in.get("/vip/")) == "for members"
    for name in ("get_many", "set_many"):
        monkeypatch.setattr(f"personalization.visitor.changed.cache.{name}", failing)
    assert text(alice_in.get("/vip/")) == "for members", "the age of the signature is the guarantee"
    segment_left.send(Segment, segment=Segment.objects.get(), profiles=[1], at=timezone.now(), cause=Cause.CHANGE)


def test_geoip_may_fail(browser, monkeypatch):
    monkeypatch.setattr("personalization.visitor.who.locate", failing)
    assert text(browser.get("/hello/")) == "Hello  in "


def test_the_shops_source_may_fail(alice_in, settings, configure):
    configure(SOURCE="nowhere.Shop")
    assert text(alice_in.get("/vip/")) == "for members"


def test_our_middleware_may_fail(alice_in, monkeypatch):
    monkeypatch.setattr("personalization.middleware.visitor.remember", failing)
    assert text(alice_in.get("/vip/")) == "for members"


# Async views.


@pytest.fixture
def alice_async(alice, vip, join, storefront):
    """Alice's browser, at a server that is async throughout."""
    join(vip, alice)
    client = AsyncClient()
    client.force_login(alice)
    return async_to_sync(client.get)


def test_an_async_view_loads_first(alice_async):
    assert alice_async("/later/").json() == {"segments": ["vip"], "name": "Alice"}


def test_an_async_view_that_asks_too_early_gets_the_default_and_may_load_still(alice_async, caplog):
    assert alice_async("/too-early/").json() == {"before": [], "after": ["vip"]}
    assert "await request.visitor.aload()" in caplog.text


def test_a_template_in_a_thread_may_ask_what_it_likes(alice_async):
    assert text(alice_async("/in-a-thread/")) == "for members"


def test_an_async_page_is_warm_too(alice_async, django_assert_num_queries):
    alice_async("/later/")
    with django_assert_num_queries(2):  # the session and the account: the page shows her name
        assert alice_async("/later/").json() == {"segments": ["vip"], "name": "Alice"}


def test_a_new_segment_is_seen_by_the_next_cold_page(alice_in, alice, join):
    join(make_segment("lapsed", "orders.count() >= 1000"), alice)
    assert sorted(eval(text(alice_in.get("/fact/segments/")))) == ["lapsed", "vip"]
