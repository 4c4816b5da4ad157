"""What visitors do, written after the response was sent: visits, and what the shop records."""

from __future__ import annotations

import ast
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.db import DatabaseError
from django.test import AsyncClient, Client

from personalization.visitor.cookies import VISIT
from personalization.visitor.deeds import write_deeds
from segmentation.models import Activity, Profile
from tests.personalization.conftest import BROWSER, agree, profile_for, text
from tests.statements import reading

pytestmark = pytest.mark.django_db

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def kinds() -> list[str]:
    return list(Activity.objects.order_by("pk").values_list("kind", flat=True))


@pytest.fixture
def free(configure) -> None:
    """A shop that asks nobody."""
    configure(PROFILING_CONSENT="none")


@pytest.fixture
def agreed(browser: Client) -> Client:
    """A browser of somebody who agreed, with no visit yet."""
    agree(browser)
    del browser.cookies["rg_visit"]
    Activity.objects.all().delete()
    return browser


def test_a_visit_knows_how_it_came_about(browser_of, free):
    browser = browser_of(Referer="https://www.google.com/search?q=lamps", Accept_Language="fr", CF_IPCountry="FR")
    with time_machine.travel(NOON, tick=False):
        browser.get("/plain/?utm_source=News&utm_medium=email&utm_campaign=June")
    visit = Activity.objects.get()
    assert (visit.kind, visit.at, visit.visitor) == ("visit", NOON, Profile.objects.get().visitor_id)
    assert (visit.channel, visit.referrer) == ("email", "www.google.com")
    assert (visit.utm_source, visit.utm_medium, visit.utm_campaign) == ("news", "email", "june")
    assert (visit.country, visit.language, visit.device, visit.hour) == ("FR", "fr", "desktop", 14)


def test_other_deeds_know_where_and_with_what_but_not_how_somebody_came(agreed):
    with time_machine.travel(NOON, tick=False):
        agreed.get("/product/7/?utm_source=news")
    deed = Activity.objects.get(kind="view")
    assert (deed.product_id, deed.category, deed.device, deed.country) == ("7", "Lamps", "desktop", "GB")
    assert (deed.utm_source, deed.channel) == ("", "")


def test_the_answer_to_the_banner_begins_the_visit_that_it_interrupted(browser):
    form = {"answer": "yes", "next": "/plain/?utm_source=news", "came_from": "https://example.org/page"}
    browser.post("/personalization/consent/", form)
    browser.get("/plain/?utm_source=news")
    visit = Activity.objects.get()
    assert (visit.kind, visit.utm_source, visit.referrer) == ("visit", "news", "example.org")


def test_pages_of_one_visit_are_one_visit_and_half_an_hour_ends_it(agreed):
    for minutes in (0, 29, 58, 89):
        with time_machine.travel(NOON + timedelta(minutes=minutes), tick=False):
            agreed.get("/plain/")
    assert kinds() == ["visit", "visit"]


def test_a_visit_is_not_noted_with_every_page(agreed):
    with time_machine.travel(NOON, tick=False):
        assert "rg_visit" in agreed.get("/plain/").cookies
    with time_machine.travel(NOON + timedelta(seconds=59), tick=False):
        assert "rg_visit" not in agreed.get("/plain/").cookies
    with time_machine.travel(NOON + timedelta(seconds=60), tick=False):
        assert "rg_visit" in agreed.get("/plain/").cookies


def test_the_first_visit_is_a_new_visitors_and_the_next_one_returns(browser):
    with time_machine.travel(NOON, tick=False):
        agree(browser)
        assert text(browser.get("/fact/kind/")) == "new"
    with time_machine.travel(NOON + timedelta(minutes=29), tick=False):
        assert text(browser.get("/fact/kind/")) == "new"
    with time_machine.travel(NOON + timedelta(days=1), tick=False):
        browser.get("/plain/")
        assert text(browser.get("/fact/kind/")) == "returning"


@pytest.mark.parametrize(
    "headers",
    [
        {"Sec_Purpose": "prefetch"},
        {"Sec_Purpose": "prefetch;prerender"},
        {"Purpose": "prefetch"},
        {"Sec_Fetch_Dest": "image"},
        {"Sec_Fetch_Dest": "empty"},
        {"User_Agent": "Googlebot/2.1 (+http://www.google.com/bot.html)"},
        {"User_Agent": ""},
    ],
)
def test_what_is_no_visit(browser_of, free, headers):
    response = browser_of(**headers).get("/plain/")
    assert (kinds(), response.cookies) == ([], {})


@pytest.mark.parametrize(
    ("method", "address"), [("post", "/plain/"), ("head", "/plain/"), ("get", "/nowhere/"), ("get", "/later/")]
)
def test_what_is_no_page_begins_no_visit(browser, free, method, address):
    getattr(browser, method)(address)
    assert kinds() == []


def test_what_is_recorded_by_a_form_counts(agreed):
    agreed.post("/product/7/")
    assert kinds() == ["view"]


def test_a_bot_that_keeps_cookies_is_still_a_bot(browser_of, free):
    browser_of(User_Agent="Googlebot/2.1").get("/product/7/")
    assert kinds() == []


def test_deeds_are_written_after_the_response_in_one_go(agreed, django_assert_num_queries, client, rf):
    agreed.get("/plain/")
    from personalization.middleware import VisitorMiddleware
    from tests.personalization.storefront import view

    request = rf.get("/product/7/", headers={"User-Agent": BROWSER})
    request.COOKIES = {name: cookie.value for name, cookie in agreed.cookies.items()}
    with django_assert_num_queries(0):
        response: Any = VisitorMiddleware(lambda request: view(request, "7"))(request)
    assert kinds() == ["visit"]
    for close in response._resource_closers:
        close()
    assert kinds() == ["visit", "view"]


def test_an_async_page_records_too(agreed, monkeypatch):
    waiting: list[Any] = []
    # The async test client closes responses in another thread, which does not see what this test wrote.
    monkeypatch.setattr("personalization.middleware.afterwards.write_deeds", waiting.append)
    client = AsyncClient()
    client.cookies = agreed.cookies
    async_to_sync(client.get)("/later/product/7/", headers={"User-Agent": BROWSER})
    write_deeds(*waiting)
    assert kinds() == ["view", "visit"]


def test_a_page_that_failed_records_nothing(agreed):
    assert agreed.get("/broken/").status_code == 500
    assert "view" not in kinds()


def test_what_cannot_be_written_harms_nobody(agreed, monkeypatch, caplog):
    def failing(*args: Any, **named: Any) -> Any:
        raise DatabaseError("gone")

    monkeypatch.setattr("personalization.visitor.deeds.record_many", failing)
    assert text(agreed.get("/product/7/")) == "product"
    assert "deeds of a visitor could not be written" in caplog.text


def test_no_request_records_without_end(agreed, rf):
    from personalization.visitor.who import MOST_DEEDS, Visitor

    visitor = Visitor(rf.get("/"), NOON)
    for number in range(MOST_DEEDS + 5):
        visitor.record("view", product_id=str(number))
    assert len(visitor.deeds) == MOST_DEEDS


def test_the_last_product_is_known_within_a_visit_without_a_query(agreed, django_assert_num_queries):
    agreed.get("/product/7/")
    assert VISIT.open(agreed.cookies["rg_visit"].value)["viewed"] == ["7"]
    agreed.get("/vip/")
    with django_assert_num_queries(0):
        assert text(agreed.get("/fact/last_viewed/")) == "7"


def test_the_last_product_of_an_earlier_visit_is_looked_up(agreed):
    agreed.get("/product/7/")
    agreed.get("/product/8/")
    del agreed.cookies["rg_visit"]
    assert text(agreed.get("/fact/last_viewed/")) == "8"


def test_the_last_product_is_the_accounts_after_a_log_in(browser, alice):
    profile_for(alice)
    Profile.objects.update(profiling=True)
    row = {"kind": "view", "at": NOON, "customer": str(alice.pk), "product_id": "9"}
    Activity.objects.create(uid="a", **row)
    Activity.objects.create(uid="b", **{**row, "customer": "another", "at": NOON + timedelta(1), "product_id": "10"})
    assert text(browser.get("/fact/last_viewed/")) == ""
    browser.force_login(alice)
    assert text(browser.get("/fact/last_viewed/")) == "9"


def viewed(browser: Client) -> Any:
    return ast.literal_eval(text(browser.get("/fact/viewed/")))


def view_all(browser: Client, *products: object) -> None:
    for product in products:
        browser.get(f"/product/{product}/")


def test_products_looked_at_are_each_named_once_and_the_last_in_front(agreed):
    assert viewed(agreed) == ()
    view_all(agreed, 1, 2, 3, 1)
    assert viewed(agreed) == ("1", "3", "2")
    view_all(agreed, *range(10, 19))
    assert viewed(agreed) == ("18", "17", "16", "15", "14", "13", "12", "11")


def test_earlier_visits_are_looked_up_once_a_visit(agreed, django_assert_num_queries):
    view_all(agreed, 1, 2)
    del agreed.cookies["rg_visit"]
    view_all(agreed, 3)
    agreed.get("/vip/")
    with reading(1):
        assert viewed(agreed) == ("3", "2", "1")
    view_all(agreed, 4)
    with django_assert_num_queries(0):
        assert viewed(agreed) == ("4", "3", "2", "1")


def test_a_visit_that_saw_enough_is_not_looked_up(agreed, django_assert_num_queries):
    view_all(agreed, *range(8))
    agreed.get("/vip/")
    with django_assert_num_queries(0):
        assert len(viewed(agreed)) == 8


def test_who_logs_in_during_a_visit_is_looked_up_again(agreed, alice):
    view_all(agreed, 1)
    assert viewed(agreed) == ("1",)
    row = {"kind": "view", "at": NOON, "customer": str(alice.pk), "product_id": "9"}
    Activity.objects.create(uid="a", **row)
    agreed.get(f"/enter/{alice.email}/")
    assert viewed(agreed) == ("1", "9")


def test_a_cookie_that_names_one_product_is_read(agreed):
    agreed.cookies["rg_visit"] = VISIT.seal({"kind": "new", "viewed": "7", "at": 0})
    assert text(agreed.get("/fact/last_viewed/")) == "7"
    assert viewed(agreed) == ("7",)
    view_all(agreed, 8)
    assert viewed(agreed) == ("8", "7")


def test_long_ids_do_not_fill_the_cookie(agreed):
    view_all(agreed, *(f"{number}{'鑰' * 70}" for number in range(8)))
    cookie = agreed.cookies["rg_visit"].value
    assert len(cookie) < 1_500
    assert VISIT.open(cookie)["viewed"] == ["7" + "鑰" * 70]


def test_who_refuses_is_shown_nothing_of_what_they_looked_at(agreed, django_assert_num_queries):
    view_all(agreed, 1)
    agree(agreed, "no")
    with django_assert_num_queries(0):
        assert viewed(agreed) == ()


def test_a_bot_and_a_stranger_looked_at_nothing(browser, django_assert_num_queries):
    view_all(browser, 1)
    with django_assert_num_queries(0):
        assert viewed(browser) == ()


def test_what_a_fragment_looks_up_the_visit_remembers(agreed, django_assert_num_queries):
    view_all(agreed, 1)
    del agreed.cookies["rg_visit"]
    agreed.get("/vip/")
    fetch = {"Sec-Fetch-Dest": "empty"}
    with reading(1):
        assert text(agreed.get("/fact/viewed/", headers=fetch)) == "('1',)"
    with django_assert_num_queries(0):
        assert text(agreed.get("/fact/viewed/", headers=fetch)) == "('1',)"
