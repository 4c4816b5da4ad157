from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest
from django.test import Client

from segmentation.models import Profile, Segment
from shopdemo.shop.models import User
from tests.admin.conftest import break_segment, filled
from tests.rest.people.conftest import address, person
from tests.sources.test_stored_upsert import NOW


def why(client: Client, name: str, slug: str, **query: str) -> dict:
    response = client.get(address(person(name).key, "explain", slug), query)
    assert response.status_code == 200, response.content
    return response.json()


def test_each_condition_as_commands_have_it(looking: Client, loyal: Segment) -> None:
    found = why(looking, "alice", "loyal")
    since = person("alice").memberships.get().since
    found["leaves"][0]["evidence"].sort()
    assert found == {
        "member": True,
        "since": since.isoformat().replace("+00:00", "Z"),
        "leaves": [
            {
                "path": "/rules/0",
                "sentence": "at least 3 orders",
                "truth": "true",
                "asked": True,
                "value": "3",
                "limit": "3",
                "evidence": ["A1", "A2", "A3"],
            }
        ],
    }
    assert why(looking, "bob", "loyal")["member"] is False


def test_as_of_another_moment(looking: Client, loyal: Segment) -> None:
    found = why(looking, "alice", "loyal", now="2020-01-01")
    assert (found["member"], found["leaves"][0]["value"]) == (False, "0")


@pytest.mark.parametrize("now", ["", "yesterday", "0001-01-01", "9999-12-31T23:59:59Z", "2026-13-01", "٢٠٢٦-01-01"])
def test_a_moment_that_is_none(looking: Client, loyal: Segment, now: str) -> None:
    response = looking.get(address(person("alice").key, "explain", "loyal"), {"now": now})
    assert response.status_code == 400
    assert response.json()["errors"][0]["parameter"] == "now"


@pytest.mark.parametrize("now", ["0002-01-01", "9998-12-31T23:59:59Z"])
def test_a_moment_far_away(looking: Client, loyal: Segment, now: str) -> None:
    why(looking, "alice", "loyal", now=now)


def test_what_is_restricted_needs_the_right(staff: Callable[..., Client], people: None) -> None:
    User.objects.filter(email="alice@shop.test").update(birth_date=date(1990, 6, 4), city="Lyon")
    filled("lyon", 'customer.city = "Lyon" and customer.country = "FR"')
    browser = staff("view_profile")
    assert [leaf["value"] for leaf in why(browser, "alice", "lyon")["leaves"]] == [None, "FR"]
    browser.logout()
    User.objects.get(email="staff@shop.test").delete()
    browser = staff("view_profile", "view_restricted")
    assert [leaf["value"] for leaf in why(browser, "alice", "lyon")["leaves"]] == ["Lyon", "FR"]


def test_whoever_was_merged_is_explained_as_that_person(looking: Client, loyal: Segment) -> None:
    Profile.objects.create(key="visitor:v", kind="visitor", visitor_id="v", created_at=NOW, merged_into=person("alice"))
    assert looking.get(address("visitor:v", "explain", "loyal")).json()["member"] is True


def test_no_such_segment(looking: Client, loyal: Segment) -> None:
    Segment.objects.filter(pk=loyal.pk).update(shop="other")
    assert looking.get(address(person("alice").key, "explain", "loyal")).status_code == 404
    assert looking.get(address("user:nobody", "explain", "loyal")).status_code == 404


def test_a_broken_segment(looking: Client, loyal: Segment) -> None:
    break_segment(loyal)
    response = looking.get(address(person("alice").key, "explain", "loyal"))
    assert (response.status_code, response.json()["type"]) == (409, "urn:regulars:problem:conflict")
