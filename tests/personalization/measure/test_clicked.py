from __future__ import annotations

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.db import DatabaseError
from django.test import Client

from personalization.measure.clicked import note_click
from personalization.measure.tokens import token_of
from personalization.models import Click, ShownList
from tests.cast import NOW
from tests.personalization.measure.conftest import make_shown

pytestmark = pytest.mark.django_db

ADDRESS = "/personalization/clicked/"
FORM = "application/x-www-form-urlencoded"


@pytest.fixture
def shown() -> ShownList:
    return make_shown("7", "8")


def clicks() -> list[tuple[int, str]]:
    return list(Click.objects.order_by("position").values_list("position", "product_id"))


def tell(browser: Client, shown: ShownList | str, place: object = 2, **headers: str) -> int:
    token = shown if isinstance(shown, str) else token_of(shown.uid)
    with time_machine.travel(NOW, tick=False):
        return browser.post(ADDRESS, f"shown={token}&place={place}", content_type=FORM, headers=headers).status_code


def test_the_product_is_the_one_that_stood_there(shown: ShownList, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(2):
        note_click(token_of(shown.uid), 2, now=NOW)
    assert clicks() == [(2, "8")]
    assert Click.objects.get().at == NOW


def test_a_click_counts_once(browser: Client, shown: ShownList) -> None:
    assert [tell(browser, shown) for _ in range(3)] == [204, 204, 204]
    assert tell(browser, shown, 1) == 204
    assert clicks() == [(1, "7"), (2, "8")]


def test_a_client_that_names_a_product_is_not_heard(browser: Client, shown: ShownList) -> None:
    body = f"shown={token_of(shown.uid)}&place=1&product=999"
    with time_machine.travel(NOW, tick=False):
        assert browser.post(ADDRESS, body, content_type=FORM).status_code == 204
    assert clicks() == [(1, "7")]


@pytest.mark.parametrize("place", ["0", "3", "-1", "99", "1.0", "x", "", "²", "9" * 50, "1%00"])
def test_a_place_that_is_not_there_says_nothing(browser: Client, shown: ShownList, place: str) -> None:
    assert tell(browser, shown, place) == 204
    assert clicks() == []


def test_all_tokens_are_answered_alike(browser: Client, shown: ShownList, django_assert_num_queries: Any) -> None:
    good = token_of(shown.uid)
    with django_assert_num_queries(0):  # forged ones cost the database nothing
        assert {tell(browser, forged) for forged in ("", "x", good[:-1] + "%00", "A" * 38, "%FF" * 5)} == {204}
    assert tell(browser, token_of(uuid4())) == 204
    assert clicks() == []


@pytest.mark.parametrize(("hours", "counted"), [(23, 1), (25, 0)])
def test_a_page_that_was_left_open_for_days_does_not_count(hours: int, counted: int) -> None:
    note_click(token_of(make_shown("7", at=NOW - timedelta(hours=hours)).uid), 1, now=NOW)
    assert Click.objects.count() == counted


def test_a_list_of_another_shop_is_none(shown: ShownList) -> None:
    ShownList.objects.update(shop="other")
    note_click(token_of(shown.uid), 1, now=NOW)
    assert clicks() == []


@pytest.mark.parametrize(
    ("headers", "counted"),
    [
        ({}, 1),
        ({"Sec-Fetch-Site": "same-origin"}, 1),
        ({"Origin": "http://testserver"}, 1),
        ({"Sec-Fetch-Site": "cross-site"}, 0),
        ({"Sec-Fetch-Site": "same-site"}, 0),
        ({"Sec-Fetch-Site": "none"}, 0),
        ({"Origin": "https://evil.test"}, 0),
        ({"Origin": "null"}, 0),
        ({"Origin": "http://[x"}, 0),
        ({"User-Agent": "Googlebot/2.1"}, 0),
    ],
)
def test_only_pages_of_the_shop_are_heard(browser: Client, shown: ShownList, headers: dict[str, str], counted: int) -> None:
    assert tell(browser, shown, 1, **headers) == 204
    assert Click.objects.count() == counted


@pytest.mark.parametrize(
    ("body", "content_type"),
    [
        ("", FORM),
        ("shown=a&place=1&more=" + "x" * 200, FORM),
        ('{"place": 1}', "application/json"),
        ("shown=a&place=1", "text/plain"),
        ("--x\r\n", "multipart/form-data; boundary=x"),
    ],
)
def test_what_is_no_such_form_is_refused(browser: Client, body: str, content_type: str) -> None:
    assert browser.post(ADDRESS, body, content_type=content_type).status_code == 400


def test_it_is_told_by_a_post_alone(browser: Client) -> None:
    assert browser.get(ADDRESS).status_code == 405


def test_no_token_of_django_is_asked_for(shown: ShownList, storefront: None) -> None:
    assert tell(Client(enforce_csrf_checks=True, headers={"User-Agent": "Chrome/130.0 Mozilla/5.0"}), shown) == 204
    assert clicks() == [(2, "8")]


def test_a_database_that_fails_is_no_failure(browser: Client, shown: ShownList, monkeypatch: Any, caplog: Any) -> None:
    def failing(*args: Any, **named: Any) -> Any:
        raise DatabaseError("gone")

    monkeypatch.setattr(Click.objects, "bulk_create", failing)
    assert tell(browser, shown) == 204
    assert "a click could not be written" in caplog.text
