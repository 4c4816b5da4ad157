"""Choosing a place by REST is choosing it on a page."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
import time_machine

from shopdemo.shop.models import User
from tests.cast import NOW
from tests.personalization.rest.conftest import Browser, Front, problem, session_of

pytestmark = pytest.mark.django_db


def chosen(said: dict[str, Any]) -> tuple[str, str, str]:
    return said["country"], said["currency"], said["source"]


def test_what_is_chosen_holds_and_is_taken_back(front: Front) -> None:
    assert chosen(front.get("place/")) == ("GB", "GBP", "default")
    assert chosen(front.put("place/", {"country": "fr", "currency": "EUR"})) == ("FR", "EUR", "choice")
    assert front.ask("patch", "place/", {"currency": "PLN"}).json()["currency"] == "PLN"
    assert chosen(front.get("place/")) == ("FR", "PLN", "choice")
    assert front.ask("patch", "place/", {"country": None}).json()["country"] == "GB"
    assert chosen(front.put("place/", {})) == ("GB", "GBP", "default")


def test_the_season_goes_by_the_place(front: Front) -> None:
    assert front.put("place/", {"country": "AU"})["season"] == "winter"
    assert front.put("place/", {"country": "FR"})["season"] == "summer"
    with time_machine.travel(NOW + timedelta(days=14), tick=False):
        assert [day["slug"] for day in front.get("place/")["holidays"]] == ["fathers-day"]


def test_pages_and_rest_share_one_choice(alice: User) -> None:
    browser = session_of(alice)
    browser.ask("put", "place/", {"country": "PL", "currency": "PLN"})
    assert browser.get("/hello/").content == b"Hello Alice in PL"
    browser.post("/personalization/place/", {"country": "FR", "next": "/"})
    assert chosen(browser.read("place/")) == ("FR", "PLN", "choice")


@pytest.mark.parametrize(
    ("body", "pointers"),
    [
        ({"country": "XX"}, ["/country"]),
        ({"country": 7, "currency": "XYZ"}, ["/country", "/currency"]),
        ({"customer": "1"}, ["/customer"]),
        ({"source": "choice", "city": "Lyon"}, ["/city", "/source"]),
        ([], [""]),
    ],
)
def test_what_cannot_be_is_refused_with_pointers(front: Front, body: Any, pointers: list[str]) -> None:
    status, code, found = problem(front.ask("put", "place/", body))
    assert (status, code, sorted(found)) == (400, "invalid", pointers)
    assert chosen(front.get("place/")) == ("GB", "GBP", "default")


@pytest.mark.parametrize(("method", "path"), [("put", "place/"), ("patch", "place/"), ("put", "consent/"), ("put", "visit/")])
def test_a_session_shows_its_csrf_token(method: str, path: str, alice: User) -> None:
    browser = Browser(enforce_csrf_checks=True)
    for user in (None, alice):
        if user is not None:
            browser.force_login(user)
        body = {"words": {"profiling": False}} if path == "consent/" else {}
        assert problem(browser.ask(method, path, body)) == (403, "csrf", [])
        browser.read("me/")
        key = browser.cookies["csrftoken"].value
        assert browser.ask(method, path, body, **{"X-CSRFToken": key}).status_code == 200
