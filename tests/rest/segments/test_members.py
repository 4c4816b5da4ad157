from __future__ import annotations

import pytest

from segmentation.membership import define, override, refresh
from segmentation.models import Membership, Profile, Segment
from segmentation.profiles.visitors import welcome
from tests.cast import NOW, ago, key_of, profile_of
from tests.rest.segments.conftest import faults
from tests.statements import reading

pytestmark = pytest.mark.django_db


@pytest.fixture
def buyers(cast) -> Segment:
    """Alice and Dan since yesterday, Bob since an hour by the owner's word."""
    segment = define("buyers", "orders.count(last 100 days) >= 1", now=ago(2))
    refresh(now=ago(1))
    segment.refresh_from_db()
    override(segment, profile_of(cast["bob"]), included=True, now=ago(hours=1))
    return segment


def members(api, query: str = "") -> list[str]:
    return [row["profile"] for row in api.get(f"/api/segments/buyers/members/{query}").json()["results"]]


def test_who_is_in_since_when_and_why(api, buyers, alice, bob, dan) -> None:
    response = api.get("/api/segments/buyers/members/")
    yesterday = "2026-05-31T13:00:00+01:00"
    assert sorted(response.json()["results"], key=lambda row: row["kind"] + row["profile"]) == [
        {"profile": key_of(dan), "since": yesterday, "kind": "guest", "cause": "first_fill"},
        {"profile": key_of(alice), "since": yesterday, "kind": "user", "cause": "first_fill"},
        {"profile": key_of(bob), "since": "2026-06-01T12:00:00+01:00", "kind": "user", "cause": "manual"},
    ]
    assert members(api) == list(Profile.objects.filter(memberships__segment=buyers).order_by("pk").values_list("key", flat=True))


def test_filters_and_orders(api, buyers, alice, bob, dan) -> None:
    assert members(api, "?order_by=since")[-1] == members(api, "?order_by=-since")[0] == key_of(bob)
    assert members(api, "?kind=guest") == [key_of(dan)]
    assert members(api, "?since_after=2026-06-01") == [key_of(bob)]
    assert set(members(api, "?since_before=2026-06-01T00:00")) == {key_of(alice), key_of(dan)}
    for query, parameter in (
        ("kind=odd", "kind"),
        ("since_after=soon", "since_after"),
        ("since_before=9999-12-31", "since_before"),
    ):
        assert [fault["parameter"] for fault in faults(api.get(f"/api/segments/buyers/members/?{query}"))] == [parameter]


def test_visitors_are_members_only_where_they_are_asked_for(api, buyers) -> None:
    visitor = welcome("somebody", now=NOW)
    Membership.objects.create(segment=buyers, profile=visitor, since=NOW)
    assert visitor.key not in members(api)
    assert members(api, "?kind=visitor") == [visitor.key]


def test_of_many_who_came_together_nobody_is_lost(api, buyers) -> None:
    made = Profile.objects.bulk_create(Profile(key=f"user:x{each}", kind="user", created_at=NOW) for each in range(30))
    Membership.objects.bulk_create(Membership(segment=buyers, profile=profile, since=NOW) for profile in made)
    address, seen = "/api/segments/buyers/members/?page_size=7&order_by=-since", []
    while address:
        page = api.get(address).json()
        seen += [row["profile"] for row in page["results"]]
        address = page["next"]
    assert (len(seen), len(set(seen))) == (33, 33)


@pytest.mark.parametrize("number", [1, 50])
def test_as_many_queries_whatever_the_number(api, loyal, number) -> None:
    made = Profile.objects.bulk_create(Profile(key=f"user:x{each}", kind="user", created_at=NOW) for each in range(number))
    Membership.objects.bulk_create(Membership(segment=loyal, profile=profile, since=NOW) for profile in made)
    with reading(4):  # the session, who it is, the segment, the page
        assert len(api.get("/api/segments/loyal/members/").json()["results"]) == number


def test_a_draft_has_none(api, loyal) -> None:
    assert api.get("/api/segments/loyal/members/").json()["results"] == []
