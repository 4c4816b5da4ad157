from __future__ import annotations

import pytest

from segmentation.errors import SegmentError
from segmentation.membership import define, refresh
from segmentation.membership.read import members, person_called, segment_called, segments_of, slugs_of
from segmentation.models import MergeCause
from segmentation.profiles.merging import merge
from segmentation.profiles.visitors import welcome
from tests.cast import NOW, profile_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def segments(cast):
    define("buyers", "orders.count() >= 1", name="Z buyers", now=NOW)
    define("loyal", "orders.count() >= 3", name="A loyal", now=NOW)
    define("idea", "orders.count() >= 1", state="draft", now=NOW)
    refresh(now=NOW)


@pytest.mark.usefixtures("segments")
def test_a_segment_by_its_slug(configure):
    assert segment_called("loyal").name == "A loyal"
    assert segment_called("idea").state == "draft"
    with pytest.raises(SegmentError, match=r"^no segment is called vip$"):
        segment_called("vip")
    configure(SHOP="second")
    with pytest.raises(SegmentError, match=r"^no segment is called loyal$"):
        segment_called("loyal")


@pytest.mark.usefixtures("segments")
def test_a_person_by_key_id_or_address(cast):
    alice, dan = profile_of(cast["alice"]), profile_of(cast["dan"])

    assert person_called(alice.key) == person_called(alice.customer_id) == alice
    assert person_called(" DAN@guest.test") == dan
    with pytest.raises(SegmentError, match=r"^no customer is known as eve@guest\.test$"):
        person_called("eve@guest.test")


@pytest.mark.usefixtures("segments")
def test_members_in_the_order_they_were_known(cast, django_assert_num_queries):
    buyers = segment_called("buyers")

    with django_assert_num_queries(1):
        found = [membership.profile for membership in members(buyers)]
    assert found == sorted((profile_of(cast[name]) for name in ("alice", "bob", "dan")), key=lambda profile: profile.pk)
    assert list(members(segment_called("idea"))) == []


@pytest.mark.usefixtures("segments")
def test_the_segments_of_a_person_by_name(cast, django_assert_num_queries):
    alice = profile_of(cast["alice"])

    with django_assert_num_queries(1):
        assert [membership.segment.slug for membership in segments_of(alice)] == ["loyal", "buyers"]
    assert [membership.segment.slug for membership in segments_of(profile_of(cast["carol"]))] == []


@pytest.mark.usefixtures("segments")
def test_slugs_of_a_person_whoever_they_are_merged_into(cast, django_assert_num_queries):
    alice, bob, carol = (profile_of(cast[name]) for name in ("alice", "bob", "carol"))
    merge(welcome("v1", now=NOW), alice, now=NOW, cause=MergeCause.LOGIN)

    with django_assert_num_queries(1):
        assert slugs_of(alice.key) == frozenset({"buyers", "loyal"})
    with django_assert_num_queries(1):
        assert slugs_of("visitor:v1") == frozenset({"buyers", "loyal"})
    assert slugs_of(bob.key) == frozenset({"buyers"})
    assert slugs_of(carol.key) == slugs_of("visitor:v2") == frozenset()


@pytest.mark.usefixtures("segments")
def test_slugs_are_of_this_shop(cast, configure):
    key = profile_of(cast["alice"]).key
    configure(SHOP="second")

    assert slugs_of(key) == frozenset()


@pytest.mark.usefixtures("segments")
def test_a_visitor_by_key_is_whoever_they_are_merged_into(cast):
    alice, visitor = profile_of(cast["alice"]), welcome("v1", now=NOW)
    assert person_called("visitor:v1") == visitor

    merge(visitor, alice, now=NOW, cause=MergeCause.LOGIN)
    assert person_called("visitor:v1") == alice
