"""Saying yes or no by REST writes what the page writes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.db import DatabaseError

from segmentation.models import Activity, Consent, Profile
from shopdemo.shop.models import User
from tests.personalization.conftest import text
from tests.personalization.rest.conftest import Front, problem, session_of

pytestmark = pytest.mark.django_db


def test_the_texts_of_the_question_are_there(front: Front) -> None:
    said = front.get("consent/?language=fr")
    assert (said["needs_consent"], said["refused_by_browser"], said["notice"]["version"]) == (True, False, "1")
    (purpose,) = said["purposes"]
    assert (purpose["name"], purpose["word"]) == ("profiling", None)
    assert purpose["meaning"].startswith("Nous ")
    assert said["notice"]["text"] != ""


def test_a_yes_is_a_receipt_with_the_notice_and_the_page(front: Front) -> None:
    said = front.put("consent/", {"words": {"profiling": True}, "page": "https://front.test/sale/?utm_source=letter"})
    assert said["purposes"][0]["word"] is True
    receipt = Consent.objects.get()
    assert (receipt.granted, receipt.method, receipt.source, receipt.notice_version) == (True, "front", "/sale/", "1")
    assert Activity.objects.get().utm_source == "letter"


def test_the_page_and_rest_hear_the_same_word(alice: User) -> None:
    browser = session_of(alice, agrees=None)
    browser.ask("put", "consent/", {"words": {"profiling": True}})
    assert text(browser.get("/fact/consent/")) == "True"
    browser.post("/personalization/consent/", {"answer": "no", "next": "/"})
    assert browser.read("consent/")["purposes"][0]["word"] is False
    assert Profile.objects.get(customer_id=str(alice.pk)).profiling is False


def test_of_whoever_refuses_at_once_nothing_is_kept(front: Front) -> None:
    front.agree(False)
    assert (Profile.objects.count(), Consent.objects.count()) == (0, 0)
    assert front.get("consent/")["needs_consent"] is False


def test_each_purpose_has_its_own_word(personalize: Callable[..., None], alice: User) -> None:
    personalize(PURPOSES=["profiling", "newsletter"])
    browser = session_of(alice, agrees=None)
    browser.ask("put", "consent/", {"words": {"newsletter": True}})
    assert browser.read("me/")["consent"] == {"profiling": None, "newsletter": True}
    assert problem(Front().ask("put", "consent/", {"words": {"newsletter": True}})) == (400, "invalid", ["/words/newsletter"])


@pytest.mark.parametrize(
    ("body", "pointer"),
    [
        ({}, "/words"),
        ({"words": {}}, "/words"),
        ({"words": {"profiling": "yes"}}, "/words/profiling"),
        ({"words": {"profiling": 1}}, "/words/profiling"),
        ({"words": {"spying": True}}, "/words/spying"),
        ({"words": {"profiling": True}, "customer": "1"}, "/customer"),
        ({"words": {"profiling": True}, "page": "http://[bad"}, "/page"),
    ],
)
def test_what_is_no_answer_is_refused(front: Front, body: Any, pointer: str) -> None:
    assert problem(front.ask("put", "consent/", body)) == (400, "invalid", [pointer])
    assert Consent.objects.count() == 0


def test_a_yes_that_cannot_be_written_is_none(front: Front, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object, **said: object) -> Any:
        raise DatabaseError("gone")

    monkeypatch.setattr("personalization.visitor.consent.say", fail)
    assert problem(front.ask("put", "consent/", {"words": {"profiling": True}}))[:2] == (503, "not-written")
    assert front.get("me/")["needs_consent"] is True
