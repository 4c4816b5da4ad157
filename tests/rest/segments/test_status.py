from __future__ import annotations

import pytest

from segmentation.models import Segment
from tests.rest.segments.test_segments import command
from tests.statements import reading

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("filled")
def test_it_is_that_of_the_command(api) -> None:
    found = api.get("/api/status/").json()
    assert found == command("status")
    assert (found["people"], found["alarms"], [row["lag"] for row in found["segments"]]) == (4, [], [0, 0])


@pytest.mark.parametrize("number", [1, 50])
def test_as_many_queries_whatever_the_number(api, number) -> None:
    Segment.objects.bulk_create(Segment(slug=f"s{each}", name="S", state="live", definition={}) for each in range(number))
    with reading(5):  # the session, who it is, the last refresh, the segments, the people
        assert len(api.get("/api/status/").json()["alarms"]) == number
