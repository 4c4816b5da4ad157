from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client

from personalization.measure.shown import MOST_SHOWN, note_shown
from personalization.measure.tokens import uid_of
from personalization.models import ShownList
from personalization.visitor.who import Visitor
from segmentation.models import Profile
from segmentation.profiles import user_key
from tests.cast import NOW
from tests.personalization.conftest import agree, profile_for, text
from tests.personalization.content.making import somebody

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


@pytest.fixture
def agreed(browser: Client) -> Client:
    """A browser of somebody who agreed."""
    agree(browser)
    return browser


def test_a_list_is_written_with_all_that_is_known_of_it(agreed: Client) -> None:
    with time_machine.travel(NOON, tick=False):
        token = text(agreed.get("/list/7,8,9/"))
    row = ShownList.objects.get(uid=uid_of(token))
    assert (row.strategy, row.slot, row.version_id, row.at, row.shop) == ("trending", "home", None, NOON, "default")
    assert (row.products, row.propensities, row.size) == (["7", "8", "9"], [0.5, 0.5, 0.5], 3)
    assert row.person == Profile.objects.get().key
    assert row.person.startswith("visitor:")


def test_a_customers_list_is_the_accounts(agreed: Client, alice: Any) -> None:
    profile_for(alice)
    Profile.objects.update(profiling=True)
    agreed.force_login(alice)
    agreed.get("/list/7/")
    assert ShownList.objects.get().person == user_key(alice.pk)


@pytest.mark.parametrize("word", ["", "no"])
def test_who_did_not_agree_is_counted_without_a_name(browser: Client, word: str) -> None:
    if word:
        agree(browser, word)
    browser.get("/list/7/")
    assert ShownList.objects.get().person == ""


def test_a_customer_who_refuses_is_counted_without_a_name(browser: Client, alice: Any) -> None:
    profile_for(alice)
    Profile.objects.update(profiling=False)
    browser.force_login(alice)
    browser.get("/list/7/")
    assert ShownList.objects.get().person == ""


@pytest.mark.parametrize(
    "headers", [{"User_Agent": "Googlebot/2.1"}, {"User_Agent": ""}, {"Sec_Purpose": "prefetch"}, {"Purpose": "prefetch"}]
)
def test_bots_and_pages_fetched_ahead_do_not_count(browser_of: Any, headers: dict[str, str]) -> None:
    assert text(browser_of(**headers).get("/list/7/"))
    assert not ShownList.objects.exists()


@pytest.mark.parametrize("address", ["/list/7/public/", "/list/7/cached/"])
def test_what_a_cache_shows_to_many_does_not_count(agreed: Client, address: str) -> None:
    assert text(agreed.get(address))
    assert not ShownList.objects.exists()


def test_a_page_that_failed_showed_nothing(agreed: Client) -> None:
    assert agreed.get("/list/7/?fails=1").status_code == 500
    assert not ShownList.objects.exists()


def test_lists_are_written_after_the_response_in_one_go(storefront: None, rf: Any, django_assert_num_queries: Any) -> None:
    from django.http import HttpResponse

    from personalization.middleware import VisitorMiddleware

    def two(request: Any) -> HttpResponse:
        for product in ("7", "8"):
            assert note_shown(request, strategy="trending", version=None, products=[product])
        return HttpResponse("page")

    with django_assert_num_queries(0):
        response: Any = VisitorMiddleware(two)(rf.get("/", headers={"User-Agent": "Mozilla/5.0 Chrome/130.0"}))
    with django_assert_num_queries(1):
        for close in response._resource_closers:
            close()
    assert ShownList.objects.count() == 2


def test_what_cannot_be_written_harms_nobody(agreed: Client, monkeypatch: Any, caplog: Any) -> None:
    def failing(*args: Any, **named: Any) -> Any:
        raise DatabaseError("gone")

    monkeypatch.setattr(ShownList.objects, "bulk_create", failing)
    assert len(text(agreed.get("/list/7/"))) == 38
    assert "1 shown lists could not be written" in caplog.text


def test_a_preview_and_an_empty_list_are_not_noted(rf: Any) -> None:
    visitor = Visitor(rf.get("/"), NOW)
    said: dict[str, Any] = {"strategy": "trending", "version": None}
    assert note_shown(visitor, products=[], **said) == ""
    assert note_shown(somebody(), products=["7"], **said) == ""
    assert note_shown(rf.get("/"), products=["7"], **said) == ""
    assert note_shown(None, products=["7"], **said) == ""
    assert visitor.shown == []


def test_what_makes_no_sense_is_logged_and_not_raised(rf: Any, caplog: Any) -> None:
    visitor = Visitor(rf.get("/"), NOW)
    odd: Any = ["often"]
    assert note_shown(visitor, strategy="trending", version=None, products=["7"], propensities=odd) == ""
    assert "could not be noted" in caplog.text
    assert visitor.shown == []


def test_no_request_shows_without_end(rf: Any) -> None:
    visitor = Visitor(rf.get("/"), NOW)
    tokens = [note_shown(visitor, strategy="trending", version=None, products=["7"]) for _ in range(MOST_SHOWN + 5)]
    assert tokens[MOST_SHOWN:] == [""] * 5
    assert len(visitor.shown) == MOST_SHOWN


def test_a_log_in_keeps_what_the_page_showed(rf: Any) -> None:
    visitor = Visitor(rf.get("/"), NOW)
    note_shown(visitor, strategy="trending", version=None, products=["7"])
    visitor.forget()
    assert len(visitor.shown) == 1
