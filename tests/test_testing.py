from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from segmentation.conf import conf
from segmentation.errors import RuleError, SegmentError
from segmentation.membership import override
from segmentation.models import Profile, Segment
from segmentation.sources import ShopSource
from segmentation.testing import assert_in_segment, assert_not_in_segment, changes, make_segment, refresh_now
from shopdemo.shop.models import User
from shopdemo.source import DemoSource
from tests.cast import NOW, key_of, members, place_order, profile_of, unsaved_order

pytestmark = pytest.mark.django_db


@pytest.fixture
def segments(cast):
    """Filled by the clock, which is what a shop's own suite does."""
    make_segment("loyal", "orders.count() >= 3")
    make_segment("french", 'customer.country = "FR"')
    refresh_now()


def said_by(assertion, *arguments) -> str:
    with pytest.raises(AssertionError) as caught:
        assertion(*arguments)
    return str(caught.value)


def test_making_a_segment():
    before = timezone.now()
    segment = make_segment("loyal", "orders.count() >= 3", name="Loyal")

    assert (segment.state, segment.name, segment.versions.get().created_at >= before) == ("live", "Loyal", True)
    assert make_segment("idea", "orders.count() >= 3", state="draft", now=NOW).versions.get().created_at == NOW
    with pytest.raises(RuleError):
        make_segment("bad", "parrots.count() >= 3")


def test_refreshing_now(cast):
    make_segment("loyal", "orders.count() >= 3")
    make_segment("never-bought", "orders.count() = 0")

    report = refresh_now("loyal", now=NOW)
    assert [(one.slug, one.size) for one in report.segments] == [("loyal", 1)]
    assert report.at == NOW
    assert [one.slug for one in refresh_now().segments] == ["loyal", "never-bought"]
    with pytest.raises(SegmentError, match="no live segment is called vip"):
        refresh_now("vip")


@pytest.mark.usefixtures("segments")
def test_who_is_in_by_any_name(alice, dan):
    for person in (alice, profile_of(alice), key_of(alice), str(alice.pk)):
        assert_in_segment(person, "loyal")
        assert_not_in_segment(person, "french")
    for person in (dan, " DAN@guest.test", key_of(dan), profile_of(dan)):
        assert_not_in_segment(person, "loyal")


class ByAddress(ShopSource):
    """A customer is known by another column than the primary key."""

    customers = DemoSource.customers.replace(customer_id="email")
    orders = DemoSource.orders.replace(customer="user__email", email=None)


def test_a_customer_whose_id_is_not_the_primary_key(alice, bob, use_source):
    use_source(ByAddress)
    make_segment("loyal", "orders.count() >= 3")
    refresh_now()

    assert sorted(Profile.objects.values_list("customer_id", flat=True)) == ["alice@shop.test", "bob@shop.test"]
    assert_in_segment(alice, "loyal")
    assert_not_in_segment(bob, "loyal")
    assert said_by(assert_in_segment, bob, "loyal").splitlines()[0] == "user:bob@shop.test is not in loyal:"


def test_a_customer_whom_the_source_leaves_out_is_found_by_the_primary_key(alice):
    make_segment("loyal", "orders.count() >= 3")
    refresh_now()
    User.objects.filter(pk=alice.pk).update(is_active=False)
    refresh_now()

    assert_not_in_segment(alice, "loyal")


@pytest.mark.usefixtures("segments")
def test_who_is_not_in_is_told_with_the_reason(bob):
    said = said_by(assert_in_segment, bob, "loyal").splitlines()

    assert said[0] == f"{key_of(bob)} is not in loyal:"
    assert said[1].startswith("  false: ")
    assert said[1].endswith("(value 2, rows B1, B2)")


@pytest.mark.usefixtures("segments")
def test_who_is_in_is_told_with_the_reason(bob):
    said = said_by(assert_not_in_segment, bob, "french").splitlines()

    assert said[0] == f"{key_of(bob)} is in french:"
    assert said[1].startswith("  true: ")
    assert said[1].endswith("(value FR, rows none)")


@pytest.mark.usefixtures("segments")
def test_the_owners_word_is_a_reason(alice, bob):
    loyal = Segment.objects.get(slug="loyal")
    override(loyal, profile_of(alice), included=False, now=NOW)
    override(loyal, profile_of(bob), included=True, now=NOW)

    assert said_by(assert_in_segment, alice, "loyal").splitlines()[1] == "  kept out by hand"
    assert said_by(assert_not_in_segment, bob, "loyal").splitlines()[1] == "  put in by hand"


@pytest.mark.usefixtures("segments")
@pytest.mark.parametrize("assertion", [assert_in_segment, assert_not_in_segment])
def test_a_segment_or_a_person_that_is_not_there_passes_for_nothing(alice, assertion):
    with pytest.raises(SegmentError, match="no segment is called loyl"):
        assertion(alice, "loyl")
    with pytest.raises(SegmentError, match="no customer is known as 999999"):
        assertion("999999", "loyal")


@pytest.mark.usefixtures("segments")
def test_changes_can_be_followed(carol, django_capture_on_commit_callbacks):
    make_segment("buyers", "orders.count() >= 1")
    refresh_now()
    order = unsaved_order("C1", carol, placed_at=timezone.now() - timedelta(minutes=1))

    assert conf.changes == "none"
    with changes(), django_capture_on_commit_callbacks(execute=True):
        assert conf.changes == "inline"
        order.save()
    assert conf.changes == "none"
    assert_in_segment(carol, "buyers")


@pytest.mark.usefixtures("segments")
def test_changes_can_be_left_alone(carol, configure, django_capture_on_commit_callbacks):
    make_segment("buyers", "orders.count() >= 1")
    refresh_now()
    configure(CHANGES="inline")

    with changes("none"), django_capture_on_commit_callbacks(execute=True):
        place_order("C1", carol, 1)
    assert key_of(carol) not in members("buyers")
