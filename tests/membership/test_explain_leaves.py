"""What is told of each kind of condition."""

from __future__ import annotations

from datetime import timedelta

import pytest

from segmentation.errors import SegmentError
from segmentation.membership import define, explain, override, refresh
from segmentation.models import Profile, RankCutoff, Segment
from shopdemo.shop.models import Category, Order, Product, User
from tests.cast import NOW, add_line, ago, give_refund, place_order, profile_of
from tests.statements import only_reads

pytestmark = pytest.mark.django_db

LATER = NOW + timedelta(hours=1)
TOMORROW = NOW + timedelta(days=1)


def told(person: User | str, rule: str, now=NOW, slug: str = "asked") -> list[tuple]:
    """(truth, value, limit, rows, evidence) of each condition; the segment is a draft, so nobody is in it."""
    define(slug, rule, state="draft", now=NOW)
    leaves = explain(slug, profile_of(person), now=now).leaves
    assert all(leaf.sentence for leaf in leaves)
    return [(leaf.truth, leaf.value, leaf.limit, leaf.rows, leaf.evidence) for leaf in leaves]


@pytest.fixture
def known(cast):
    """Alice spent 125.50, Bob 120.00, Dan 15.00; buyers are these three."""
    define("buyers", "orders.count() >= 1", now=NOW)
    refresh(now=NOW)
    return cast


# Rows in their order


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("orders.first(test total >= 40)", ("true", None, None, 1, ("A1",))),
        ("orders.last(test total >= 40)", ("false", None, None, 1, ("A3",))),
        ("orders.nth(2, test total >= 40)", ("true", None, None, 1, ("A2",))),
        ("orders.nth(2, where total < 50, test coupon_code is set)", ("false", None, None, 1, ("A3",))),
        ("orders.first(test coupon_code != 'x')".replace("'", '"'), ("true", None, None, 1, ("A1",))),
        ("orders.nth(4, test total >= 40)", ("unknown", None, None, 0, ())),
        ("orders.last(last 5 days, test total >= 40) if unknown no", ("false", None, None, 0, ())),
        (
            "sequence (orders where coupon_code is set, orders where total = 60) within 30 weeks",
            ("true", None, None, 2, ("A1", "A2")),
        ),
        ("sequence (orders where total = 60, orders where total = 40)", ("false", None, None, 2, ("A2", "A1"))),
        ("sequence (orders, orders) then no orders where total > 100", ("true", None, None, 3, ("A1", "A2", "A3"))),
        ("pattern orders first time period 1 year", ("true", None, None, 3, ("A1", "A2", "A3"))),
        ("pattern orders where total > 30 stopped period 1 month periods 2", ("false", None, None, 2, ("A1", "A2"))),
    ],
)
def test_conditions_on_rows_in_their_order_name_the_rows_that_they_looked_at(known, rule, expected):
    assert told(known["alice"], rule) == [expected]


def test_people_read_which_rows_they_are(known):
    """A row goes by its order, and lines of one order would go by one name; steps go through several relations."""
    order = Order.objects.get(number="A1")
    lamp = Product.objects.create(code="L", title="Lamp", slug="lamp", price=5, category=Category.objects.create(slug="x"))
    lines = [add_line(order, lamp), add_line(order, lamp)]
    refund = give_refund("R1", known["alice"], 50, "10.00", order=order)
    loose = give_refund("R2", known["alice"], 5, "0.50")
    define(
        "asked",
        "order_lines.count() >= 1 and refunds.count() >= 1 and spend.count(last 200 days) >= 1 and orders.count() >= 1"
        " and sequence (orders where total = 40, refunds) and customer.country is set",
        now=NOW,
    )

    found = explain("asked", profile_of(known["alice"]), now=NOW).leaves
    assert [leaf.named for leaf in found] == [
        (f"order A1 line {lines[0].pk}", f"order A1 line {lines[1].pk}"),
        (f"order A1 refund {refund.pk}", f"refund {loose.pk}"),
        ("order A2", f"order A1 refund {refund.pk}", "order A3", f"refund {loose.pk}"),
        ("A1", "A2", "A3"),
        ("order A1", f"order A1 refund {refund.pk}", f"refund {loose.pk}"),
        (),
    ]
    assert [leaf.evidence for leaf in found] == [
        ("A1", "A1"),
        ("A1", str(loose.pk)),
        ("A2", "A1", "A3", str(loose.pk)),
        ("A1", "A2", "A3"),
        ("A1", "A1", str(loose.pk)),
        (),
    ]


# Measures


@pytest.mark.parametrize(
    ("rule", "expected"),
    [
        ("orders.share(where coupon_code is set) >= 0.3", ("true", "0.33", "0.3", 1, ("A1",))),
        ("orders.share(total, where coupon_code is set) >= 0.3", ("true", "0.32", "0.3", 1, ("A1",))),
        ("orders.days_between() < 150", ("true", "145", "150", 3, ("A1", "A2", "A3"))),
        ("orders.days_between(last 50 days) < 150", ("unknown", None, "150", 1, ("A3",))),
        ("orders.count_distinct(coupon_code) = 1", ("true", "1", "1", 3, ("A1", "A2", "A3"))),
        ("spend.count(since last orders) = 0", ("true", "0", "0", 0, ())),
        ("spend.count(since last orders where total = 60) = 1", ("true", "1", "1", 1, ("A3",))),
        ("customer.age >= 30", ("true", "35", "30", 0, ())),
        ("customer.tenure_days between 300 and 500", ("true", "400", "300, 500", 0, ())),
    ],
)
def test_measures_and_computed_facts(known, rule, expected):
    assert told(known["alice"], rule) == [expected]


def test_rows_below_are_told_by_the_row_that_has_them(known, alice):
    lamps = Product.objects.create(title="Lamp", price=5, category=Category.objects.create(name="Lamps"))
    add_line(Order.objects.get(number="A2"), lamps)

    assert told(alice, 'orders.count(where any lines (product.category = "lamps")) >= 1') == [("true", "1", "1", 1, ("A2",))]
    assert told(alice, 'order_lines.count(where product.category = "lamps") >= 1', slug="lines")[0][:4] == ("true", "1", "1", 1)


def test_conditions_of_which_so_many_must_hold(known):
    rule = 'at least 2 of (orders.count() > 2, customer.country = "FR", customer.accepts_email is true)'

    assert told(known["alice"], rule) == [
        ("true", "3", "2", 3, ("A1", "A2", "A3")),
        ("false", "GB", "FR", 0, ()),
        ("true", "true", "true", 0, ()),
    ]
    assert explain("asked", profile_of(known["alice"]), now=NOW).truth == "true"


# Buckets and members


def test_a_bucket(known):
    profile = profile_of(known["alice"])
    Profile.objects.filter(pk=profile.pk).update(key="user:1")
    define("half", 'bucket "spring" 0 to 49 and bucket "spring" 50 to 99', state="draft", now=NOW)

    leaves = explain("half", Profile.objects.get(pk=profile.pk), now=NOW).leaves
    assert [(leaf.value, leaf.limit, leaf.rows) for leaf in leaves] == [("79", "0, 49", 0), ("79", "50, 99", 0)]
    assert [leaf.truth for leaf in leaves] == ["false", "true"]


@pytest.mark.parametrize(
    ("name", "rule", "expected"),
    [
        ("alice", 'in segment "buyers"', ("true", "2026-06-01T13:00:00+01:00")),
        ("carol", 'in segment "buyers"', ("false", None)),
        ("carol", 'not in segment "buyers"', ("true", None)),
        ("alice", 'not in segment "buyers" for at least 1 day', ("false", "2026-06-01T13:00:00+01:00")),
        ("alice", 'in segment "buyers" for at least 1 day', ("true", "2026-06-01T13:00:00+01:00")),
        ("alice", 'in segment "buyers" for at least 25 hours', ("false", "2026-06-01T13:00:00+01:00")),
        ("alice", 'in segment "buyers" entered last 23 hours', ("false", "2026-06-01T13:00:00+01:00")),
    ],
)
def test_members_of_another_segment_since_when(known, name, rule, expected):
    assert told(known[name], rule, now=TOMORROW) == [(*expected, None, 0, ())]


def test_of_another_segment_the_stored_members_count(known, carol):
    """As they would for a live answer to this segment alone."""
    place_order("C1", carol, 1)

    assert told(carol, 'in segment "buyers"')[0][:2] == ("false", None)
    override(Segment.objects.get(slug="buyers"), profile_of(carol), included=True, now=LATER)
    assert told(carol, 'in segment "buyers"', now=LATER, slug="again")[0][:2] == ("true", "2026-06-01T14:00:00+01:00")


def test_a_segment_whose_segment_is_gone_is_broken(known, alice):
    define("asked", 'orders.count() > 0 and in segment "buyers"', now=NOW)
    Segment.objects.get(slug="buyers").delete()

    with pytest.raises(SegmentError, match=r"^asked is broken: /rules/1/segment: there is no segment called buyers$"):
        explain("asked", profile_of(alice), now=NOW)


# Ranks


def test_a_rank_is_told_with_its_cut_off(known):
    rule = "top 2 by orders.sum(total) and bottom 50 percent by orders.avg(total) and top 5 by orders.count()"

    assert told(known["bob"], rule) == [
        ("true", "120.00", "120.00", 2, ("B1", "B2")),
        ("false", "60.00", "41.83", 2, ("B1", "B2")),
        ("true", "2", None, 2, ("B1", "B2")),  # with so few people everybody is in
    ]


@pytest.mark.parametrize(
    ("name", "expected"),
    [("dan", ("false", "15.00", "120.00", 1, ("D1",))), ("carol", ("false", "0.00", "120.00", 0, ()))],
)
def test_who_is_outside(known, name, expected):
    assert told(known[name], "top 2 by orders.sum(total)") == [expected]


def test_a_rank_by_a_fact(known):
    assert told(known["alice"], "top 1 by customer.age") == [("true", "35", "35", 0, ())]
    assert told(known["bob"], "top 1 by customer.age", slug="again") == [("unknown", None, "35", 0, ())]


def test_a_rank_that_is_not_cut_off_yet_is_cut_off_over_everyone_and_nothing_is_kept(known, django_assert_num_queries):
    define("best", "top 2 by orders.sum(total)", now=NOW)
    profile = profile_of(known["bob"])

    # The segment; who was merged into him; cut-offs of the day; people and their orders; his orders, the owner's word, his
    # membership.
    with django_assert_num_queries(8) as queries:
        found = explain("best", profile, now=NOW)
    assert only_reads(queries)
    assert (found.member, found.since, found.leaves[0].limit) == (True, None, "120.00")
    assert not RankCutoff.objects.exists()


def test_the_cut_off_of_the_day_is_used_if_there_is_one(known, django_assert_num_queries):
    define("best", "top 2 by orders.sum(total)", now=NOW)
    refresh(now=NOW)
    place_order("D2", known["dan"], 30, "500.00")  # entered late
    bob, dan = profile_of(known["bob"]), profile_of(known["dan"])

    with django_assert_num_queries(6):
        found = explain("best", bob, now=LATER)
    assert (found.member, found.leaves[0].limit) == (True, "120.00")
    assert (explain("best", dan, now=LATER).member, explain("best", dan, now=LATER).leaves[0].value) == (True, "515.00")
    found = explain("best", bob, now=TOMORROW)
    assert (found.member, found.leaves[0].limit, found.since) == (False, "125.50", NOW)


def test_who_is_kept_is_told_so(known):
    define("best", "top 1 by orders.sum(total) leave at 2", now=NOW)
    refresh(now=NOW)
    place_order("B3", known["bob"], total="10.00", placed_at=LATER)

    found = explain("best", profile_of(known["alice"]), now=TOMORROW)
    leaf = found.leaves[0]
    assert (found.member, leaf.truth, leaf.value, leaf.limit) == (True, "true", "125.50", "125.50")
    assert leaf.kept == "no longer among them (members stay while among the top 2)"
    assert explain("best", profile_of(known["bob"]), now=TOMORROW).leaves[0].kept == ""
    place_order("D2", known["dan"], total="500.00", placed_at=LATER)
    assert explain("best", profile_of(known["alice"]), now=TOMORROW).member is False


def test_who_came_lately_is_told_how_long_she_stays(known):
    define("best", "top 1 by orders.sum(total) stay 7 days", now=NOW)
    refresh(now=NOW)
    place_order("B3", known["bob"], total="10.00", placed_at=LATER)

    (leaf,) = explain("best", profile_of(known["alice"]), now=TOMORROW).leaves
    assert (leaf.truth, leaf.kept) == ("true", "no longer among them (members stay for at least 7 days)")
    (leaf,) = explain("best", profile_of(known["alice"]), now=NOW + timedelta(days=8)).leaves
    assert (leaf.truth, leaf.kept) == ("false", "")


def test_in_a_segment_that_was_never_filled_nobody_is_kept(known):
    place_order("B3", known["bob"], 1, "10.00")

    assert told(known["alice"], "top 1 by orders.sum(total) leave at 2") == [("false", "125.50", "130.00", 3, ("A1", "A2", "A3"))]


def test_the_past_is_told_by_the_cut_offs_of_then(known):
    """As far as they are kept; beyond that they are worked out from what is known today."""
    define("best", "top 2 by orders.sum(total)", now=NOW)

    assert explain("best", profile_of(known["dan"]), now=ago(30)).leaves[0].limit == "100.00"
