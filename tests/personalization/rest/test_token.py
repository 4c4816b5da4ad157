"""A visitor on another origin: everything works by the token alone, and no token that was not made here counts."""

from __future__ import annotations

import random
import uuid
from base64 import urlsafe_b64encode
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import signing
from django.test import Client

from personalization.errors import BadToken
from personalization.visitor import token
from personalization.visitor.cookies import CONSENT, PLACE, VISIT, VISITOR
from segmentation.models import Activity, Consent, Profile, Segment
from shopdemo.shop.models import User
from tests.cast import NOW
from tests.personalization.conftest import profile_for
from tests.personalization.rest.conftest import Front, problem, session_of
from tests.statements import reading

pytestmark = pytest.mark.django_db


def test_a_visitor_agrees_visits_and_comes_back_by_token_alone(front: Front) -> None:
    assert front.get("me/")["needs_consent"] is True
    assert front.agree()["needs_consent"] is False
    assert front.put("visit/", {"page": "/?utm_source=letter"}) == {"kind": "new", "is_followed": True, "has_begun": False}
    (profile,) = Profile.objects.filter(kind="visitor")
    assert [(receipt.granted, receipt.method) for receipt in Consent.objects.all()] == [(True, "front")]
    assert list(Activity.objects.values_list("kind", "visitor")) == [("visit", profile.visitor_id)]
    with time_machine.travel(NOW + timedelta(days=2), tick=False):
        said = front.put("visit/", {"page": "/?utm_source=letter&utm_medium=email", "came_from": "https://mail.test/"})
        assert said == {"kind": "returning", "is_followed": True, "has_begun": True}
    assert Activity.objects.order_by("at").last().utm_source == "letter"


def test_withdrawing_clears_what_the_token_held(front: Front) -> None:
    front.agree()
    assert "rg_visitor" in token.read(front.token, NOW).cookies
    front.agree(False)
    assert set(token.read(front.token, NOW).cookies) == {"rg_consent"}
    assert front.get("me/")["consent"] == {"profiling": False}
    assert front.put("visit/", {})["is_followed"] is False


def test_an_answer_with_a_token_is_kept_by_no_cache(front: Front) -> None:
    response = front.ask("put", "place/", {"country": "PL"})
    assert response.headers["Regulars-Visitor"] == front.token
    assert {"private", "no-store"} <= set(response.headers["Cache-Control"].split(", "))
    assert {"Cookie", "Regulars-Visitor", "Accept-Language"} <= set(response.headers["Vary"].split(", "))
    assert "Set-Cookie" not in response.headers


def test_a_token_counts_on_pages_too_and_changes_no_cookie(front: Front) -> None:
    front.put("place/", {"country": "PL"})
    page = Client(headers={"Regulars-Visitor": front.token}).get("/hello/")
    assert page.content == b"Hello  in PL"
    assert page.cookies == {}
    assert "Regulars-Visitor" in page.headers["Vary"]


def test_a_session_beside_a_token_counts_for_nothing(front: Front, alice: User) -> None:
    browser = session_of(alice)
    assert browser.read("me/")["first_name"] == "Alice"
    said = browser.read("me/", **{"Regulars-Visitor": front.token})
    assert (said["kind"], said["first_name"]) == ("new", None)


def test_the_backend_issues_a_token_that_carries_a_customer(alice: User, vip: Segment, join: Any) -> None:
    join(vip, alice).__class__.objects.update(profiling=True)
    Segment.objects.update(is_published=True)
    front = Front(token.issue(customer=alice, seconds=600))
    said = front.get("me/")
    assert (said["kind"], said["first_name"], said["segments"]) == ("member", "Alice", ["vip"])
    assert said["place"]["country"] == "GB"
    front.put("place/", {"currency": "PLN"})
    assert front.get("me/")["first_name"] == "Alice", "the customer goes over from answer to answer"
    with time_machine.travel(NOW + timedelta(seconds=601), tick=False):
        assert problem(front.ask("get", "me/")) == (401, "visitor-token-expired", [])


def test_what_the_visitor_did_before_is_the_customers_whose_token_follows(front: Front, alice: User) -> None:
    profile_for(alice)
    front.agree()
    (visitor,) = Profile.objects.filter(kind="visitor")
    known = Front(token.issue(customer=alice, seconds=60, visitor=front.token))
    visitor.refresh_from_db()
    assert visitor.merged_into == profile_for(alice)
    assert known.get("me/")["consent"] == {"profiling": True}


def test_an_account_that_may_not_log_in_has_no_token(alice: User) -> None:
    front = Front(token.issue(customer=alice, seconds=600))
    User.objects.update(is_active=False)
    assert problem(front.ask("get", "me/")) == (401, "visitor-token-invalid", [])
    assert problem(Front(token.issue(customer="999999", seconds=60)).ask("get", "me/"))[0] == 401
    assert problem(Front(token.issue(customer="no-number", seconds=60)).ask("get", "me/"))[0] == 401


@pytest.mark.parametrize("seconds", [0, -1, 86_401])
def test_a_customer_is_carried_for_a_day_at_most(seconds: int) -> None:
    with pytest.raises(ValueError, match="1 to 86400 seconds"):
        token.issue(customer=1, seconds=seconds)


def forged(front: Front) -> dict[str, str]:
    """Tokens that were not made here, or not for this."""
    front.agree()
    good, said = front.token, signing.loads(front.token, salt=token.SALT)
    return {
        "cut off": good[:-3],
        "one letter": good[:10] + ("A" if good[10] != "A" else "B") + good[11:],
        "no token": "hello",
        "empty parts": "::",
        "no ASCII": "é" * 30,
        "endless": "A" * 100_000,
        "another purpose": VISITOR.seal({"id": "x" * 22, "at": 0}),
        "another key": signing.dumps(said, key="not ours", salt=token.SALT),
        "another shape": signing.dumps(["x"], salt=token.SALT),
        "another shop": signing.dumps({**said, "s": "elsewhere"}, salt=token.SALT),
    }


def test_a_forged_token_is_told_so_and_reads_nothing(front: Front) -> None:
    for name, text in forged(front).items():
        for path in ("me/", "recommendations/", "slots/?slug=x"):
            with reading(0):
                response = Front(text).ask("get", path)
            assert problem(response) == (401, "visitor-token-invalid", []), name
            assert response.headers["WWW-Authenticate"] == "Regulars-Visitor"
            assert response.headers["Cache-Control"] == "private, no-store"
            assert "Regulars-Visitor" not in response.headers, name


def test_a_page_takes_a_forged_token_for_nobody(alice: User) -> None:
    browser = session_of(alice)
    assert browser.get("/hello/").content == b"Hello Alice in GB"
    page = browser.get("/hello/", headers={"Regulars-Visitor": "forged"})
    assert page.content == b"Hello  in GB"
    assert page.cookies == {}


def test_the_backend_is_told_of_a_token_that_it_cannot_take_over() -> None:
    with pytest.raises(BadToken, match="invalid"):
        token.issue(customer=1, seconds=60, visitor="forged")


def test_what_is_signed_for_one_token_counts_in_no_other(front: Front, alice: User, bob: User, vip: Segment, join: Any) -> None:
    join(vip, alice).__class__.objects.update(profiling=True)
    Segment.objects.update(is_published=True)
    hers = Front(token.issue(customer=alice, seconds=600))
    assert hers.get("me/")["segments"] == ["vip"]
    stolen = {name: text for name, text in token.read(hers.token, NOW).cookies.items() if name == "rg_segments"}
    assert stolen
    his = Front(token.Token(customer=str(bob.pk), ends_at=int(NOW.timestamp()) + 60).sealed(stolen))
    assert his.get("me/")["segments"] == []


def test_all_that_a_browser_would_keep_fits_into_a_header() -> None:
    texts = {
        "rg_segments": urlsafe_b64encode(random.Random(1).randbytes(2_250)).decode(),
        VISIT.name: VISIT.seal({"kind": "new", "at": 0, "viewed": [str(uuid.UUID(int=n * 7**40)) for n in range(8)]}),
        VISITOR.name: VISITOR.seal({"id": "x" * 22, "at": 0}),
        CONSENT.name: CONSENT.seal({"words": dict.fromkeys(("profiling", "newsletter", "sms"), True), "notice": "2026-06"}),
        PLACE.name: PLACE.seal({"country": "GB", "currency": "GBP", "settled": True}),
    }
    text = token.Token(customer="x" * 36, ends_at=int(NOW.timestamp()) + 60).sealed(texts)
    assert len(text) < token.MOST_CHARACTERS
    assert token.read(text, NOW).cookies == texts
