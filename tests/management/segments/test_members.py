from __future__ import annotations

import pytest

from segmentation.membership import define, refresh
from segmentation.models import Membership, Profile, Segment
from segmentation.profiles import guest_key
from tests.management.conftest import LATER, NOW


@pytest.fixture
def buyers(people):
    define("buyers", "orders.count() >= 1", name="Buyers", now=NOW)
    refresh(["buyers"], now=NOW)


@pytest.mark.usefixtures("buyers")
def test_members_by_key(segments, alice, bob, dan):
    ran = segments("members", "buyers", "--json")

    keys = {f"user:{alice.pk}", f"user:{bob.pk}", guest_key(dan)}
    assert {member["profile"] for member in ran.data} == keys
    assert all(member == {"profile": member["profile"], "since": "2026-03-01T12:00:00+00:00"} for member in ran.data)
    assert len(ran.data) == 3
    assert (ran.err, ran.code) == ("", 0)


@pytest.mark.usefixtures("filled")
def test_for_people(segments, alice):
    assert segments("members", "loyal").lines == [[f"user:{alice.pk}", "2026-03-01", "12:00"]]


@pytest.mark.usefixtures("filled")
def test_a_broken_segment_keeps_its_members_and_says_so(segments, alice, use_source):
    use_source("LostCountry")
    segments("refresh", "--now", LATER.isoformat())

    ran = segments("members", "french", "--json")

    assert ran.data == [{"profile": f"user:{alice.pk}", "since": "2026-03-01T12:00:00+00:00"}]
    assert ran.err == "french is broken: /rules/0/field: unknown fact customer.country\n"
    assert ran.code == 0


@pytest.mark.django_db
def test_a_draft_has_none_and_says_so(segments):
    Segment.objects.create(slug="idea", name="Idea", definition={})

    ran = segments("members", "idea", "--json")

    assert (ran.data, ran.err, ran.code) == ([], "idea is draft\n", 0)


@pytest.mark.usefixtures("loyal")
def test_nobody(segments):
    assert segments("members", "loyal", "--json").data == []
    assert segments("members", "loyal").out == ""


@pytest.mark.usefixtures("buyers")
def test_two_queries_and_no_model_objects(segments, django_assert_num_queries, monkeypatch):
    for model in (Membership, Profile):
        monkeypatch.setattr(model, "from_db", classmethod(lambda *arguments: pytest.fail("a row became an object")))

    with django_assert_num_queries(2):
        assert len(segments("members", "buyers", "--json").data) == 3


@pytest.mark.django_db
def test_no_such_segment(segments):
    ran = segments("members", "nobody", "--json")

    assert (ran.out, ran.err, ran.code) == ("", "no segment is called nobody", 1)


@pytest.mark.usefixtures("filled")
def test_visitors_are_no_members_to_list(segments):
    profile = Profile.objects.create(key="visitor:v", kind="visitor", visitor_id="v", created_at=NOW)
    Membership.objects.create(segment=Segment.objects.get(slug="loyal"), profile=profile, since=NOW)

    assert "visitor:v" not in segments("members", "loyal").out
