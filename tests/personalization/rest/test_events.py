"""Events that a front tells: taken once, of whoever agreed, from pages of the shop."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client

from personalization.models import Click, FailedEvent
from personalization.visitor import token
from personalization.visitor.cookies import VISIT
from segmentation.membership.read import slugs_of
from segmentation.models import Activity, Profile
from segmentation.testing import make_segment
from tests.personalization.conftest import agree, profile_for, text
from tests.statements import verbs

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)
EVENTS = "/api/events/"
NOTHING = {"accepted": 0, "repeated": 0, "failed": [], "reason": None}


@pytest.fixture
def agreed(browser: Client) -> Client:
    """A browser of somebody who agreed, on a visit."""
    agree(browser)
    browser.get("/plain/")
    Activity.objects.all().delete()
    return browser


def event(name: str = "1", **said: Any) -> dict[str, Any]:
    """A view of the product with that name, or what is said."""
    return {"id": f"event-{name:0>4}", "kind": "view", **({"product": name} if "kind" not in said else {}), **said}


def send(browser: Client, *events: Any, headers: dict[str, str] | None = None, **batch: Any) -> Any:
    """The answer to a batch, sent as a page of the shop does."""
    said = {"Sec-Fetch-Site": "same-origin"} if headers is None else headers
    body = json.dumps({"events": events, **batch})
    return browser.post(EVENTS, body, content_type="text/plain", headers=said)


def answer(browser: Client, *events: Any, **batch: Any) -> dict[str, Any]:
    response = send(browser, *events, **batch)
    assert response.status_code == 202, response.content
    said: dict[str, Any] = response.json()
    return said


def kinds() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("kind", flat=True))


# What is taken.


def test_each_kind_with_all_that_it_says(agreed):
    said = [
        event("1", product="LAMP", category="Lamps", value=2),
        event("2", kind="search", query="red lamp", value="12"),
        event("3", kind="add_to_cart", product="LAMP", value=1.5),
        event("4", kind="remove_from_cart", product="LAMP"),
        event("5", kind="add_to_wishlist", product="LAMP"),
        event("6", kind="remove_from_wishlist", product="LAMP"),
        event("7", kind="checkout", value="99.90"),
    ]
    with time_machine.travel(NOON, tick=False):
        assert answer(agreed, *said) == {**NOTHING, "accepted": 7}
    rows = Activity.objects.order_by("pk").values_list("kind", "product_id", "category", "query", "value")
    assert list(rows) == [
        ("view", "LAMP", "Lamps", "", Decimal(2)),
        ("search", "", "", "red lamp", Decimal(12)),
        ("add_to_cart", "LAMP", "", "", Decimal("1.5")),
        ("remove_from_cart", "LAMP", "", "", None),
        ("add_to_wishlist", "LAMP", "", "", None),
        ("remove_from_wishlist", "LAMP", "", "", None),
        ("checkout", "", "", "", Decimal("99.90")),
    ]
    visitor = Profile.objects.get()
    assert set(Activity.objects.values_list("visitor", "device", "country", "at")) == {
        (visitor.visitor_id, "desktop", "GB", NOON)
    }


def test_the_answer_is_kept_by_nobody(agreed):
    response = send(agreed, event())
    assert response["Cache-Control"] == "private, no-store"
    assert response["Content-Type"] == "application/json"


def test_json_is_taken_as_plain_text_is(agreed):
    for number, media in enumerate(("application/json", "text/plain;charset=UTF-8")):
        body = json.dumps({"events": [event(str(number))]})
        response = agreed.post(EVENTS, body, content_type=media, headers={"Sec-Fetch-Site": "same-origin"})
        assert response.json()["accepted"] == 1


def test_a_shops_own_kind(agreed, personalize):
    personalize(EVENT_KINDS=["video_played"])
    assert answer(agreed, event(kind="video_played", product="LAMP", value=30)) == {**NOTHING, "accepted": 1}
    assert kinds() == ["video_played"]


def test_a_customer_does_it_as_the_account(agreed, alice):
    profile_for(alice)
    Profile.objects.update(profiling=True)
    agreed.force_login(alice)
    assert answer(agreed, event())["accepted"] == 1
    assert Activity.objects.values_list("customer", "visitor").get() == (str(alice.pk), "")


def test_nothing_at_all_is_a_batch_too(agreed):
    assert answer(agreed) == NOTHING


# Once.


def test_what_is_sent_again_was_taken_before(agreed):
    batch = [event("1"), event("2")]
    assert answer(agreed, *batch)["accepted"] == 2
    assert answer(agreed, *batch) == {**NOTHING, "repeated": 2}
    assert answer(agreed, event("2"), event("3"), event("3")) == {**NOTHING, "accepted": 1, "repeated": 2}
    assert kinds() == ["view"] * 3


def test_what_is_sent_again_after_a_log_in_was_taken_before(agreed, alice):
    profile_for(alice)
    assert answer(agreed, event())["accepted"] == 1
    agreed.get(f"/enter/{alice.email}/")
    assert answer(agreed, event())["repeated"] == 1


def test_nobody_takes_the_ids_of_others(browser_of, agreed):
    other = browser_of()
    agree(other)
    assert answer(agreed, event())["accepted"] == 1
    assert answer(other, event())["accepted"] == 1
    assert Activity.objects.filter(kind="view").values("visitor").distinct().count() == 2


# When.


@pytest.mark.parametrize(
    ("at", "sent_at", "expected"),
    [
        (None, None, timedelta(0)),
        (timedelta(minutes=-5), None, timedelta(minutes=-5)),
        (timedelta(minutes=5), None, timedelta(0)),
        (timedelta(days=-400), timedelta(days=-400, minutes=7), timedelta(minutes=-7)),
        (timedelta(days=3), timedelta(days=3, seconds=20), timedelta(seconds=-20)),
        (timedelta(hours=-30), timedelta(0), timedelta(hours=-24)),
        (timedelta(hours=-30), None, timedelta(hours=-24)),
    ],
)
def test_a_wrong_clock_is_put_right(agreed, at, sent_at, expected):
    said = {} if at is None else {"at": (NOON + at).isoformat()}
    batch = {} if sent_at is None else {"sent_at": (NOON + sent_at).isoformat()}
    with time_machine.travel(NOON, tick=False):
        answer(agreed, event(**said, product="1"), **batch)
    assert Activity.objects.get(kind="view").at == NOON + expected


def test_the_ends_of_all_time_are_times(agreed):
    moments = ["0001-01-01T00:00:00+14:00", "9999-12-31T23:59:59-12:00"]
    assert answer(agreed, event(at=moments[0], product="1"), sent_at=moments[1])["accepted"] == 1


# The visit.


def test_recommendations_of_the_visit_know_at_once(agreed):
    assert text(agreed.get("/fact/last_viewed/")) == ""
    answer(agreed, event("7"), event("8"), event("9", kind="search", query="lamp"))
    assert VISIT.open(agreed.cookies["rg_visit"].value)["viewed"] == ["8", "7"]
    assert text(agreed.get("/fact/last_viewed/")) == "8"


def test_a_visit_begins_with_events_where_none_goes_on(agreed):
    del agreed.cookies["rg_visit"]
    with time_machine.travel(NOON, tick=False):
        first = event("1", at=(NOON - timedelta(seconds=30)).isoformat(), product="7")
        assert answer(agreed, event("2"), first) == {**NOTHING, "accepted": 2}
        assert answer(agreed, event("3"))["accepted"] == 1
    assert kinds() == ["visit", "view", "view", "view"]
    assert Activity.objects.get(kind="visit").at == NOON - timedelta(seconds=30)


def test_a_visit_whose_answer_was_lost_is_one_visit(agreed):
    lost = agreed.cookies["rg_visit"].value
    del agreed.cookies["rg_visit"]
    batch = [event("1"), event("2")]
    answer(agreed, *batch)
    del agreed.cookies["rg_visit"]
    assert lost
    assert answer(agreed, *batch) == {**NOTHING, "repeated": 2}
    assert kinds() == ["visit", "view", "view"]


def test_the_front_may_say_how_a_visit_came_about(agreed):
    del agreed.cookies["rg_visit"]
    page = "https://front.example/lamps?utm_source=News&utm_medium=email&token=secret"
    said = event(kind="visit", page=page, referrer="https://mail.example/inbox/7")
    assert answer(agreed, said, event("2")) == {**NOTHING, "accepted": 2}
    visit = Activity.objects.get(kind="visit")
    assert (visit.utm_source, visit.channel, visit.referrer) == ("news", "email", "mail.example")
    assert answer(agreed, event("3", kind="visit")) == {**NOTHING, "repeated": 1}  # of the visit that goes on


@pytest.mark.parametrize("address", ["http://[", "?", "//", "http://front.example:99999/?utm_source=\x00"])
def test_an_address_that_is_none_harms_nothing(agreed, address):
    del agreed.cookies["rg_visit"]
    assert answer(agreed, event(kind="visit", page=address, referrer=address))["accepted"] == 1


# Lists that were recommended.


def test_a_click_is_counted_with_its_list_once(agreed):
    token = text(agreed.get("/list/7,8/"))
    click = {"kind": "recommendation_click", "shown": token, "place": 2}
    assert answer(agreed, event("1", **click), event("2", **click)) == {**NOTHING, "accepted": 1, "repeated": 1}
    assert answer(agreed, event("1", **click)) == {**NOTHING, "repeated": 1}
    assert Click.objects.values_list("product_id", flat=True).get() == "8"
    assert kinds() == []


def test_a_click_on_no_list_fails(agreed):
    token = text(agreed.get("/list/7,8/"))
    for shown, place in ((token, 3), (token[::-1], 1), ("", 1)):
        (wrong,) = answer(agreed, event(kind="recommendation_click", shown=shown, place=place))["failed"]
        assert (wrong["pointer"], wrong["code"]) == ("/events/0/shown", "unknown-list")


# Who.


def test_nobody_who_was_not_asked(browser):
    assert answer(browser, event()) == {**NOTHING, "reason": "not-followed"}
    assert not Activity.objects.exists()


def test_nobody_who_refuses(agreed):
    agree(agreed, "no")
    assert answer(agreed, event()) == {**NOTHING, "reason": "not-followed"}


def test_nobody_whose_account_refuses(agreed, alice):
    profile_for(alice)
    Profile.objects.filter(kind="user").update(profiling=False)
    agreed.force_login(alice)
    assert answer(agreed, event()) == {**NOTHING, "reason": "not-followed"}
    assert kinds() == []


def test_nobody_whose_word_was_taken_back_elsewhere(agreed):
    agreed.get("/vip/")
    Profile.objects.update(profiling=False)
    assert answer(agreed, event()) == {**NOTHING, "reason": "not-followed"}


def test_no_bot(browser_of, configure):
    configure(PROFILING_CONSENT="none")
    bot = browser_of(User_Agent="Googlebot/2.1")
    assert answer(bot, event(), event("2", kind="nonsense")) == {**NOTHING, "reason": "not-followed"}
    assert not Profile.objects.exists()
    assert not FailedEvent.objects.exists()


def test_whoever_is_not_known_yet_gets_an_id_where_nobody_is_asked(browser, configure):
    configure(PROFILING_CONSENT="none")
    assert answer(browser, event()) == {**NOTHING, "reason": "not-known-yet"}
    assert answer(browser, event()) == {**NOTHING, "accepted": 1}
    assert kinds() == ["visit", "view"]


def test_nothing_in_a_body_says_who_it_was(agreed, bob):
    for name in ("customer", "visitor", "user", "price"):
        (wrong,) = answer(agreed, {**event(), name: str(bob.pk)})["failed"]
        assert (wrong["pointer"], wrong["code"]) == (f"/events/0/{name}", "unknown-property")
    assert kinds() == []


# Where from.


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"Sec-Fetch-Site": "same-origin"}, 202),
        ({"Origin": "http://testserver"}, 202),
        ({"Origin": "https://front.example", "Sec-Fetch-Site": "cross-site"}, 202),
        ({"Origin": "https://testserver"}, 403),
        ({"Origin": "https://evil.example", "Sec-Fetch-Site": "cross-site"}, 403),
        ({"Origin": "https://front.example.evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"Sec-Fetch-Site": "same-site"}, 403),
        ({"Sec-Fetch-Site": "none"}, 403),
        ({}, 403),
    ],
)
def test_from_pages_of_the_shop_and_of_origins_that_it_allows(agreed, personalize, headers, expected):
    personalize(FRONT_ORIGINS=["https://front.example"])
    response = send(agreed, event(), headers=headers)
    assert response.status_code == expected
    assert (kinds() == ["view"]) is (expected == 202)
    if expected == 403:
        assert response["Content-Type"] == "application/problem+json"
        assert response.json()["type"] == "urn:regulars:problem:origin"


# What is no batch.


@pytest.mark.parametrize(
    ("body", "status", "code", "pointer"),
    [
        (b" ", 400, "malformed", ""),
        (b"\xff\xfe", 400, "malformed", ""),
        (b"[]", 400, "invalid", ""),
        (b"{}", 400, "required", "/events"),
        (b'{"events": {}}', 400, "invalid", "/events"),
        (b'{"events": [], "customer": "7"}', 400, "unknown-property", "/customer"),
        (b'{"events": [], "sent_at": "yesterday"}', 400, "invalid", "/sent_at"),
        (b'{"events": [], "sent_at": "2026-06-01T12:00:00"}', 400, "invalid", "/sent_at"),
        (b'{"events":' + b"[" * 60_000, 400, "malformed", ""),
    ],
)
def test_what_is_no_batch(agreed, body, status, code, pointer):
    response = agreed.post(EVENTS, body, content_type="text/plain", headers={"Sec-Fetch-Site": "same-origin"})
    assert response.status_code == status
    said = response.json()
    assert said["type"] == "urn:regulars:problem:no-batch"
    assert [(each["pointer"], each["code"]) for each in said["errors"]] == [(pointer, code)]


def test_too_much(agreed):
    def status(body: str) -> int:
        headers = {"Sec-Fetch-Site": "same-origin"}
        return int(agreed.post(EVENTS, body, content_type="text/plain", headers=headers).status_code)

    assert status('{"events": []}'.ljust(65_536)) == 202
    assert status('{"events": []}'.ljust(65_537)) == 413
    assert send(agreed, *(event(str(number)) for number in range(51))).status_code == 413
    assert kinds() == []
    assert answer(agreed, *(event(str(number)) for number in range(50)))["accepted"] == 50


def test_other_media_and_other_methods(agreed):
    headers = {"Sec-Fetch-Site": "same-origin"}
    assert agreed.post(EVENTS, {"events": "[]"}, headers=headers).status_code == 415
    assert agreed.get(EVENTS).status_code == 405


def test_a_database_that_fails_takes_nothing_and_says_so(agreed, monkeypatch):
    def failing(*args: Any, **named: Any) -> Any:
        raise DatabaseError("gone")

    monkeypatch.setattr("personalization.collecting.taking.record_counted", failing)
    del agreed.cookies["rg_visit"]
    response = send(agreed, event())
    assert (response.status_code, response.json()["type"]) == (503, "urn:regulars:problem:unavailable")
    assert "rg_visit" not in response.cookies
    monkeypatch.undo()
    assert answer(agreed, event())["accepted"] == 1
    assert kinds() == ["visit", "view"]


# What it costs.


def test_queries_do_not_grow_with_events(agreed, django_assert_num_queries):
    agreed.get("/vip/")  # the signature, which a browser that looks at pages has
    for number in (1, 50):
        with django_assert_num_queries(4) as captured:
            answer(agreed, *(event(f"{number}-{place}") for place in range(number)))
        assert verbs(captured.captured_queries) == {"SAVEPOINT": 1, "SELECT": 1, "INSERT": 1, "RELEASE": 1}


def test_each_is_told_to_the_engine(agreed, configure: Callable[..., None], django_capture_on_commit_callbacks, monkeypatch):
    from segmentation import receivers

    configure(CHANGES="inline")
    receivers.connect()
    followed: list[Any] = []
    monkeypatch.setattr(receivers.changes, "follow", lambda notices, now: followed.append(notices))
    with django_capture_on_commit_callbacks(execute=True):
        answer(agreed, event("1"), event("2"))
    rows = Activity.objects.order_by("pk")
    assert followed == [[("events", str(row.pk)) for row in rows]]


def test_a_live_segment_changes(agreed, configure: Callable[..., None], django_capture_on_commit_callbacks):
    from segmentation import receivers

    make_segment("looks-at-lamps", 'events.count(where kind = "view" and category = "Lamps", last 7 days) >= 2')
    configure(CHANGES="inline")
    receivers.connect()
    key = Profile.objects.get().key
    for name, expected in (("1", frozenset()), ("2", {"looks-at-lamps"})):
        with django_capture_on_commit_callbacks(execute=True):
            answer(agreed, event(name, category="Lamps"))
        assert slugs_of(key) == expected


# On another origin.


def test_a_front_on_another_origin_tells_with_its_token(browser, personalize):
    personalize(FRONT_ORIGINS=["https://front.example"])
    page = {"Origin": "https://front.example", "Sec-Fetch-Site": "cross-site"}
    words = json.dumps({"words": {"profiling": True}})
    said = browser.put("/api/consent/", words, content_type="application/json", headers={**page, "Regulars-Visitor": "new"})
    response = send(browser, event("7"), headers={**page, "Regulars-Visitor": said["Regulars-Visitor"]})
    assert response.json() == {**NOTHING, "accepted": 1}
    assert response["Access-Control-Allow-Origin"] == "https://front.example"
    assert not response.cookies
    assert token.read(response["Regulars-Visitor"], NOON).cookies["rg_visit"]
    assert VISIT.open(token.read(response["Regulars-Visitor"], NOON).cookies["rg_visit"])["viewed"] == ["7"]
    again = send(browser, event("7"), headers={"Regulars-Visitor": response["Regulars-Visitor"]})  # no browser at all
    assert again.json() == {**NOTHING, "repeated": 1}


def test_a_token_that_counts_for_nothing_is_told(browser):
    response = send(browser, event(), headers={"Regulars-Visitor": "forged"})
    assert (response.status_code, response.json()["type"]) == (401, "urn:regulars:problem:visitor-token-invalid")


def test_a_browser_may_ask_first(browser, personalize):
    personalize(FRONT_ORIGINS=["https://front.example"])
    asked = {"Origin": "https://front.example", "Access-Control-Request-Method": "POST"}
    response = browser.options(EVENTS, headers=asked)
    assert (response.status_code, response["Access-Control-Allow-Origin"]) == (204, "https://front.example")
