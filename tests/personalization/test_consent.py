"""Yes and no: what is written down, what the browser keeps, and that a no holds from the next request on."""

from __future__ import annotations

import hashlib
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from personalization.visitor.cookies import CONSENT, VISITOR
from segmentation.models import Activity, Consent, Profile
from tests.personalization.conftest import BROWSER, agree, profile_for, text

pytestmark = pytest.mark.django_db

HISTORY = ("activity", "membership", "shop_order", "journal")
"""Parts of names of tables that hold what somebody did, and what was made of it."""


def words(browser: Client) -> dict[str, bool]:
    return dict(CONSENT.open(browser.cookies["rg_consent"].value)["words"])


def receipts() -> list[tuple[str, bool, str, str]]:
    return list(Consent.objects.order_by("pk").values_list("purpose", "granted", "method", "source"))


def test_the_banner_asks_whoever_said_nothing(browser):
    page = text(browser.get("/consent-banner/?a=1"))
    assert '<input type="hidden" name="next" value="/consent-banner/?a=1">' in page
    assert page.count('<button class="rg-button" name="answer"') == 2, "both answers are the same kind of button"
    assert 'href="/personalization/consent/"' in page
    assert "style=" not in page
    assert "onclick" not in page


def test_nothing_is_kept_before_an_answer(browser):
    response = browser.get("/product/7/?utm_source=x")
    assert response.cookies == {}
    assert (Profile.objects.count(), Activity.objects.count()) == (0, 0)


@pytest.mark.parametrize("word", ["yes", "no"])
def test_once_answered_the_banner_is_gone(browser, word):
    agree(browser, word)
    assert text(browser.get("/consent-banner/")) == ""


def test_another_notice_is_asked_about_again(browser, personalize):
    agree(browser, "no")
    personalize(NOTICE_VERSION="2")
    assert text(browser.get("/consent-banner/")) == "", "a no is not asked again and again"


def test_a_yes_to_other_words_is_asked_again(browser, personalize):
    agree(browser)
    personalize(NOTICE_VERSION="2")
    assert "Your choice" in text(browser.get("/consent-banner/"))


def test_a_shop_that_asks_nobody_shows_no_banner(browser, configure):
    configure(PROFILING_CONSENT="none")
    assert text(browser.get("/consent-banner/")) == ""


def test_a_yes_makes_a_visitor_with_a_receipt(browser):
    agree(browser)
    profile = Profile.objects.get()
    assert (profile.kind, profile.profiling) == ("visitor", True)
    assert VISITOR.open(browser.cookies["rg_visitor"].value)["id"] == profile.visitor_id
    assert receipts() == [("profiling", True, "banner", "/plain/")]
    assert words(browser) == {"profiling": True}


def test_a_receipt_knows_the_words_that_were_shown(browser, personalize):
    personalize(NOTICE_VERSION="2026-11")
    agree(browser)
    receipt = Consent.objects.get()
    shown = (
        "May we remember what you look at here, to show you what fits you? You can change your mind at any time."
        "\n\npersonal content from what I look at: We remember which pages and products you look at, to show you content and "
        "products that fit you. Without it you see the same as everybody else."
    )
    assert (receipt.notice_version, receipt.language) == ("2026-11", "en")
    assert receipt.notice_hash == hashlib.sha256(shown.encode()).hexdigest()


def test_the_cookies_are_the_shops_alone_and_no_older_than_they_may_be(browser):
    response = browser.post("/personalization/consent/", {"answer": "yes"}, secure=True)
    assert {
        name: (cookie["httponly"], cookie["secure"], cookie["samesite"], cookie["max-age"] <= 395 * 24 * 3600)
        for name, cookie in response.cookies.items()
    } == dict.fromkeys(["rg_visitor", "rg_consent", "rg_visit", "rg_segments"], (True, True, "Lax", True))


def test_the_id_is_not_renewed(browser):
    agree(browser)
    first = browser.cookies["rg_visitor"].value
    browser.get("/product/7/")
    agree(browser)
    assert browser.cookies["rg_visitor"].value == first


def test_a_no_of_nobody_keeps_a_cookie_and_nothing_else(browser):
    agree(browser, "no")
    assert {name for name, cookie in browser.cookies.items() if cookie.value} == {"rg_consent"}
    assert words(browser) == {"profiling": False}
    assert (Profile.objects.count(), Consent.objects.count()) == (0, 0)


def test_a_withdrawal_holds_from_the_next_request_on_and_the_browser_forgets_the_visitor(browser):
    agree(browser)
    browser.get("/product/7/")
    assert Activity.objects.filter(kind="view").count() == 1
    agree(browser, "no")
    assert {name for name, cookie in browser.cookies.items() if cookie.value} == {"rg_consent"}
    assert receipts()[-1] == ("profiling", False, "banner", "/plain/")
    assert Profile.objects.get().profiling is False
    browser.get("/product/8/")
    assert Activity.objects.filter(kind="view").count() == 1


def test_after_a_withdrawal_a_new_yes_makes_somebody_new(browser):
    agree(browser)
    agree(browser, "no")
    agree(browser)
    assert list(Profile.objects.order_by("pk").values_list("profiling", flat=True)) == [False, True]


def test_a_customers_word_stands_on_the_account(browser, alice):
    browser.force_login(alice)
    agree(browser)
    assert profile_for(alice).profiling is True
    assert "rg_visitor" not in browser.cookies
    agree(browser, "no")
    assert profile_for(alice).profiling is False
    assert [granted for _, granted, _, _ in receipts()] == [True, False]


def test_a_no_on_one_device_holds_on_the_other(browser_of, alice, django_capture_on_commit_callbacks):
    one, other = browser_of(), browser_of()
    one.force_login(alice)
    other.force_login(alice)
    agree(one)
    assert text(other.get("/fact/consent/")) == "True"
    with django_capture_on_commit_callbacks(execute=True):
        agree(one, "no")
    assert text(other.get("/fact/consent/")) == "False"


@pytest.mark.parametrize("header", ["Sec_GPC", "DNT"])
def test_a_browser_that_refuses_is_not_asked_and_not_followed(browser_of, header, configure):
    browser = browser_of(**{header: "1"})
    assert text(browser.get("/consent-banner/")) == ""
    assert text(browser.get("/fact/consent/")) == "False"
    configure(PROFILING_CONSENT="none")
    browser.get("/product/7/")
    assert Activity.objects.count() == 0


def test_a_yes_given_here_is_the_more_particular_word(browser_of):
    browser = browser_of(Sec_GPC="1")
    agree(browser)
    assert text(browser.get("/fact/consent/")) == "True"


@pytest.mark.parametrize("value", ["0", "", "true"])
def test_other_signals_are_none(browser_of, value):
    assert text(browser_of(Sec_GPC=value).get("/fact/consent/")) == "None"


@pytest.mark.parametrize("how", ["cookie", "account", "browser"])
def test_of_whoever_refused_no_history_is_read(browser_of, alice, vip, join, how):
    profile = join(vip, alice)
    browser = browser_of(**({"Sec_GPC": "1"} if how == "browser" else {}))
    browser.force_login(alice)
    if how == "cookie":
        agree(browser, "no")
        Profile.objects.update(profiling=None)
    if how == "account":
        Profile.objects.filter(pk=profile.pk).update(profiling=False)
    pages = ("/vip/", "/fact/last_viewed/", "/fact/kind/", "/fact/location/", "/hello/", "/consent-banner/", "/product/7/")
    with CaptureQueriesContext(connection) as queries:
        shown = [text(browser.get(page)) for page in pages]
    assert shown[:3] == ["for all", "", "member"]
    assert [query["sql"] for query in queries if any(name in query["sql"] for name in HISTORY)] == []
    assert Activity.objects.count() == 0


def test_each_purpose_is_answered_on_its_own(browser, alice, personalize):
    personalize(PURPOSES=["profiling", "newsletter"])
    browser.force_login(alice)
    answer = {"purpose-profiling": "no", "purpose-newsletter": "yes", "purpose-sms": "yes"}
    assert browser.post("/personalization/consent/", answer)["Location"] == "/personalization/consent/?saved"
    assert receipts() == [
        ("profiling", False, "page", "/personalization/consent/"),
        ("newsletter", True, "page", "/personalization/consent/"),
    ]


def test_nobody_without_an_account_is_asked_for_a_newsletter(browser, personalize):
    personalize(PURPOSES=["profiling", "newsletter"])
    agree(browser)
    assert [purpose for purpose, *_ in receipts()] == ["profiling"]


def test_an_answer_that_is_none_changes_nothing(browser):
    assert browser.post("/personalization/consent/", {"answer": "maybe"}).status_code == 302
    assert "rg_consent" not in browser.cookies


def test_the_page_says_what_was_said(browser):
    agree(browser)
    page = text(browser.get("/personalization/consent/"))
    assert '<input type="radio" name="purpose-profiling" value="yes" checked>' in page
    assert "Download these receipts" in page
    agree(browser, "no")
    page = text(browser.get("/personalization/consent/?saved"))
    assert '<input type="radio" name="purpose-profiling" value="no" checked>' in page
    assert "Nothing is written down about you." in page
    assert 'role="status"' in page


def test_the_page_is_kept_by_no_cache(browser):
    assert "no-store" in browser.get("/personalization/consent/").headers["Cache-Control"]


def test_receipts_can_be_taken_away(browser):
    agree(browser)
    response = browser.get("/personalization/consent/receipts/")
    assert response.headers["Content-Disposition"] == 'attachment; filename="consent.json"'
    (receipt,) = response.json()["receipts"]
    assert (receipt["purpose"], receipt["granted"], receipt["subject"]) == ("profiling", True, Profile.objects.get().key)


def test_nobody_has_no_receipts(browser, alice):
    assert browser.get("/personalization/consent/receipts/").json() == {"receipts": []}


@pytest.mark.parametrize(
    ("asked", "led"),
    [
        ("/vip/?a=b", "/vip/?a=b"),
        ("https://evil.test/", "/personalization/consent/?saved"),
        ("//evil.test/", "/personalization/consent/?saved"),
        ("javascript:alert(1)", "/personalization/consent/?saved"),
        ("/" + "a" * 2_000, "/personalization/consent/?saved"),
        ("", "/personalization/consent/?saved"),
    ],
)
def test_the_way_back_stays_in_the_shop(browser, asked, led):
    assert browser.post("/personalization/consent/", {"answer": "no", "next": asked})["Location"] == led


def test_without_a_token_nobody_answers_for_them(storefront):
    browser = Client(enforce_csrf_checks=True, headers={"User-Agent": BROWSER})
    assert browser.post("/personalization/consent/", {"answer": "yes"}).status_code == 403
    assert browser.post("/personalization/place/", {"country": "FR"}).status_code == 403


def failing(*args: Any, **named: Any) -> Any:
    raise DatabaseError("gone")


def test_a_yes_that_cannot_be_written_down_is_none(browser, monkeypatch):
    monkeypatch.setattr("personalization.visitor.consent.say", failing)
    response = browser.post("/personalization/consent/", {"answer": "yes"})
    assert response.status_code == 503
    assert b"nothing was changed" in response.content
    assert {"rg_visitor", "rg_consent"}.isdisjoint(browser.cookies)
    assert Profile.objects.count() == 0


def test_a_no_holds_even_where_it_cannot_be_written_down(browser, monkeypatch):
    agree(browser)
    monkeypatch.setattr("personalization.visitor.consent.say", failing)
    agree(browser, "no")
    assert words(browser) == {"profiling": False}
    assert text(browser.get("/fact/consent/")) == "False"


def test_on_a_page_for_all_a_script_fetches_the_banner(browser):
    response = browser.get("/fragment/")
    assert response.headers["Cache-Control"] == "public, max-age=600"
    assert 'data-rg-consent="/personalization/consent/banner/"' in text(response)
    assert "csrf" not in text(response)
    asked = {"next": "/fragment/?a=1", "came_from": "https://example.org/"}
    banner = browser.get("/personalization/consent/banner/", asked)
    assert '<input type="hidden" name="next" value="/fragment/?a=1">' in text(banner)
    assert '<input type="hidden" name="came_from" value="https://example.org/">' in text(banner)
    assert "no-store" in banner.headers["Cache-Control"]
    agree(browser, "no")
    assert browser.get("/personalization/consent/banner/", asked).status_code == 204


def test_a_banner_that_fails_is_no_reason_for_a_page_not_to_be_there(browser, monkeypatch):
    monkeypatch.setattr("personalization.visitor.banners.notice_text", failing)
    assert text(browser.get("/consent-banner/")) == ""
