from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import call_command
from django.utils import translation

from segmentation.membership import define
from segmentation.models import Membership, Segment, SegmentVersion
from tests.cast import NOW
from tests.rest.segments.conftest import RULE, TEXT, faults, said
from tests.statements import reading

pytestmark = pytest.mark.django_db

QUERIES = 4
"""The session, who it is, the page, the people."""


def command(*arguments: str) -> Any:
    """What `manage.py segments … --json` writes."""
    out = StringIO()
    call_command("segments", *arguments, "--json", stdout=out)
    return json.loads(out.getvalue())


def slugs(api: Any, query: str = "") -> list[str]:
    return [row["slug"] for row in api.get(f"/api/segments/{query}").json()["results"]]


@pytest.mark.usefixtures("filled")
def test_the_list_is_that_of_the_command(api) -> None:
    Segment.objects.create(shop="other", slug="other", name="Other", definition={})
    response = api.get("/api/segments/?order_by=slug")

    assert (response.json()["next"], response.json()["previous"]) == (None, None)
    assert response.json()["results"] == command("list")
    assert response.json()["results"][1] == {
        "slug": "loyal",
        "name": "Loyal customers",
        "state": "live",
        "size": 1,
        "share": 0.25,
        "refreshed_at": "2026-06-01T13:00:00+01:00",
        "is_published": False,
    }


@pytest.mark.usefixtures("filled")
def test_filters_and_orders(api) -> None:
    define("new", "orders.count() = 0", name="Fresh", state="draft", is_published=True, now=NOW)
    Segment.objects.filter(slug="loyal").update(size=3)

    assert slugs(api) == ["french", "new", "loyal"]  # by name
    assert slugs(api, "?order_by=-size") == ["loyal", "french", "new"]
    assert slugs(api, "?state=draft&state=live&order_by=slug") == ["french", "loyal", "new"]
    assert slugs(api, "?state=draft") == slugs(api, "?is_published=true") == slugs(api, "?search=FRESH") == ["new"]
    assert slugs(api, "?is_published=false&search=stay") == ["loyal"]
    assert slugs(api, "?search=%25") == []
    for query, parameter in (("state=odd", "state"), ("is_published=1", "is_published"), ("order_by=pk", "order_by")):
        assert [fault["parameter"] for fault in faults(api.get(f"/api/segments/?{query}"))] == [parameter]


def test_pages_lose_nobody(api) -> None:
    Segment.objects.bulk_create(
        Segment(slug=f"s{number}", name="Same", size=number % 2 or None, definition={}) for number in range(7)
    )
    address, seen = "/api/segments/?order_by=-size&page_size=3", []
    while address:
        page = api.get(address).json()
        seen += [row["slug"] for row in page["results"]]
        address = page["next"]
    assert seen == ["s5", "s3", "s1", "s6", "s4", "s2", "s0"]


@pytest.mark.parametrize("number", [1, 50])
def test_as_many_queries_whatever_the_number(api, number) -> None:
    Segment.objects.bulk_create(Segment(slug=f"s{each}", name="S", definition=RULE) for each in range(number))
    with reading(QUERIES):
        assert len(api.get("/api/segments/").json()["results"]) == number


@pytest.mark.usefixtures("filled")
def test_one_is_what_the_command_shows(api) -> None:
    define("abroad", 'in segment "loyal" and customer.country != "GB"', now=NOW)
    shown = command("show", "loyal")
    del shown["versions"]

    found = api.get("/api/segments/loyal/").json()
    assert found == shown
    assert (found["text"], found["definition"], found["used_by"]) == (TEXT, RULE, ["abroad"])
    assert found["sentence"] == "Customers who match: at least 3 orders."


@pytest.mark.usefixtures("filled")
def test_the_sentence_is_in_the_language_of_who_asks(api) -> None:
    with translation.override(None):
        found = api.get("/api/segments/loyal/", headers={"Accept-Language": "fr"})
    assert found.json()["sentence"].startswith("Clients répondant à ce critère")
    assert found["Content-Language"] == "fr"


def test_what_cannot_be_read_or_asked_is_shown_all_the_same(api, loyal, configure) -> None:
    Segment.objects.create(slug="old", name="Old", definition={"version": 99})
    old = api.get("/api/segments/old/").json()
    assert (old["sentence"], old["text"], old["definition"]) == (None, None, {"version": 99})

    configure(SOURCE="nowhere.Shop")
    found = api.get("/api/segments/loyal/").json()
    assert (found["sentence"], found["text"]) == (None, TEXT)


def test_there_is_none_of_another_shop(api) -> None:
    Segment.objects.create(shop="other", slug="other", name="Other", definition=RULE)
    for method in (api.get, api.patch, api.delete):
        assert method("/api/segments/other/").status_code == 404
    for below in ("versions", "members"):
        assert api.get(f"/api/segments/other/{below}/").status_code == 404
    assert api.post("/api/segments/other/refresh/").status_code == 404
    assert Segment.objects.get().name == "Other"


@pytest.mark.usefixtures("cast")
@pytest.mark.parametrize("rule", [{"text": TEXT}, {"definition": RULE}])
def test_one_is_made_and_answered(api, staff, rule, django_capture_on_commit_callbacks) -> None:
    sent = {"slug": "loyal", "name": "Loyal", "description": "They stay.", "state": "live", "is_published": True, **rule}
    with django_capture_on_commit_callbacks(execute=True):
        response = api.post("/api/segments/", sent)

    assert (response.status_code, response["Location"]) == (201, "http://testserver/api/segments/loyal/")
    found = api.get("/api/segments/loyal/").json()
    assert {name: found[name] for name in sent} == sent
    assert (found["text"], found["definition"], found["size"], found["version"]) == (TEXT, RULE, 1, 1)
    assert SegmentVersion.objects.get().created_by == staff


@pytest.mark.usefixtures("cast")
def test_what_is_not_said_is_a_draft_called_by_its_slug(api, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        found = api.post("/api/segments/", {"slug": "loyal", "text": TEXT}).json()
    assert (found["name"], found["description"], found["state"], found["is_published"]) == ("loyal", "", "draft", False)
    assert api.get("/api/segments/loyal/").json()["refreshed_at"] is None


def test_a_slug_is_taken_once(api, loyal) -> None:
    response = api.post("/api/segments/", {"slug": "loyal", "text": TEXT})
    assert said(response) == (409, "conflict", "Another segment has this slug.")
    assert faults(response)[0]["pointer"] == "/slug"


@pytest.mark.usefixtures("filled")
def test_only_what_is_sent_changes(api, staff, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        named = api.patch("/api/segments/loyal/", {"name": "Regulars", "is_published": True}).json()
    assert (named["name"], named["version"], named["text"], named["description"]) == ("Regulars", 1, TEXT, "They stay.")

    with django_capture_on_commit_callbacks(execute=True):
        ruled = api.patch("/api/segments/loyal/", {"text": "orders.count() >= 2"}).json()
    assert (ruled["version"], ruled["text"], ruled["name"]) == (2, "orders.count() >= 2", "Regulars")
    assert api.get("/api/segments/loyal/").json()["size"] == 2
    assert SegmentVersion.objects.get(number=2).created_by == staff


@pytest.mark.usefixtures("filled")
def test_states(api, django_capture_on_commit_callbacks) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        assert api.patch("/api/segments/loyal/", {"state": "archived"}).json()["state"] == "archived"
    assert api.get("/api/segments/loyal/").json()["size"] is None
    assert not Membership.objects.filter(segment__slug="loyal").exists()
    with django_capture_on_commit_callbacks(execute=True):
        api.patch("/api/segments/loyal/", {"state": "live"})
    assert api.get("/api/segments/loyal/").json()["size"] == 1
    response = api.patch("/api/segments/loyal/", {"state": "broken"})
    assert [(fault["pointer"], fault["code"]) for fault in faults(response)] == [("/state", "invalid-choice")]


@pytest.mark.usefixtures("loyal")
def test_what_is_used_stays(api) -> None:
    define("abroad", 'in segment "loyal" and customer.country != "GB"', now=NOW)
    refused = (409, "conflict", "loyal is used by abroad: change these first")

    assert said(api.delete("/api/segments/loyal/")) == refused
    assert said(api.patch("/api/segments/loyal/", {"state": "draft"})) == refused
    assert said(api.patch("/api/segments/loyal/", {"slug": "faithful"})) == refused
    assert Segment.objects.get(slug="loyal").state == "live"
    assert api.delete("/api/segments/abroad/").status_code == 204
    assert api.patch("/api/segments/loyal/", {"slug": "faithful"}).json()["slug"] == "faithful"
    assert (api.delete("/api/segments/faithful/").status_code, Segment.objects.count()) == (204, 0)


@pytest.mark.usefixtures("filled")
def test_a_broken_one_can_be_put_away_or_given_another_rule(api) -> None:
    lost = {**RULE, "rules": [{"kind": "attribute", "field": "customer.shoe", "operator": "is_set"}]}
    Segment.objects.filter(slug="loyal").update(definition=lost, state="broken", problem="unknown fact")

    response = api.patch("/api/segments/loyal/", {"name": "Regulars"})
    assert said(response)[:2] == (409, "broken")
    assert faults(response) == [{"pointer": "/definition/rules/0/field", "detail": "unknown fact customer.shoe", "code": "rule"}]
    assert api.patch("/api/segments/loyal/", {"state": "archived"}).json()["state"] == "archived"
    mended = api.patch("/api/segments/loyal/", {"state": "live", "text": TEXT}).json()
    assert (mended["state"], mended["problem"], mended["version"]) == ("live", "", 3)


@pytest.mark.usefixtures("filled")
def test_what_somebody_else_changed_is_not_overwritten_unread_but_a_refresh_is_no_change(api) -> None:
    seen = api.get("/api/segments/loyal/")["ETag"]
    Segment.objects.filter(slug="loyal").update(size=900, refreshed_at=NOW, problem="a note")
    changed = api.patch("/api/segments/loyal/", {"name": "Regulars"}, headers={"If-Match": seen})
    assert (changed.status_code, changed.json()["size"]) == (200, 900)
    assert api.get("/api/segments/loyal/", headers={"If-None-Match": seen}).status_code == 200

    late = api.patch("/api/segments/loyal/", {"name": "Mine"}, headers={"If-Match": seen})
    assert said(late)[:2] == (412, "changed-meanwhile")
    assert api.delete("/api/segments/loyal/", headers={"If-Match": seen}).status_code == 412
    assert Segment.objects.get(slug="loyal").name == "Regulars"
