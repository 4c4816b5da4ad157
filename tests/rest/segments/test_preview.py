from __future__ import annotations

import pytest

from segmentation.models import Membership
from segmentation.profiles import sync
from tests.cast import NOW, key_of
from tests.rest.segments.conftest import HERE, RULE, TEXT, faults

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def people(cast) -> None:
    sync(now=NOW)


def test_what_a_rule_would_take_in(api, alice) -> None:
    for rule in ({"text": TEXT}, {"definition": RULE, "slug": "loyal"}):
        assert api.post("/api/segments/preview/", rule).json() == {
            "count": 1,
            "share": 0.25,
            "sentence": "Customers who match: at least 3 orders.",
            "warnings": ["Fewer than 20 people are in: too narrow for a campaign, and it may single people out."],
            "unknown": 0,
            "population": 4,
            "sample": [key_of(alice)],
        }
    assert not Membership.objects.exists()


def test_what_cannot_be_told(api) -> None:
    found = api.post("/api/segments/preview/", {"text": 'customer.country != "FR"'}).json()
    assert (found["count"], found["unknown"]) == (1, 2)


def test_what_is_wrong_with_it(api) -> None:
    response = api.post("/api/segments/preview/", {"text": "orders.count( >= 3", "name": "Loyal"})
    assert [fault["pointer"] for fault in faults(response)] == ["/name", "/text"]
    response = api.post("/api/segments/preview/", {"text": 'in segment "me"', "slug": "me"})
    assert [fault["path"] for fault in faults(response)] == ["/rules/0/segment"]


def test_who_may_not_see_members_is_named_none(clerk, logged_in) -> None:
    client = logged_in(clerk(f"{HERE}.add_segment"))
    found = client.post("/api/segments/preview/", {"text": TEXT}).json()
    assert (found["count"], found["sample"]) == (1, None)


def test_values_of_restricted_facts_are_told_to_those_who_may_see_them(api, clerk, logged_in) -> None:
    rule = {"text": 'customer.city = "Paris"'}
    client = logged_in(clerk(f"{HERE}.change_segment"))
    assert "Leeds" in "".join(api.post("/api/segments/preview/", rule).json()["warnings"])
    assert "Leeds" not in "".join(client.post("/api/segments/preview/", rule).json()["warnings"])


def test_a_machine_that_only_reads_may_ask(staff, bearer) -> None:
    assert bearer(staff, "read").post("/api/segments/preview/", {"text": TEXT}).status_code == 200
