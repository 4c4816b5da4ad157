"""Who the visitor is, for fronts: the same that pages know of them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from personalization.visitor.cookies import SEGMENTS
from segmentation.models import Segment
from segmentation.testing import make_segment
from shopdemo.shop.models import User
from tests.personalization.conftest import agree, profile_for
from tests.personalization.rest.conftest import Browser, Front, session_of
from tests.statements import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def published(vip: Segment) -> list[Segment]:
    """Two segments that fronts are told of, one that they are not, and a draft."""
    made = [vip, *(make_segment(slug, "orders.count() >= 1000") for slug in ("loyal", "secret", "draft"))]
    for each in made:
        each.is_published = each.slug != "secret"
        each.state = Segment.State.DRAFT if each.slug == "draft" else Segment.State.LIVE
        each.save()
    return made


def test_a_member_is_told_of_published_live_segments_alone(published: list[Segment], join: Any, alice: User) -> None:
    for segment in published:
        join(segment, alice)
    browser = session_of(alice)
    said = browser.read("me/")
    assert (said["kind"], said["first_name"], said["segments"]) == ("member", "Alice", ["loyal", "vip"])
    assert (said["consent"], said["needs_consent"]) == ({"profiling": True}, False)
    assert browser.get("/vip/").content == b"for members"


def test_each_of_the_cast_is_who_they_are(published: list[Segment], join: Any, cast: dict[str, User]) -> None:
    join(published[0], cast["alice"])
    join(published[1], cast["bob"])
    found = {name: session_of(cast[name]).read("me/") for name in ("alice", "bob", "carol")}
    found["dan"] = session_of().read("me/")
    told = {name: (said["segments"], said["first_name"], said["place"]["country"]) for name, said in found.items()}
    assert told == {
        "alice": (["vip"], "Alice", "GB"),
        "bob": (["loyal"], "Bob", "FR"),
        "carol": ([], "Carol", "GB"),
        "dan": ([], None, "GB"),
    }


@pytest.mark.parametrize("where", ["browser", "account", "gpc"])
def test_of_whoever_refused_no_segment_is_told(published: list[Segment], join: Any, alice: User, where: str) -> None:
    join(published[0], alice)
    browser = session_of(alice, agrees=False if where == "account" else None, **({"Sec_GPC": "1"} if where == "gpc" else {}))
    if where == "browser":
        agree(browser, "no")
    said = browser.read("me/")
    assert (said["segments"], said["consent"], said["needs_consent"]) == ([], {"profiling": False}, False)


def test_a_warm_answer_asks_the_database_nothing(published: list[Segment], join: Any, alice: User) -> None:
    join(published[0], alice)
    browser = session_of(alice)
    browser.read("me/")
    assert SEGMENTS.name in browser.cookies
    with reading(2):  # the session and the account, for the first name
        browser.read("me/")
    front = Front()
    front.agree()
    front.get("me/")
    with reading(0):
        assert front.get("me/")["kind"] == "new"


def test_publishing_shows_at_once(published: list[Segment], join: Any, alice: User) -> None:
    join(published[2], alice)
    browser = session_of(alice)
    assert browser.read("me/")["segments"] == []
    published[2].is_published = True
    published[2].save(update_fields=["is_published"])
    assert browser.read("me/")["segments"] == ["secret"]


def test_nobody_is_asked_for_by_an_address(alice: User, bob: User) -> None:
    browser = session_of(alice)
    mine = browser.read("me/")
    for asked in (f"me/?customer={bob.pk}", f"me/?user={bob.pk}&key=user:{bob.pk}&visitor_id=x&profile=1"):
        assert browser.read(asked) == mine
    assert browser.ask("get", f"me/{bob.pk}/").status_code == 404
    assert browser.ask("get", f"profiles/user:{bob.pk}/").status_code == 404


def test_the_answer_is_the_visitors_alone(alice: User) -> None:
    response = session_of(alice).ask("get", "me/")
    assert response.headers["Cache-Control"] == "private, no-store"
    assert {"Cookie", "Regulars-Visitor"} <= set(response.headers["Vary"].split(", "))
    assert response.headers["API-Version"] == "1"


def test_it_speaks_the_language_that_is_asked_for(front: Front) -> None:
    front.put("place/", {"country": "FR"})
    assert front.get("me/?language=pl")["place"]["country_name"] == "Francja"
    response = front.ask("get", "me/", **{"Accept-Language": "fr-CA,fr;q=0.9,en;q=0.1"})
    assert (response.json()["place"]["language"], response.headers["Content-Language"]) == ("fr", "fr")
    assert front.get("me/?language=xx")["place"]["language"] == "en"
    browser = Browser()
    browser.cookies["django_language"] = "pl"
    assert browser.read("me/")["place"]["language"] == "en", "no cookie says what a cache is to keep"


def test_one_of_ours_that_fails_leaves_a_stranger(monkeypatch: pytest.MonkeyPatch, alice: User, caplog: Any) -> None:
    def fail(*args: object) -> Any:
        raise RuntimeError("gone")

    browser = session_of(alice)
    monkeypatch.setattr("personalization.visitor.who.look_up", fail)
    assert browser.read("me/")["segments"] == []
    assert "visitor.known is unknown" in caplog.text


def test_without_the_middleware_it_says_so(settings: Any) -> None:
    settings.MIDDLEWARE = [name for name in settings.MIDDLEWARE if "VisitorMiddleware" not in name]
    response = Browser().ask("get", "me/")
    assert (response.status_code, response.json()["type"]) == (503, "urn:regulars:problem:not-installed")


def test_a_front_of_another_origin_may_read_it(personalize: Callable[..., None], alice: User) -> None:
    personalize(FRONT_ORIGINS=["https://front.test"])
    profile_for(alice)
    allowed = Front(Origin="https://front.test").ask("get", "me/")
    assert allowed.headers["Access-Control-Allow-Origin"] == "https://front.test"
    assert "Regulars-Visitor" in allowed.headers["Access-Control-Expose-Headers"]
    assert "Access-Control-Allow-Credentials" not in allowed.headers
    assert "Origin" in allowed.headers["Vary"]
    unchanged = Front(allowed.headers["Regulars-Visitor"], Origin="https://front.test")
    tag = unchanged.ask("get", "me/").headers["ETag"]
    again = unchanged.ask("get", "me/", **{"If-None-Match": tag})
    assert (again.status_code, again.headers["Access-Control-Allow-Origin"]) == (304, "https://front.test")
    forged = Front("forged", Origin="https://front.test").ask("get", "me/")
    assert (forged.status_code, forged.headers["Access-Control-Allow-Origin"]) == (401, "https://front.test")
    for origin in ("https://elsewhere.test", "null", "https://front.test.evil.test"):
        assert "Access-Control-Allow-Origin" not in Front(Origin=origin).ask("get", "me/").headers
    asked = {"Origin": "https://front.test", "Access-Control-Request-Method": "PUT"}
    with reading(0):
        preflight = Browser().ask("options", "place/", **asked)
    assert preflight.status_code == 204
    assert "Regulars-Visitor" in preflight.headers["Access-Control-Allow-Headers"]
    assert "PUT" in preflight.headers["Access-Control-Allow-Methods"]
