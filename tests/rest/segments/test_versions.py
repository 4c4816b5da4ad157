from __future__ import annotations

import pytest

from segmentation.membership.define import change, sound
from segmentation.models import SegmentVersion
from tests.cast import NOW
from tests.rest.segments.conftest import RULE, TEXT
from tests.statements import reading

pytestmark = pytest.mark.django_db


def test_newest_first_with_who_made_them(api, staff, loyal) -> None:
    change(loyal, sound("orders.count() >= 2"), by=staff, now=NOW)
    rows = api.get("/api/segments/loyal/versions/").json()["results"]

    assert [(row["number"], row["text"], row["created_by"]) for row in rows] == [
        (2, "orders.count() >= 2", "owner@shop.test"),
        (1, TEXT, None),
    ]
    assert (rows[1]["definition"], rows[1]["created_at"]) == (RULE, "2026-06-01T13:00:00+01:00")


@pytest.mark.parametrize("number", [1, 50])
def test_as_many_queries_whatever_the_number(api, staff, loyal, number) -> None:
    SegmentVersion.objects.all().delete()
    SegmentVersion.objects.bulk_create(
        SegmentVersion(segment=loyal, number=each, definition=RULE, created_at=NOW, created_by=staff) for each in range(number)
    )
    with reading(4):  # the session, who it is, the segment, the page
        assert len(api.get("/api/segments/loyal/versions/").json()["results"]) == number
