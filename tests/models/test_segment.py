from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from segmentation.models import Segment, SegmentVersion
from tests.cast import NOW

pytestmark = pytest.mark.django_db


def make(slug: str, **fields) -> Segment:
    return Segment.objects.create(slug=slug, name=fields.pop("name", slug), definition={}, **fields)


def test_a_segment_goes_by_its_name():
    segment = make("vip", name="Very important")

    assert str(segment) == "Very important"
    assert (segment.shop, segment.state, segment.version, segment.size, segment.problem) == ("default", "draft", 1, None, "")


def test_segments_stand_by_name():
    make("a", name="Z")
    make("b", name="A")

    assert list(Segment.objects.values_list("slug", flat=True)) == ["b", "a"]


def test_a_slug_is_once_in_a_shop():
    make("vip")

    with pytest.raises(IntegrityError), transaction.atomic():
        make("vip")
    assert make("vip", shop="second").pk


def test_a_refresh_answers_live_and_broken_segments():
    for state in Segment.State.values:
        make(state, state=state)
    make("elsewhere", state="live", shop="second")

    assert {segment.slug for segment in Segment.objects.evaluated("default")} == {"live", "broken"}


def test_a_version_has_its_number_once_and_the_latest_stands_first():
    segment = make("vip", name="Very important")
    for number in (1, 2):
        SegmentVersion.objects.create(segment=segment, number=number, definition={"number": number}, created_at=NOW)

    assert [str(version) for version in segment.versions.all()] == ["Very important v2", "Very important v1"]
    with pytest.raises(IntegrityError), transaction.atomic():
        SegmentVersion.objects.create(segment=segment, number=2, definition={}, created_at=NOW)


def test_who_wrote_a_version_may_go(alice):
    version = SegmentVersion.objects.create(segment=make("vip"), number=1, definition={}, created_at=NOW, created_by=alice)

    alice.delete()
    version.refresh_from_db()
    assert version.created_by is None
