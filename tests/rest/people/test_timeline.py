from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from segmentation.activity import Context, Deed, record_many
from segmentation.models import Activity, Cause, Consent, JournalEntry, MergeCause, Profile, Purpose, Segment
from segmentation.profiles.consents import say
from segmentation.profiles.merging import merge
from segmentation.profiles.visitors import welcome
from tests.rest.people.conftest import address, person, rows
from tests.sources.test_stored_upsert import LATER, NOW
from tests.statements import reading

HOUR = timedelta(hours=1)


@pytest.fixture
def alice(loyal: Segment) -> Profile:
    """Bought; agreed as a visitor who looked for lamps; logged in."""
    profile = person("alice")
    JournalEntry.objects.all().delete()
    JournalEntry.objects.create(segment=loyal, profile=profile, entered=True, at=NOW - HOUR, cause=Cause.CHANGE, version=2)
    visitor = welcome("v1", now=NOW)
    say(visitor, Purpose.PROFILING, True, now=NOW, method="banner", source="/")
    deeds = [Deed("search", visitor="v1", query="lamps", category="Lamps", context=Context(device="phone", channel="email"))]
    record_many(deeds, now=NOW)
    merge(visitor, profile, now=LATER, cause=MergeCause.LOGIN)
    return profile


def test_all_that_happened_the_latest_first(looking: Client, alice: Profile) -> None:
    found = rows(looking, address(alice.key, "timeline"))
    assert [(row["kind"], row["at"]) for row in found] == [
        ("merge", "2026-03-01T13:00:00Z"),
        ("consent", "2026-03-01T13:00:00Z"),
        ("activity", "2026-03-01T12:00:00Z"),
        ("segment", "2026-03-01T11:00:00Z"),
    ]
    merged, consent, deed, segment = ({key: row[key] for key in row if key not in ("kind", "at", "id")} for row in found)
    assert merged == {"source": "visitor:v1", "target": alice.key, "cause": "login", "by": None, "undone_at": None}
    word = {"purpose": "profiling", "granted": True, "method": "merge", "source": "visitor:v1", "notice_version": ""}
    assert consent == word
    where = {"product_id": "", "category": "Lamps", "channel": "email", "device": "phone", "utm_campaign": ""}
    assert deed == {"deed": "search", "query": None, **where}
    assert segment == {"entered": True, "segment": {"slug": "loyal", "name": "Loyal"}, "cause": "change", "version": 2}


def test_search_words_need_a_right(staff: Callable[..., Client], alice: Profile) -> None:
    browser = staff("view_profile", "view_email")
    (deed,) = rows(browser, address(alice.key, "timeline"), kind="activity")
    assert deed["query"] == "lamps"


def test_what_the_merged_profile_has_of_its_own(looking: Client, alice: Profile) -> None:
    found = rows(looking, address("visitor:v1", "timeline"))
    assert [row["kind"] for row in found] == ["merge", "activity", "consent"]


def test_of_some_kinds_and_of_a_time(looking: Client, alice: Profile) -> None:
    where = address(alice.key, "timeline")
    assert [row["kind"] for row in rows(looking, where, kind=["segment", "merge"])] == ["merge", "segment"]
    assert [row["kind"] for row in rows(looking, where, after="2026-03-01T12:00:00Z", before="2026-03-01T13:00:00Z")] == [
        "activity"
    ]


@pytest.mark.parametrize(("name", "value"), [("kind", "orders"), ("after", "soon"), ("before", "0001-01-01"), ("cursor", "b0")])
def test_what_cannot_be_asked(looking: Client, alice: Profile, name: str, value: str) -> None:
    response = looking.get(address(alice.key, "timeline"), {name: value})
    assert (response.status_code, response.json()["errors"][0]["parameter"]) == (400, name)


def fill(profile: Profile, loyal: Segment, count: int) -> None:
    """So many rows of three kinds, several at each moment."""
    moments = [NOW - HOUR * (number // 4) for number in range(count)]
    said: dict[str, Any] = {"segment": loyal, "profile": profile, "entered": True, "cause": "change", "version": 1}
    JournalEntry.objects.bulk_create([JournalEntry(at=at, **said) for at in moments])
    Consent.objects.bulk_create([Consent(profile=profile, purpose="sms", granted=True, at=at, method="x") for at in moments])
    deeds = [Activity(uid=f"u{n}", kind="view", at=at, customer=profile.customer_id) for n, at in enumerate(moments)]
    Activity.objects.bulk_create(deeds)


def test_pages_forth_and_back_miss_nothing(looking: Client, alice: Profile, loyal: Segment) -> None:
    fill(alice, loyal, 13)
    where = address(alice.key, "timeline")
    everything = rows(looking, where, page_size=200)
    assert len(everything) == 4 + 3 * 13
    there, page = [], looking.get(where, {"page_size": 4}).json()
    assert page["previous"] is None
    while True:
        there.append(page["results"])
        if not page["next"]:
            break
        page = looking.get(page["next"]).json()
    assert [row for results in there for row in results] == everything
    back = [page["results"]]
    while page["previous"]:
        page = looking.get(page["previous"]).json()
        back.append(page["results"])
    assert [row for results in reversed(back) for row in results] == everything


def test_it_costs_as_much_for_fifty_rows_as_for_one(looking: Client, alice: Profile, loyal: Segment) -> None:
    with reading(10):  # session, user, two of permissions, the person, their parts, and a read of each kind
        rows(looking, address(alice.key, "timeline"))
    fill(alice, loyal, 30)
    with reading(10):
        assert len(rows(looking, address(alice.key, "timeline"))) == 50
