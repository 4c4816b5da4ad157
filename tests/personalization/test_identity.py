"""A visitor turns out to be somebody, once; a shared browser stays two people's."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError
from django.test import Client
from django.utils import timezone

from personalization.visitor.cookies import VISITOR
from segmentation.models import Activity, Profile, ProfileMerge
from segmentation.profiles import guest_key, user_key
from shopdemo.shop.models import User
from tests.cast import DAN
from tests.personalization.conftest import agree, profile_for, text

pytestmark = pytest.mark.django_db


def visitor_id(browser: Client) -> str:
    cookie = browser.cookies.get("rg_visitor")
    return str(VISITOR.open(cookie.value)["id"]) if cookie is not None and cookie.value else ""


def merges() -> list[tuple[str, str, str]]:
    return list(ProfileMerge.objects.order_by("pk").values_list("source__key", "target__key", "cause"))


@pytest.fixture
def known(browser: Client) -> Client:
    """A browser of somebody who agreed and looked at a product."""
    agree(browser)
    browser.get("/product/7/")
    return browser


def test_a_visitor_who_logs_in_is_the_account(known, alice):
    before = visitor_id(known)
    known.get("/enter/alice@shop.test/")
    assert merges() == [(f"visitor:{before}", user_key(alice.pk), "login")]
    assert profile_for(alice).profiling is True, "what the visitor agreed to, the account did"
    assert visitor_id(known) == before


def test_a_visitor_who_signs_up_is_the_new_account(known):
    User.objects.create_user("new@shop.test", date_joined=timezone.now())
    known.get("/enter/new@shop.test/")
    assert [cause for *_, cause in merges()] == ["sign_up"]


def test_it_happens_once(known, alice):
    known.get("/enter/alice@shop.test/")
    known.get("/enter/alice@shop.test/")
    assert len(merges()) == 1


def test_after_a_log_in_deeds_are_the_accounts(known, alice):
    known.get("/enter/alice@shop.test/")
    known.get("/product/8/")
    (deed,) = Activity.objects.filter(product_id="8")
    assert (deed.customer, deed.visitor) == (str(alice.pk), "")


def test_at_log_out_the_browser_gets_a_new_id_and_a_yes_is_asked_for_again(known, alice):
    before = visitor_id(known)
    known.get("/enter/alice@shop.test/")
    known.get("/leave/")
    assert visitor_id(known) == ""
    assert known.cookies["rg_consent"].value == ""
    agree(known)
    assert visitor_id(known) not in ("", before)


def test_a_no_outlives_a_log_out(browser, alice):
    browser.force_login(alice)
    agree(browser, "no")
    browser.get("/leave/")
    assert text(browser.get("/fact/consent/")) == "False"


def test_where_nobody_is_asked_the_next_page_after_a_log_out_has_another_id(browser, alice, configure):
    configure(PROFILING_CONSENT="none")
    browser.get("/product/7/")
    before = visitor_id(browser)
    browser.get("/enter/alice@shop.test/")
    browser.get("/leave/")
    browser.get("/product/8/")
    assert visitor_id(browser) not in ("", before)
    assert Activity.objects.get(product_id="8").visitor == visitor_id(browser)


def test_two_accounts_in_one_browser_stay_two(known, alice, bob):
    known.get("/enter/alice@shop.test/")
    alices = visitor_id(known)
    del known.cookies["sessionid"]  # her session ended without a log-out
    known.get("/enter/bob@shop.test/")
    assert [target for _, target, _ in merges()] == [user_key(alice.pk)]
    assert visitor_id(known) != alices


def test_staff_whom_the_shop_does_not_count_log_in_all_the_same(known):
    User.objects.create_user("staff@shop.test", is_staff=True)
    known.get("/enter/staff@shop.test/")
    assert merges() == []


def test_a_log_in_of_nobody_we_know_changes_nothing(browser, alice):
    assert text(browser.get("/enter/alice@shop.test/")) == "in"
    assert merges() == []


def test_a_guest_who_ordered_is_the_visitor(known, dan):
    before = visitor_id(known)
    known.get(f"/guest-order/{DAN}/")
    assert merges() == [(f"visitor:{before}", guest_key(DAN), "checkout")]


def test_who_types_an_accounts_email_is_not_the_account(known, alice):
    known.get("/guest-order/alice@shop.test/")
    assert merges() == []


def test_who_types_an_email_that_nobody_ordered_with_is_nobody(known):
    known.get("/guest-order/nobody@shop.test/")
    assert merges() == []


def test_a_customer_stays_a_customer_whatever_email_an_order_has(known, alice, dan):
    known.get("/enter/alice@shop.test/")
    known.get(f"/guest-order/{DAN}/")
    assert [target for _, target, _ in merges()] == [user_key(alice.pk)]


def test_a_guest_of_an_email_that_was_typed_does_not_become_the_account_that_logs_in(known, alice, dan):
    known.get(f"/guest-order/{DAN}/")
    known.get("/enter/alice@shop.test/")
    assert [target for _, target, _ in merges()] == [guest_key(DAN)]
    assert visitor_id(known) == ""


def test_a_guests_segments_are_shown_at_once(known, dan, vip, join):
    assert text(known.get("/vip/")) == "for all"
    known.get(f"/guest-order/{DAN}/")
    join(vip, Profile.objects.get(key=guest_key(DAN)))
    assert text(known.get("/vip/")) == "for members"


@pytest.mark.parametrize("address", ["/enter/alice@shop.test/", "/leave/", f"/guest-order/{DAN}/"])
@pytest.mark.parametrize("part", ["current_profile", "profile_for_customer", "forget_signature"])
def test_whatever_fails_people_can_log_in_and_order(known, alice, monkeypatch, address, part):
    def failing(*args: Any, **named: Any) -> Any:
        raise DatabaseError("gone")

    monkeypatch.setattr(f"personalization.visitor.identity.{part}", failing)
    assert known.get(address).status_code == 200


def test_without_our_middleware_people_log_in_too(alice, storefront, settings):
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "VisitorMiddleware" not in name]
    assert text(Client().get("/enter/alice@shop.test/")) == "in"
