from __future__ import annotations

import datetime as dt

import pytest

from segmentation.models import Membership, Profile, Segment
from segmentation.rules import parse
from shopdemo.demo.segmenting import define_missing, refresh_all, sync_profiles
from shopdemo.progress import silent
from shopdemo.segments import SEGMENTS, DemoSegment
from shopdemo.shop.models import DataLoad, Order, User
from tests.presets.sql import as_person
from tests.shopdemo.conftest import NOW
from tests.shopdemo.segment_sql import ANSWERS, members

pytestmark = pytest.mark.django_db


def test_every_account_and_guest_has_a_profile(tenth: DataLoad) -> None:
    people = Profile.objects.exclude(kind="visitor")
    already = people.count()  # of those who said yes or no to profiling
    report = sync_profiles(NOW, silent)
    guests = Order.objects.filter(user=None).count()
    assert already + report.created == User.objects.filter(is_staff=False).count() + guests == people.count()
    assert sync_profiles(NOW, silent).created == 0


def test_missing_segments_are_made_live_and_an_owners_are_left_alone(tenth: DataLoad) -> None:
    first = (DemoSegment("buyers", "Buyers", "orders.count() >= 1"), DemoSegment("others", "Others", "orders.count() = 0"))
    assert define_missing(NOW, silent, first) == ["buyers", "others"]
    Segment.objects.filter(slug="buyers").update(name="Mine", state="draft")
    assert define_missing(NOW, silent, (*first, DemoSegment("home", "Home", 'customer.country = "GB"'))) == ["home"]
    assert list(Segment.objects.order_by("slug").values_list("slug", "name", "state")) == [
        ("buyers", "Mine", "draft"),
        ("home", "Home", "live"),
        ("others", "Others", "live"),
    ]


@pytest.mark.parametrize(
    "now", [NOW, dt.datetime(2026, 3, 29, 0, 30, tzinfo=dt.UTC), dt.datetime(2027, 2, 22, 23, 59, tzinfo=dt.UTC)]
)
def test_members_are_those_that_sql_finds(tenth: DataLoad, now: dt.datetime) -> None:
    define_missing(now, silent)
    report = refresh_all(now, silent)
    assert {found.slug: found.problem for found in report.segments} == dict.fromkeys(ANSWERS, "")
    for segment in SEGMENTS:
        people = Membership.objects.exclude(profile__kind="visitor").filter(segment__slug=segment.slug)
        found = people.values_list("profile__customer_id", "profile__email")
        assert {as_person(*person) for person in found} == members(segment.slug, now), segment.slug


def test_somebody_is_in_each(tenth: DataLoad) -> None:
    sync_profiles(NOW, silent)
    assert [slug for slug in ANSWERS if not members(slug, NOW)] == []


def test_every_segment_has_an_answer_in_sql() -> None:
    assert ANSWERS.keys() == {segment.slug for segment in SEGMENTS}
    for segment in SEGMENTS:
        parse(segment.text)
