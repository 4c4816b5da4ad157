from __future__ import annotations

import pytest

from segmentation.models import Segment, SegmentVersion
from tests.rest.segments.conftest import said
from tests.rest.segments.test_segments import command

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("cast")]


def test_the_list_is_that_of_the_command(api) -> None:
    assert api.get("/api/presets/").json()["results"] == command("presets", "list")


def test_some_are_added_with_their_values(api, staff, django_capture_on_commit_callbacks) -> None:
    sent = {"slugs": ["lapsed", "never-bought"], "values": {"days": "120"}}
    with django_capture_on_commit_callbacks(execute=True):
        found = api.post("/api/presets/", sent).json()
    assert found == {
        "added": [
            {"slug": "lapsed", "name": "Not bought in 120 days", "state": "live"},
            {"slug": "never-bought", "name": "Never bought", "state": "live"},
        ],
        "present": [],
        "left_out": {},
    }
    assert dict(Segment.objects.values_list("slug", "size")) == {"lapsed": 1, "never-bought": 1}
    assert {version.created_by for version in SegmentVersion.objects.all()} == {staff}
    assert api.post("/api/presets/", {"slugs": ["lapsed"], "state": "draft"}).json()["present"] == ["lapsed"]


@pytest.mark.parametrize(
    "sent",
    [
        {"slugs": ["no-such"]},
        {"slugs": ["lapsed"], "values": {"weeks": "3"}},
        {"slugs": ["lapsed"], "values": {"days": "soon"}},
        {"slugs": ["lapsed", "at-home"]},
        {"slugs": []},
        {"slugs": ["lapsed"], "state": "archived"},
        {"slugs": ["lapsed"], "by": 1},
        {},
    ],
)
def test_all_or_none(api, sent) -> None:
    assert said(api.post("/api/presets/", sent))[:2] == (400, "invalid")
    assert not Segment.objects.exists()
