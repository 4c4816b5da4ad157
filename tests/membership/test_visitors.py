"""Visitors are evaluated like everyone and counted nowhere; once they are somebody, they are nobody of their own."""

from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.kernel.buckets import bucket_of
from segmentation.membership import SegmentReport, define, evaluate_live, explain, override, preview, refresh, withdraw
from segmentation.membership.status import status
from segmentation.models import Membership, Profile, RankCutoff, RefreshRun, Segment
from segmentation.profiles import sync
from segmentation.testing import assert_in_segment
from tests.cast import NOW, ago, journal, key_of, keys_of, members, profile_of
from tests.visiting import Visited, leave_cart, visitor

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(minutes=1)
TOMORROW = NOW + timedelta(days=1)


@pytest.fixture(autouse=True)
def shop(cast, use_source):
    use_source(Visited)
    sync(now=NOW)


def merged(profile: Profile, into: object, **fields: object) -> None:
    """As a merge leaves them."""
    Profile.objects.filter(pk=profile.pk).update(merged_into=profile_of(into))
    Profile.objects.filter(pk=profile_of(into).pk).update(**fields)


def size_of(slug: str) -> int | None:
    return Segment.objects.get(slug=slug).size


# Refresh.


def test_a_refresh_lets_visitors_in_and_counts_people(alice):
    visitor("v")
    leave_cart("C1", visitor="v")
    leave_cart("C2", customer=str(alice.pk))
    segment = define("carts", "carts.count() >= 1", now=NOW)

    report = refresh(now=NOW)
    assert report.segments == (SegmentReport("carts", 1, 0, 1, visitors=1),)
    assert (report.people, RefreshRun.objects.get().people, status(now=NOW).people) == (4, 4, 4)
    assert members("carts") == {"visitor:v", key_of(alice)}
    assert size_of("carts") == 1
    assert ("visitor:v", True, NOW, "first_fill", 1) in journal(segment)
    assert_in_segment("visitor:v", "carts")


def test_a_visitor_who_leaves_is_not_counted_either():
    visitor("v")
    cart = leave_cart("C1", visitor="v")
    define("carts", "carts.count() >= 1", now=NOW)
    refresh(now=NOW)
    cart.delete()

    assert refresh(now=LATER).segments == (SegmentReport("carts", 0, 0, 0),)
    assert members("carts") == set()


def test_whoever_did_nothing_has_done_nothing(alice, bob, carol, dan):
    visitor("v")
    define("quiet", "orders.count() = 0 and carts.count() = 0", now=NOW)

    assert refresh(now=NOW).segments == (SegmentReport("quiet", 1, 0, 1, visitors=1),)
    assert members("quiet") == {"visitor:v", key_of(carol)}


def test_rows_of_a_merged_visitor_are_the_persons(alice):
    visitor("a", into=alice)
    leave_cart("C1", visitor="a")
    leave_cart("C2", customer=str(alice.pk))
    define("two", "carts.count() = 2", now=NOW)

    refresh(now=NOW)
    assert members("two") == keys_of(alice)


def test_orders_of_a_merged_guest_are_the_persons(alice, dan):
    merged(profile_of(dan), alice)
    define("four", "orders.count() = 4", now=NOW)

    report = refresh(now=NOW)
    assert (members("four"), report.people) == (keys_of(alice), 3)


def test_who_turned_out_to_be_somebody_leaves(alice):
    lone = visitor("v")
    leave_cart("C1", visitor="v")
    segment = define("carts", "carts.count() >= 1", now=NOW)
    refresh(now=NOW)
    merged(lone, alice)

    report = refresh(now=LATER)
    assert report.segments == (SegmentReport("carts", 1, 0, 1),)
    assert members("carts") == keys_of(alice)
    assert journal(segment)[1:] == [(key_of(alice), True, LATER, "refresh", 1), ("visitor:v", False, LATER, "merged", 1)]


def test_a_guest_who_turned_out_to_be_somebody_is_counted_out(alice, dan):
    segment = define("guests", "orders.count() = 1", now=NOW)
    refresh(now=NOW)
    merged(profile_of(dan), alice)

    assert refresh(now=LATER).segments == (SegmentReport("guests", 0, 1, 0),)
    assert journal(segment)[-1] == (key_of(dan), False, LATER, "merged", 1)


def test_the_owners_word_on_somebody_who_is_merged_waits(alice):
    lone = visitor("v")
    segment = define("loyal", "orders.count() >= 3", now=NOW)
    refresh(now=NOW)
    override(segment, lone, included=True, now=LATER)
    assert (members("loyal"), size_of("loyal")) == ({"visitor:v", key_of(alice)}, 1)

    merged(lone, alice)
    refresh(now=TOMORROW)
    assert members("loyal") == keys_of(alice)
    withdraw(segment, lone, now=TOMORROW)
    override(segment, lone, included=True, now=TOMORROW)
    assert members("loyal") == keys_of(alice)


# Live.


def test_a_live_evaluation_moves_a_visitor_and_no_size():
    lone = visitor("v")
    segment = define("carts", "carts.count() >= 1", now=NOW)
    refresh(now=NOW)
    leave_cart("C1", visitor="v")

    evaluate_live([lone.pk], now=LATER)
    assert (members("carts"), size_of("carts")) == ({"visitor:v"}, 0)
    assert journal(segment) == [("visitor:v", True, LATER, "change", 1)]


def test_a_live_evaluation_counts_the_people_among_those_who_move(alice, bob):
    lone = visitor("v")
    define("carts", "carts.count() >= 1", now=NOW)
    refresh(now=NOW)
    leave_cart("C1", visitor="v")
    leave_cart("C2", customer=str(alice.pk))
    leave_cart("C3", customer=str(bob.pk))

    evaluate_live([lone.pk, profile_of(alice).pk, profile_of(bob).pk], now=LATER)
    assert (Membership.objects.count(), size_of("carts")) == (3, 2)


def test_a_merge_moves_membership(alice):
    lone = visitor("v")
    segment = define("carts", "carts.count() >= 1", now=NOW)
    leave_cart("C1", visitor="v")
    refresh(now=NOW)
    merged(lone, alice)

    evaluate_live([lone.pk, profile_of(alice).pk], now=LATER)
    assert (members("carts"), size_of("carts")) == (keys_of(alice), 1)
    assert journal(segment)[1:] == [(key_of(alice), True, LATER, "change", 1), ("visitor:v", False, LATER, "merged", 1)]


def test_the_person_alone_has_the_visitors_rows(alice):
    visitor("a", into=alice)
    define("carts", "carts.count() >= 1", now=NOW)
    refresh(now=NOW)
    leave_cart("C1", visitor="a")

    evaluate_live([profile_of(alice).pk], now=LATER)
    assert members("carts") == keys_of(alice)


def test_a_merged_visitor_alone_is_nobody(alice):
    lone = visitor("a", into=alice)
    define("carts", "carts.count() = 0", now=NOW)
    refresh(now=NOW)

    evaluate_live([lone.pk], now=LATER)
    assert "visitor:a" not in members("carts")


def test_a_merge_that_is_undone_makes_two_of_them_again(alice):
    lone = visitor("a", into=alice)
    leave_cart("C1", visitor="a")
    define("carts", "carts.count() >= 1", now=NOW)
    refresh(now=NOW)
    Profile.objects.filter(pk=lone.pk).update(merged_into=None)

    evaluate_live([lone.pk, profile_of(alice).pk], now=LATER)
    assert (members("carts"), size_of("carts")) == ({"visitor:a"}, 0)


def test_live_equals_full(alice, bob, dan):
    for name, into in (("a", alice), ("b", alice), ("d", dan), ("lone", None)):
        visitor(name, into=into)
        leave_cart(f"C-{name}", visitor=name, at=ago(2))
    leave_cart("C-both", customer=str(bob.pk), visitor="a")
    for n in range(4):
        define(f"carts-{n}", f"carts.count() = {n}", now=NOW)
    define("drawn", 'bucket "spring" 0 to 49', now=NOW)
    refresh(now=NOW)
    full = set(Membership.objects.values_list("segment__slug", "profile__key"))
    Membership.objects.all().delete()

    for profile in Profile.objects.order_by("pk"):
        evaluate_live([profile.pk], now=LATER)
    assert set(Membership.objects.values_list("segment__slug", "profile__key")) == full
    assert {slug for slug, key in full if key == key_of(alice)} >= {"carts-2"}


# Ranks, shares, previews.


def test_a_ranking_is_of_people(alice, bob):
    visitor("v")
    for number in range(3):
        leave_cart(f"V{number}", visitor="v", at=ago(1))
    leave_cart("A1", customer=str(alice.pk), at=ago(1))
    leave_cart("A2", customer=str(alice.pk), at=ago(1))
    leave_cart("B1", customer=str(bob.pk), at=ago(1))
    define("top", "top 1 by carts.count()", now=NOW)
    define("not-top", "not (top 1 by carts.count())", now=NOW)

    refresh(now=NOW)
    assert members("top") == keys_of(alice)
    assert "visitor:v" in members("not-top")
    assert (RankCutoff.objects.get().population, RankCutoff.objects.get().limit) == (2, "2/1")


def test_stable_shares_go_by_the_first_key(alice):
    first, own = "visitor:a", key_of(alice)
    Profile.objects.filter(key=own).update(first_key=first)
    drawn = bucket_of("spring", first)
    define("drawn", f'bucket "spring" {drawn} to {drawn}', now=NOW)

    refresh(now=NOW)
    assert drawn != bucket_of("spring", own)
    assert own in members("drawn")


def test_a_preview_is_of_people(alice, carol):
    visitor("v")
    leave_cart("C1", visitor="v")
    leave_cart("C2", customer=str(alice.pk))

    seen = preview("carts.count() >= 1", now=NOW)
    assert (seen.count, seen.unknown, seen.population, seen.sample) == (1, 0, 4, (profile_of(alice).pk,))
    assert preview('customer.country = "FR"', now=NOW).unknown == 2  # Carol and Dan, not the visitor


# Why.


def test_a_visitor_can_be_explained():
    lone = visitor("v")
    leave_cart("C1", visitor="v")
    define("carts", "carts.count() >= 1", now=NOW)

    found = explain("carts", lone, now=NOW)
    assert (found.member, found.leaves[0].value, found.leaves[0].evidence) == (True, "1", ("C1",))


def test_a_merged_visitor_is_explained_as_whoever_it_is(alice):
    lone = visitor("a", into=alice)
    leave_cart("C1", visitor="a")
    define("carts", "carts.count() >= 1 and orders.count() = 3", now=NOW)
    refresh(now=NOW)

    assert explain("carts", lone, now=LATER) == explain("carts", profile_of(alice), now=LATER)
    assert explain("carts", lone, now=LATER).since == NOW
