from __future__ import annotations

import json

import pytest

from segmentation.membership.definitions import take_in
from segmentation.models import Segment
from tests.cast import NOW
from tests.rest.segments.conftest import TEXT, said
from tests.rest.segments.test_segments import command
from tests.statements import reading

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("loyal", "french")]


def test_it_is_that_of_the_command(api) -> None:
    Segment.objects.filter(slug="loyal").update(is_published=True)
    found = api.get("/api/segments/export/").json()
    assert found == command("export")
    assert found["segments"][1] == {
        "slug": "loyal",
        "name": "Loyal customers",
        "description": "They stay.",
        "state": "live",
        "is_published": True,
        "rule": TEXT,
    }
    assert take_in(json.dumps(api.get("/api/segments/export/").json()).encode(), now=NOW).unchanged == ("french", "loyal")


def test_some_of_them(api) -> None:
    assert [one["slug"] for one in api.get("/api/segments/export/?slug=loyal").json()["segments"]] == ["loyal"]
    assert said(api.get("/api/segments/export/?slug=loyal&slug=nobody")) == (400, "invalid", "no segment is called nobody")


def test_few_queries(api) -> None:
    with reading(3):  # the session, who it is, the segments
        api.get("/api/segments/export/")
