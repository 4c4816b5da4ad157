from __future__ import annotations

from django.test import Client

from segmentation import membership
from segmentation.models import Segment
from segmentation.testing import make_segment, refresh_now
from tests.admin.conftest import filled
from tests.rest.people.conftest import address, person, rows
from tests.sources.test_stored_upsert import NOW
from tests.statements import reading


def test_by_name_with_since_when_and_whether_the_owner_said_so(looking: Client, loyal: Segment, buyers: Segment) -> None:
    membership.override(loyal, person("bob"), included=True, now=NOW)
    mine = rows(looking, address(person("bob").key, "segments"))
    since = {said.segment.slug: said.since for said in person("bob").memberships.all()}
    assert [(row["slug"], row["name"], row["overridden"]) for row in mine] == [
        ("buyers", "Buyers", False),
        ("loyal", "Loyal", True),
    ]
    assert mine[1] == {"slug": "loyal", "name": "Loyal", "since": "2026-03-01T12:00:00Z", "overridden": True}
    assert since["loyal"] == NOW


def test_pages_and_their_cost(looking: Client, people: None) -> None:
    for number in range(3):
        make_segment(f"s{number}", "orders.count() >= 1", name="Same")
    refresh_now()
    where = address(person("alice").key, "segments")
    first = looking.get(where, {"page_size": 2}).json()
    second = looking.get(first["next"]).json()
    assert [[row["slug"] for row in page["results"]] for page in (first, second)] == [["s0", "s1"], ["s2"]]
    assert looking.get(second["previous"]).json()["results"] == first["results"]
    with reading(6):
        looking.get(where)
    filled("other", "orders.count() >= 1")
    with reading(6):  # session, user, two of permissions, the person, the page
        assert len(rows(looking, where)) == 4
