from __future__ import annotations

from urllib.parse import quote

import pytest

from segmentation.errors import SourceError
from segmentation.membership import refresh
from segmentation.models import Override, Profile, Segment
from tests.cast import NOW, key_of, members, profile_of
from tests.rest.segments.conftest import faults, said
from tests.statements import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("filled")]

WORDS = "/api/segments/loyal/overrides/"


def word(person) -> str:
    return f"{WORDS}{quote(key_of(person), safe='')}/"


def test_somebody_is_put_in_and_the_rule_decides_again(api, alice, bob) -> None:
    response = api.put(word(bob), {"included": True, "reason": "a friend"})
    row = {
        "profile": key_of(bob),
        "included": True,
        "reason": "a friend",
        "by": "owner@shop.test",
        "at": "2026-06-01T13:00:00+01:00",
    }
    assert (response.status_code, response.json()) == (201, row)
    assert members("loyal") == {key_of(alice), key_of(bob)}
    assert api.get(word(bob)).json() == row
    assert api.get(WORDS).json()["results"] == [row]
    refresh(now=NOW)
    assert key_of(bob) in members("loyal")

    assert api.delete(word(bob)).status_code == 204
    assert members("loyal") == {key_of(alice)}
    assert [api.get(word(bob)).status_code, api.delete(word(bob)).status_code] == [404, 404]


def test_a_later_word_replaces_an_earlier_one(api, alice, dan) -> None:
    api.put(word(dan), {"included": True})
    response = api.put(word(dan), {"included": False, "reason": "asked us to"})
    assert (response.status_code, response.json()["reason"]) == (200, "asked us to")
    api.put(word(alice), {"included": True})
    assert members("loyal") == {key_of(alice)}
    assert [row["profile"] for row in api.get(f"{WORDS}?included=false").json()["results"]] == [key_of(dan)]


@pytest.mark.parametrize("sent", [{}, {"included": "yes"}, {"included": True, "by": 1}, {"included": True, "reason": "r" * 201}])
def test_what_is_no_word(api, bob, sent) -> None:
    response = api.put(word(bob), sent)
    assert (response.status_code, len(faults(response))) == (400, 1)
    assert not Override.objects.exists()


def test_nobody_is_in_a_draft_and_who_is_gone_is_in_none(api, bob) -> None:
    Profile.objects.filter(pk=profile_of(bob).pk).update(gone_at=NOW)
    assert said(api.put(word(bob), {"included": True}))[:2] == (409, "conflict")
    Profile.objects.update(gone_at=None)
    Segment.objects.update(state="draft")
    assert said(api.put(word(bob), {"included": True}))[:2] == (409, "conflict")
    assert not Override.objects.exists()


def test_people_and_segments_of_another_shop(api, bob) -> None:
    Profile.objects.create(shop="other", key="user:other", kind="user", created_at=NOW)
    Segment.objects.create(shop="other", slug="theirs", name="Theirs", state="live", definition={})
    assert api.put(f"{WORDS}user%3Aother/", {"included": True}).status_code == 404
    assert api.get("/api/segments/theirs/overrides/").status_code == 404
    assert api.put(word(bob).replace("loyal", "theirs"), {"included": True}).status_code == 404


def test_nothing_is_said_where_the_shop_cannot_be_read(api, alice, monkeypatch) -> None:
    api.put(word(alice), {"included": False})

    def fail(*arguments, **options):
        raise SourceError("orders went away")

    monkeypatch.setattr("segmentation.membership.live.answer_few", fail)
    assert said(api.delete(word(alice)))[:2] == (503, "source")
    assert Override.objects.get().included is False


@pytest.mark.parametrize("number", [1, 50])
def test_as_many_queries_whatever_the_number(api, staff, number) -> None:
    loyal = Segment.objects.get(slug="loyal")
    made = Profile.objects.bulk_create(Profile(key=f"user:x{each}", kind="user", created_at=NOW) for each in range(number))
    Override.objects.bulk_create(Override(segment=loyal, profile=one, included=True, by=staff, at=NOW) for one in made)
    with reading(4):  # the session, who it is, the segment, the page
        assert len(api.get(WORDS).json()["results"]) == number
