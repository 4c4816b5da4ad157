from __future__ import annotations

import pytest

from segmentation.membership import define
from segmentation.models import Segment
from tests.management.conftest import NOW


@pytest.mark.usefixtures("filled")
def test_the_segments(segments):
    define("new", "orders.count() = 0", name="New", state=Segment.State.DRAFT, now=NOW)
    Segment.objects.create(shop="other", slug="other", name="Other", definition={})

    noon = "2026-03-01T12:00:00+00:00"
    ran = segments("list", "--json")

    assert ran.data == [
        {
            "slug": "french",
            "name": "French",
            "state": "live",
            "size": 1,
            "share": 0.25,
            "refreshed_at": noon,
            "is_published": False,
        },
        {
            "slug": "loyal",
            "name": "Loyal customers",
            "state": "live",
            "size": 1,
            "share": 0.25,
            "refreshed_at": noon,
            "is_published": False,
        },
        {
            "slug": "new",
            "name": "New",
            "state": "draft",
            "size": None,
            "share": None,
            "refreshed_at": None,
            "is_published": False,
        },
    ]
    assert (ran.err, ran.code) == ("", 0)


@pytest.mark.usefixtures("filled")
def test_one_that_storefronts_are_told(segments):
    Segment.objects.filter(slug="loyal").update(is_published=True)

    assert [one["is_published"] for one in segments("list", "--json").data] == [False, True]
    assert segments("list").lines[2][-3:] == ["told", "to", "storefronts"]


@pytest.mark.usefixtures("filled")
def test_for_people(segments):
    assert segments("list").lines == [
        ["segment", "name", "state", "size", "share", "last", "refresh"],
        ["french", "French", "live", "1", "25.0%", "2026-03-01", "12:00"],
        ["loyal", "Loyal", "customers", "live", "1", "25.0%", "2026-03-01", "12:00"],
    ]


def test_none(segments, db):
    assert segments("list", "--json").data == []
    assert segments("list").lines == [["segment", "name", "state", "size", "share", "last", "refresh"]]


@pytest.mark.django_db
def test_two_queries_whatever_the_number_of_segments(segments, django_assert_num_queries):
    for number in range(12):
        Segment.objects.create(slug=f"s{number}", name="S", definition={})

    with django_assert_num_queries(2):
        assert len(segments("list", "--json").data) == 12
