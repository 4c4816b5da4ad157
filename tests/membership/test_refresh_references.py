from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from segmentation.membership import define, evaluate_live, override, refresh
from segmentation.models import JournalEntry, Segment
from segmentation.rules import dump, parse
from shopdemo.shop.models import Order
from shopdemo.source import DemoSource
from tests.cast import NOW, journal, key_of, keys_of, members, place_order, profile_of

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)


class WithoutCoupons(DemoSource):
    orders = DemoSource.orders.replace(coupon_code=None)


def day(number: int, hour: int = 12) -> datetime:
    """An hour (UTC) of a day of June 2026; London is an hour ahead."""
    return datetime(2026, 6, number, hour, tzinfo=UTC)


def called(slug: str) -> Segment:
    return Segment.objects.get(slug=slug)


def write(slug: str, text: str) -> None:
    """Past all checks."""
    Segment.objects.filter(slug=slug).update(definition=dump(parse(text)) | {"base_currency": "GBP"})


@pytest.fixture
def buyers(cast):
    """Alice, Bob and Dan, not filled yet. "a-loyal" refers to it, and comes before it in every order but that of reference."""
    define("buyers", "orders.count() >= 1", now=NOW)
    define("a-loyal", 'in segment "buyers" and orders.count() >= 2', now=NOW)
    define("b-rest", 'not in segment "a-loyal"', now=NOW)
    return cast


# The new answer in one refresh


def test_segments_are_answered_after_those_that_they_refer_to(buyers):
    alice, bob, carol, dan = buyers.values()

    report = refresh(now=NOW)
    assert [(one.slug, one.entered, one.size, one.problem) for one in report.segments] == [
        ("a-loyal", 2, 2, ""),
        ("b-rest", 2, 2, ""),
        ("buyers", 3, 3, ""),
    ]
    assert members("a-loyal") == keys_of(alice, bob)
    assert members("b-rest") == keys_of(carol, dan)


def test_a_change_goes_through_all_of_them_in_one_refresh(buyers, carol, bob):
    refresh(now=NOW)
    for number in (1, 2):
        place_order(f"C{number}", carol, number)
    Order.objects.filter(user=bob).update(status=Order.Status.CANCELLED)

    refresh(now=LATER)
    assert members("buyers") == keys_of(buyers["alice"], carol, buyers["dan"])
    assert members("a-loyal") == keys_of(buyers["alice"], carol)
    assert members("b-rest") == keys_of(bob, buyers["dan"])
    assert journal(called("b-rest"))[-2:] == [
        (key_of(bob), True, LATER, "refresh", 1),
        (key_of(carol), False, LATER, "refresh", 1),
    ]


def test_of_segments_that_are_not_asked_the_stored_members_count(buyers, carol):
    refresh(now=NOW)
    for number in (1, 2):
        place_order(f"C{number}", carol, number)

    refresh(["a-loyal"], now=LATER)
    assert members("a-loyal") == keys_of(buyers["alice"], buyers["bob"])
    refresh(["a-loyal", "buyers"], now=LATER)
    assert members("a-loyal") == keys_of(buyers["alice"], buyers["bob"], carol)


def test_the_owners_word_counts(buyers, alice, bob, carol):
    refresh(now=NOW)
    override(called("buyers"), profile_of(alice), included=False, now=NOW)
    override(called("buyers"), profile_of(carol), included=True, now=NOW)
    for number in (1, 2):
        place_order(f"C{number}", carol, number)

    refresh(now=LATER)
    assert members("buyers") == keys_of(bob, carol, buyers["dan"])
    assert members("a-loyal") == keys_of(bob, carol)
    assert members("b-rest") == keys_of(alice, buyers["dan"])


def test_the_number_of_queries_does_not_grow_with_references(buyers):
    refresh(now=NOW)
    with CaptureQueriesContext(connection) as few:
        refresh(["b-rest"], now=LATER)
    rest = 'not in segment "a-loyal" for at least 1 day or not in segment "b-rest" for at least 1 day'
    define("c-all", f'in segment "buyers" or {rest}', now=NOW)
    refresh(["c-all"], now=LATER)

    with CaptureQueriesContext(connection) as more:
        refresh(["c-all"], now=LATER)
    assert len(more) - len(few) == 1  # when others last left


# How long, and since when


def test_so_long_in_a_segment_counts_from_the_entry(buyers, alice):
    define("settled", 'in segment "buyers" for at least 7 days', now=NOW)
    refresh(now=day(1))  # all three enter
    assert members("settled") == set()

    refresh(now=day(7, 22))
    assert members("settled") == set()
    refresh(now=day(7, 23))  # midnight in London
    assert members("settled") == keys_of(alice, buyers["bob"], buyers["dan"])
    assert {at for _, _, at, _, _ in journal(called("settled"))} == {day(7, 23)}


def test_hours_in_a_segment_elapse(buyers, alice):
    define("settled", 'in segment "buyers" for at least 24 hours', now=NOW)
    refresh(now=day(1))

    refresh(now=day(2) - timedelta(seconds=1))
    assert members("settled") == set()
    refresh(now=day(2))
    assert members("settled") == keys_of(alice, buyers["bob"], buyers["dan"])


def test_who_leaves_and_comes_back_begins_anew(buyers, bob):
    define("settled", 'in segment "buyers" for at least 2 days', now=NOW)
    refresh(now=day(1))
    Order.objects.filter(user=bob).update(status=Order.Status.CANCELLED)
    refresh(now=day(2))
    Order.objects.filter(user=bob).update(status=Order.Status.PLACED)

    refresh(now=day(3))
    assert members("settled") == keys_of(buyers["alice"], buyers["dan"])
    refresh(now=day(4))
    assert members("settled") == keys_of(buyers["alice"], buyers["dan"])
    refresh(now=day(5))
    assert members("settled") == keys_of(buyers["alice"], bob, buyers["dan"])


def test_so_long_out_of_a_segment_counts_from_the_last_exit(buyers, bob, carol):
    define("lost", 'not in segment "buyers" for at least 2 days', now=NOW)
    refresh(now=day(1))
    assert members("lost") == keys_of(carol)  # who was never in
    Order.objects.filter(user=bob).update(status=Order.Status.CANCELLED)

    refresh(now=day(2))
    refresh(now=day(3))
    assert members("lost") == keys_of(carol)
    refresh(now=day(4))
    assert members("lost") == keys_of(carol, bob)
    assert journal(called("lost"))[-1] == (key_of(bob), True, day(4), "refresh", 1)
    place_order("C1", carol, placed_at=day(4))
    refresh(now=day(5))
    assert members("lost") == keys_of(bob)


def test_who_entered_lately(buyers, carol):
    define("fresh", 'in segment "buyers" entered last 2 days', now=NOW)
    refresh(now=day(1))
    assert members("fresh") == keys_of(buyers["alice"], buyers["bob"], buyers["dan"])  # in this very refresh
    place_order("C1", carol, placed_at=day(2))

    refresh(now=day(3))
    assert members("fresh") == keys_of(buyers["alice"], buyers["bob"], buyers["dan"], carol)
    refresh(now=day(4))
    assert members("fresh") == keys_of(carol)
    refresh(now=day(6))
    assert members("fresh") == set()


def test_a_word_is_an_entry_too(buyers, carol):
    define("fresh", 'in segment "buyers" entered last 2 days', now=NOW)
    refresh(now=day(1))
    override(called("buyers"), profile_of(carol), included=True, now=day(5))

    refresh(now=day(6))
    assert members("fresh") == keys_of(carol)


# What is broken


def test_a_broken_segment_answers_with_the_members_it_had(buyers, carol, use_source):
    define("coupons", "orders.count(where coupon_code is set) >= 1", now=NOW)
    define("friends", 'in segment "coupons" or orders.count() = 0', now=NOW)
    refresh(now=NOW)
    use_source(WithoutCoupons)
    Order.objects.filter(number="A1").delete()  # the one with a coupon
    place_order("C1", carol, 1, coupon_code="NEW")

    report = refresh(now=LATER)
    assert {one.slug: one.problem for one in report.segments if one.problem} == {
        "coupons": "/rules/0/where/rules/0/field: orders has no column coupon_code"
    }
    assert members("friends") == keys_of(buyers["alice"])
    assert (called("coupons").state, called("friends").state) == ("broken", "live")
    evaluate_live([profile_of(buyers["alice"]).pk, profile_of(carol).pk], now=LATER)
    assert members("friends") == keys_of(buyers["alice"])

    use_source(DemoSource)
    refresh(now=LATER)
    assert members("coupons") == members("friends") == keys_of(carol)


@pytest.mark.parametrize("state", ["draft", "archived"])
def test_who_refers_to_a_segment_that_was_put_away_past_all_checks_is_broken(buyers, state):
    refresh(now=NOW)
    before = members("a-loyal")
    Segment.objects.filter(slug="buyers").update(state=state)

    refresh(now=LATER)
    problem = "/rules/0/segment: the segment buyers is not live, so nobody is in it"
    assert (called("a-loyal").state, called("a-loyal").problem) == ("broken", problem)
    assert members("a-loyal") == before != set()
    assert called("b-rest").state == "live"


def test_who_refers_to_a_segment_that_is_deleted_is_broken(buyers):
    refresh(now=NOW)
    called("buyers").delete()

    refresh(now=LATER)
    assert called("a-loyal").problem == "/rules/0/segment: there is no segment called buyers"
    assert members("a-loyal") == keys_of(buyers["alice"], buyers["bob"])


def test_a_circle_breaks_its_segments_and_not_the_one_that_leads_there(buyers, carol):
    refresh(now=NOW)
    define("leads", 'in segment "buyers"', now=NOW)
    write("buyers", 'not in segment "b-rest"')
    place_order("C1", carol, 1)

    refresh(now=LATER)
    circle = ["buyers", "b-rest", "a-loyal", "buyers"]
    for slug in ("buyers", "b-rest", "a-loyal"):
        way = circle[circle.index(slug) :] + circle[1 : circle.index(slug) + 1]
        assert called(slug).problem == f"/rules/0/segment: the segments refer to each other in a circle: {' → '.join(way)}"
        assert called(slug).state == "broken"
    assert called("leads").state == "live"
    assert members("leads") == members("buyers") == keys_of(buyers["alice"], buyers["bob"], buyers["dan"])

    write("buyers", "orders.count() >= 1")
    refresh(now=LATER)
    assert {one.slug: one.state for one in Segment.objects.all()} == dict.fromkeys(
        ("a-loyal", "b-rest", "buyers", "leads"), "live"
    )
    assert key_of(carol) in members("leads")


# What happens while a refresh is at work


def test_who_refers_to_a_segment_that_recovers_forgets_nobody_who_was_evaluated_meanwhile(buyers, bob, use_source, meanwhile):
    define("coupons", "orders.count(where coupon_code is set) >= 1", now=NOW)
    define("a-friends", 'in segment "coupons"', now=NOW)
    refresh(now=NOW)
    use_source(WithoutCoupons)
    refresh(now=NOW)
    use_source(DemoSource)

    def buy():
        place_order("B3", bob, coupon_code="NEW", placed_at=LATER)
        evaluate_live([profile_of(bob).pk], now=LATER)

    meanwhile(buy)
    refresh(now=LATER)
    assert members("coupons") == members("a-friends") == keys_of(buyers["alice"], bob)
    assert called("coupons").state == "live"


def test_a_word_on_a_segment_said_meanwhile_reaches_who_refers_to_it(buyers, bob, meanwhile):
    refresh(now=NOW)
    place_order("B3", bob, placed_at=LATER)

    meanwhile(lambda: override(called("buyers"), profile_of(bob), included=False, now=LATER))
    refresh(now=LATER)
    assert members("a-loyal") == keys_of(buyers["alice"])
    assert key_of(bob) in members("b-rest")


def test_entries_are_told_once(buyers):
    for hours in (0, 1, 2):
        refresh(now=NOW + timedelta(hours=hours))

    assert JournalEntry.objects.count() == 7
