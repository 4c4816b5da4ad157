"""What one visitor gets of another: nothing, by whatever they send."""

from __future__ import annotations

from typing import Any

import pytest

from personalization.models import Slot
from personalization.visitor.token import issue
from segmentation.models import Consent, KeptAnswer, Profile, Segment
from segmentation.profiles import user_key
from shopdemo.shop.models import User
from tests.personalization.content.making import make_slot, make_variant
from tests.personalization.rest.conftest import Browser, problem, session_of

pytestmark = pytest.mark.django_db

HEADER = "Regulars-Visitor"


@pytest.fixture
def hero(vip: Segment, join: Any, alice: User, bob: User) -> Slot:
    """Alice is a VIP, whom the slot greets; Bob is none. Both agreed."""
    slot = make_slot("hero", mode="inline")
    make_variant(slot, "vip", segments={"any": [vip]}, heading="Hello {{ first_name }}")
    Segment.objects.update(is_published=True)
    join(vip, alice)
    return slot


def test_a_session_beside_a_token_gives_and_takes_nothing(hero: Slot, alice: User, bob: User) -> None:
    hers = session_of(alice)
    session_of(bob)
    assert hers.read("slots/hero/")["heading"] == "Hello Alice"
    hers.ask("put", "place/", {"country": "JP"})
    said = {HEADER: issue(customer=bob, seconds=60)}
    me = hers.read("me/", **said)
    assert (me["first_name"], me["segments"], me["place"]["country"] == "JP") == ("Bob", [], False)
    assert hers.read("slots/hero/", **said)["variant"] is None
    assert hers.ask("put", "place/", {"country": "PL"}, **said).status_code == 200
    assert hers.ask("put", "consent/", {"words": {"profiling": False}}, **said).status_code == 200
    assert list(Consent.objects.values_list("profile__key", flat=True)) == [user_key(bob.pk)]
    assert Profile.objects.get(key=user_key(alice.pk)).profiling is True
    me = hers.read("me/")
    assert (me["first_name"], me["segments"], me["place"]["country"]) == ("Alice", ["vip"], "JP")
    forged = {HEADER: "forged"}
    assert problem(hers.ask("put", "consent/", {"words": {"profiling": False}}, **forged))[:2] == (401, "visitor-token-invalid")
    assert Profile.objects.get(key=user_key(alice.pk)).profiling is True


def test_nobody_is_named_in_a_body(alice: User, bob: User) -> None:
    hers = session_of(alice)
    session_of(bob)
    for more in ({"customer": str(bob.pk)}, {"profile": user_key(bob.pk)}, {"is_member": True}):
        assert hers.ask("put", "consent/", {"words": {"profiling": False}, **more}).status_code == 400
        assert hers.ask("put", "place/", {"country": "PL", **more}).status_code == 400
        assert hers.ask("put", "visit/", {"page": "/", **more}).status_code == 400
        assert hers.ask("post", "recommendations/clicks/", {"shown": "x", "place": 1, **more}).status_code == 400
    assert not Consent.objects.exists()


def test_an_answer_that_is_kept_is_told_to_its_visitor_alone(alice: User, bob: User) -> None:
    click = {"shown": "x", "place": 1}
    for browser in (session_of(alice), session_of(bob)):
        said = browser.ask("post", "recommendations/clicks/", click, **{"Idempotency-Key": "one"})
        assert (said.status_code, said.headers.get("Idempotency-Replayed")) == (204, None)
    assert set(KeptAnswer.objects.values_list("caller", flat=True)) == {user_key(alice.pk), user_key(bob.pk)}
    nobody = Browser().ask("post", "recommendations/clicks/", click, **{"Idempotency-Key": "one"})
    assert problem(nobody)[:2] == (400, "bad-key")


def test_what_everybody_may_keep_brings_nobodys_cookie(settings: Any, hero: Slot, alice: User) -> None:
    make_slot("plain")
    hers = session_of(alice)
    said = hers.ask("get", "slots/plain/")
    assert (said.headers["Cache-Control"], dict(said.cookies)) == ("public, max-age=60", {})
    settings.SESSION_SAVE_EVERY_REQUEST = True
    said = hers.ask("get", "slots/plain/")
    assert said.headers["Cache-Control"] == "private, no-store"
    assert set(said.cookies) == {"sessionid"}
    assert Browser().ask("get", "slots/plain/").headers["Cache-Control"] == "public, max-age=60"
